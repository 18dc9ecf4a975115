import type { Database } from 'api/db/database'
import { connect } from 'api/db/sql'
import { inject } from 'vitest'
import { databaseUrl } from './database.ts'
import { embeddedOf } from './embedded-of.ts'

/** Makes ready to end the database under the feet of every connection: kill -9 of the embedded one, else of all backends. */
export async function prepareCut(db: Database): Promise<() => Promise<void>> {
  const target = inject('database')
  if (target?.kind === 'embedded') {
    const pid = await embeddedOf(target.parent)
    return async () => void process.kill(pid, 'SIGKILL')
  }
  const admin = connect((await databaseUrl(db)) ?? '', { max: 1, applicationName: 'onemap-test' })
  return async () => {
    await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`
    await admin.end()
  }
}

/** Opens every connection of the pool: one that is cut off while it opens is a fault of the driver, not of a write. */
export async function openAllConnections(db: Database): Promise<void> {
  const connections = Array.from({ length: db.sql.options.max }, () => db.sql.reserve())
  for (const connection of await Promise.all(connections)) connection.release()
}
