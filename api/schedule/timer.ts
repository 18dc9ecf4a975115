import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { runJobs } from './run.ts'

const minuteMs = 60_000

export interface Running {
  /** No work begins any more; resolves when what is under way has ended. */
  stop(): Promise<void>
}

/** Runs the jobs of the schedule now and at the beginning of each minute of the application's clock. */
export function startSchedule(db: Database, log: Logger): Running {
  const stopping = new AbortController()
  const holder = `${hostname()} ${process.pid} ${randomUUID()}`
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const run = () => {
    running = runJobs(db, db.clock.now(), { log, holder, stopping: stopping.signal })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the schedule is tried again in a minute'),
      )
      .then(() => {
        if (stopping.signal.aborted) return
        timer = setTimeout(run, minuteMs - (db.clock.now().getTime() % minuteMs))
        timer.unref()
      })
  }
  run()
  return {
    stop: () => {
      stopping.abort()
      clearTimeout(timer)
      return running
    },
  }
}
