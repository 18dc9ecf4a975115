import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { jobs as all, type Job } from './jobs.ts'

/** A server that is killed leaves its lease behind: that long its job waits for another. */
const leaseMs = 120_000
const renewMs = 30_000
/** Clocks of several servers differ by less; more means that the clock was set back. */
const toleranceMs = 60_000
const longestError = 500

export interface RunOptions {
  jobs?: readonly Job[]
  log?: Pick<Logger, 'error'>
  /** This server, as the others know it. */
  holder?: string
  /** Aborted when the server stops: the job that runs ends, no other begins. */
  stopping?: AbortSignal
}

/**
 * Runs each job once for the minute of `now`, unless it has run in that minute or is running on
 * another server. What one throws is kept in schedule_run and stops no other.
 */
export async function runJobs(db: Database, now: Date, options: RunOptions = {}): Promise<void> {
  const holder = options.holder ?? `process ${process.pid}`
  for (const job of options.jobs ?? all) {
    if (options.stopping?.aborted) return
    if (!(await claim(db, job.name, now, holder))) continue
    const renewal = setInterval(() => void renew(db, job.name, holder).catch(() => {}), renewMs)
    try {
      await job.run(db, now)
      await succeeded(db, job.name, now, holder)
    } catch (error) {
      options.log?.error({ err: error, job: job.name }, 'a job of the schedule failed')
      await failed(db, job.name, now, holder, String(error).slice(0, longestError))
    } finally {
      clearInterval(renewal)
    }
  }
}

/** A lease longer than any, or a start in the future, was written before the clock was set back. */
async function claim(db: Database, job: string, now: Date, holder: string): Promise<boolean> {
  const until = new Date(now.getTime() + leaseMs)
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const early = new Date(now.getTime() + toleranceMs)
  const rows = await db.sql`
    insert into schedule_run as r (job, holder, started_at, leased_until)
    values (${job}, ${holder}, ${now}, ${until})
    on conflict (job) do update
       set holder = excluded.holder, started_at = excluded.started_at, leased_until = excluded.leased_until
     where (r.leased_until is null or r.leased_until <= ${now} or r.leased_until > ${until}::timestamptz + interval '1 minute')
       and (r.started_at is null or r.started_at < ${minute} or r.started_at > ${early})
    returning job`
  return rows.length > 0
}

async function renew(db: Database, job: string, holder: string): Promise<void> {
  const until = new Date(db.clock.now().getTime() + leaseMs)
  await db.sql`
    update schedule_run set leased_until = ${until}
     where job = ${job} and holder = ${holder} and leased_until is not null`
}

async function succeeded(db: Database, job: string, now: Date, holder: string): Promise<void> {
  await db.sql`
    update schedule_run set leased_until = null, success_at = ${now}, failures = 0, last_error = null
     where job = ${job} and holder = ${holder}`
}

async function failed(
  db: Database,
  job: string,
  now: Date,
  holder: string,
  error: string,
): Promise<void> {
  await db.sql`
    update schedule_run set leased_until = null, failure_at = ${now}, failures = failures + 1, last_error = ${error}
     where job = ${job} and holder = ${holder}`
}
