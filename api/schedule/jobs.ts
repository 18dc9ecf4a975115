import { escalateIssues } from '../body/job.ts'
import type { Database } from '../db/database.ts'
import { watchDispatches } from '../dispatch/job.ts'
import { keepHotspots } from '../hotspot/job.ts'
import { warnOfIssues } from '../issue/job.ts'
import { expireDeliveries } from '../notice/job.ts'
import { sweepPhotos } from '../photo/job.ts'
import { remindOfReports } from '../report/job.ts'

/**
 * What the server does by itself, each minute of the application's clock. A job finds out from the
 * tables what is due up to `now`, does it, and finds nothing when it runs again: after days without a
 * server one run makes up for all of them.
 */
export interface Job {
  name: string
  run: (db: Database, now: Date) => Promise<void>
}

export const jobs: readonly Job[] = [
  { name: 'report', run: remindOfReports },
  { name: 'photo', run: sweepPhotos },
  { name: 'dispatch', run: watchDispatches },
  { name: 'issue', run: warnOfIssues },
  { name: 'body', run: escalateIssues },
  { name: 'notice', run: expireDeliveries },
  { name: 'hotspot', run: keepHotspots },
]
