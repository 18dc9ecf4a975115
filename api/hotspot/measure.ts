import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { lagOf } from '../light/payment.ts'
import { type ProjectFact, readFacts } from '../project/facts.ts'
import type { HotspotMeasure } from './contract.ts'

/** A project of the year's list with each measure; null: the measure does not apply to it. */
export type Measured = { fact: ProjectFact } & Record<HotspotMeasure, number | null>

interface DaysRow {
  projectId: number
  days: number
}

/**
 * The projects whose delay is looked at, in order of id: on the year's list, not left by decision, and
 * not within another that is listed, so that no delay counts twice.
 */
export async function readMeasured(sql: Query, view: View): Promise<Measured[]> {
  const facts = (await readFacts(sql, view)).filter(
    ({ planKind, sideState, counted }) =>
      planKind !== null && counted && (sideState === null || sideState === 'suspended'),
  )
  const slips = await daysOf(slipDays(sql, view))
  const issues = await daysOf(issueDays(sql, view))
  return facts.map((fact) => {
    const lag = lagOf(fact)
    return {
      fact,
      // `+ 0` turns −0 into 0.
      lag: lag === null ? null : Math.max(0, -lag) + 0,
      slip: slips.get(fact.id) ?? null,
      issue: issues.get(fact.id) ?? 0,
    }
  })
}

/**
 * Days that the latest of a project's steps are late against their original dates: of steps whose day
 * has come or that are done. A date known to the month counts as its first day when it has happened.
 */
const slipDays = (sql: Query, view: View) => sql<DaysRow[]>`
  select project_id, max(greatest(on_day - original_date, 0)) as days
    from (select project_id, original_date, actual_date <= ${view.date}::date as is_done,
                 case when actual_date <= ${view.date}::date
                      then first_day(actual_date, actual_precision) else ${view.date}::date end as on_day
            from ${factTable(sql, 'milestone', view.asOf)} t where original_date is not null) m
   where is_done or original_date < ${view.date}::date
   group by project_id`

/** Days that the issues of a project that were open at the view's moment had been open, together. */
const issueDays = (sql: Query, view: View) => sql<DaysRow[]>`
  select i.project_id, sum(greatest(${view.date}::date - (i.received_at at time zone 'Asia/Shanghai')::date, 0)) as days
    from issue i
   where i.project_id is not null and ${isOpenIn(sql, view)}
   group by i.project_id`

/** Whether issue `i` was somebody's at the view's moment, by its steps. */
export const isOpenIn = (sql: Query, view: View) =>
  view.asOf === null
    ? sql`i.holder <> 'none'`
    : sql`i.received_at <= ${view.asOf}::timestamptz and coalesce((
        select s.holder from issue_step s where s.issue_id = i.id and s.at <= ${view.asOf}::timestamptz
         order by s.id desc limit 1), 'manager') <> 'none'`

async function daysOf(rows: PromiseLike<DaysRow[]>): Promise<Map<number, number>> {
  return new Map((await rows).map(({ projectId, days }) => [projectId, Number(days)]))
}
