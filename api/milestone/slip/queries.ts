import { factTable, type View } from '../../db/as-of.ts'
import type { Query } from '../../db/sql.ts'
import type { MilestoneKind } from '../contract.ts'
import type { Slip, SlipRow, SlipRowFilter } from './contract.ts'

/** As many as a screen can show; a figure counts them all. */
const mostRows = 10_000

/**
 * Steps that have an original date, with their days late on the view's day against it and against the
 * plan that holds now; null: not late. A date that is known to the month counts as its first day when
 * it has happened, as its last when it is planned: nobody is late by what is not known. Projects that
 * left the list by decision are not counted.
 */
const judged = (sql: Query, view: View, kind: MilestoneKind | undefined) => sql`
  select m.id as milestone_id, m.project_id, p.name as project_name, p.unit_id, m.name, m.original_date,
         m.revised_date, m.forecast_date, d.actual_date, m.cause,
         nullif(greatest(d.on_day - m.original_date, 0), 0) as original_days,
         nullif(greatest(d.on_day - coalesce(m.revised_date, m.original_date), 0), 0) as revised_days,
         d.actual_date is not null or m.original_date < ${view.date}::date as is_due
    from ${factTable(sql, 'milestone', view.asOf)} m
    join ${factTable(sql, 'project', view.asOf)} p on p.id = m.project_id
   cross join lateral (
     select case when m.actual_date <= ${view.date}::date then m.actual_date end as actual_date,
            case when m.actual_date <= ${view.date}::date
                 then first_day(m.actual_date, m.actual_precision) else ${view.date}::date end as on_day
   ) d
   where m.original_date is not null and coalesce(p.side_state, '') not in ('removed', 'terminated')
     ${kind === undefined ? sql`` : sql`and m.kind = ${kind}`}`

/** How many steps are late against what was promised first and against what holds now, by unit. */
export async function readSlip(
  sql: Query,
  view: View,
  kind: MilestoneKind | undefined,
): Promise<Slip> {
  const rows = await sql<(Slip['units'][number] & { unitId: number | null })[]>`
    select unit_id, count(*) filter (where is_due)::int as due,
           count(original_days)::int as late_original, count(revised_days)::int as late_revised,
           percentile_cont(0.5) within group (order by original_days) as median_days,
           max(original_days) as worst_days
      from (${judged(sql, view, kind)}) j
     group by grouping sets ((unit_id), ())
     order by unit_id nulls last`
  const units = rows.filter(({ unitId }) => unitId !== null)
  const all = rows.find(({ unitId }) => unitId === null)
  const none = { due: 0, lateOriginal: 0, lateRevised: 0, medianDays: null, worstDays: null }
  const { unitId: _, ...total } = all ?? { unitId: null, ...none }
  return { date: view.date, total, units }
}

/** The late steps behind a figure, the most late first. */
export async function readSlipRows(
  sql: Query,
  view: View,
  { against, kind, unit }: SlipRowFilter,
): Promise<SlipRow[]> {
  const days = sql(`${against === 'revised' ? 'revised' : 'original'}_days`)
  const counts = against === 'due' ? sql`is_due` : sql`${days} is not null`
  return sql<SlipRow[]>`
    select milestone_id, project_id, project_name, unit_id, name, original_date, revised_date,
           forecast_date, actual_date, coalesce(${days}, 0)::int as days, cause
      from (${judged(sql, view, kind)}) j
     where ${counts} ${unit === undefined ? sql`` : sql`and unit_id = ${unit}`}
     order by ${days} desc nulls last, milestone_id limit ${mostRows}`
}
