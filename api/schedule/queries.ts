import type { Query, Transaction } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import type { Schedule, ScheduledJob, StuckDelivery } from './contract.ts'
import { jobs } from './jobs.ts'

const never = { startedAt: null, successAt: null, failureAt: null, failures: 0, lastError: null }

/** Each job with its last run, and what does not get out of the house. */
export async function readSchedule(sql: Query): Promise<Schedule> {
  const runs = await sql<ScheduledJob[]>`
    select job as name, started_at, success_at, failure_at, failures, last_error from schedule_run`
  const counts = await sql<{ state: keyof Schedule['deliveries']; count: number }[]>`
    select state, count(*)::integer as count from delivery group by state`
  const stuck = await sql<StuckDelivery[]>`
    select d.id, d.channel, coalesce(w.name, p.name) as to, n.kind, d.state, d.attempts, d.created_at as at,
           case d.state when 'dead' then coalesce(d.tried_at, d.next_at) else d.next_at end as next_at, d.last_error
      from delivery d join notice n on n.id = d.notice_id join person p on p.id = n.person_id
      left join notice_webhook w on w.id = d.webhook_id
     where d.state in ('failed', 'dead') order by d.id desc limit 100`
  const [mail] = await sql<{ on: boolean }[]>`
    select exists (select from setting where key = 'notice_mail' and value = 'true') as on`
  const deliveries = { waiting: 0, sent: 0, failed: 0, dead: 0 }
  for (const { state, count } of counts) deliveries[state] = count
  return {
    jobs: jobs.map(({ name }) => runs.find((run) => run.name === name) ?? { name, ...never }),
    deliveries,
    stuck: [...stuck],
    mailOn: mail?.on ?? false,
  }
}

/**
 * Makes a message that was given up due again, as if it were new.
 * @throws ApiFailure 404 `DELIVERY_NOT_FOUND` for one that is none, or was not given up.
 */
export async function sendAgain(tx: Transaction, id: number): Promise<void> {
  const rows = await tx`
    update delivery set state = 'waiting', attempts = 0, created_at = app_now(), next_at = app_now(), last_error = null
     where id = ${id} and state = 'dead' returning id`
  if (rows.length === 0) throw notFound('delivery', '未送达的消息', id)
}
