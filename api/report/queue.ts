import type { View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { monthMoney } from '../investment/month-money.ts'
import type { ReportQueueRow } from './contract.ts'
import { listReports } from './queries.ts'

/** More than a month of any city; what is beyond comes as the queue is worked off. */
const most = 1000

type Figures = Omit<ReportQueueRow, 'report'> & { projectId: number }

/** The reports of a month that wait for verification, furthest from the plan first. */
export async function reviewQueue(
  sql: Query,
  view: View,
  month: string,
): Promise<ReportQueueRow[]> {
  const reports = await listReports(sql, view, { month, status: 'submitted', limit: most })
  const figures = new Map((await readFigures(sql, month)).map((row) => [row.projectId, row]))
  const rows = reports.flatMap((report) => {
    const found = figures.get(report.projectId)
    if (!found) return []
    const { projectId: _, ...rest } = found
    return [{ report, ...rest }]
  })
  return rows.sort((a, b) => distance(b) - distance(a) || a.report.id - b.report.id)
}

/** How far the month's money is from what was planned for it, 万元. */
const distance = ({ report, plannedWan }: ReportQueueRow) =>
  Math.abs((report.actualWan ?? 0) - (plannedWan ?? 0))

function readFigures(sql: Query, month: string): Promise<Figures[]> {
  return sql<Figures[]>`
    with waiting as (
      select id, project_id from report where month = ${month}::date and status = 'submitted'
    ), spent as (
      select project_id, month, ${monthMoney(sql, 'planned_wan')} as planned,
             ${monthMoney(sql, 'actual_wan')} as actual
        from investment
       where project_id in (select project_id from waiting)
         and month between date_trunc('year', ${month}::date) - interval '1 month' and ${month}::date
       group by project_id, month
    ), money as (
      select project_id,
             sum(planned) filter (where month = ${month}::date) as planned_wan,
             sum(planned) filter (where month >= date_trunc('year', ${month}::date)) as planned_sum_wan,
             sum(actual) filter (where month >= date_trunc('year', ${month}::date)) as done_sum_wan,
             sum(actual) filter (where month = ${month}::date - interval '1 month') as actual_before_wan
        from spent group by project_id
    )
    select w.project_id, p.name as project, u.name as unit,
           m.planned_wan, m.planned_sum_wan, m.done_sum_wan, m.actual_before_wan,
           (select percent from report r
             where r.project_id = w.project_id and r.month = ${month}::date - interval '1 month') as percent_before,
           (select count(*)::int from photo f where f.noun = 'report' and f.row_id = w.id) as photos
      from waiting w
      join project p on p.id = w.project_id
      join unit u on u.id = p.unit_id
      left join money m on m.project_id = w.project_id`
}
