import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { monthMoney } from '../investment/month-money.ts'
import type { Report } from './contract.ts'

const columns = [
  'id',
  'key',
  'project_id',
  'month',
  'status',
  'percent',
  'progress_text',
  'problem',
  'cause',
  'next_step',
  'in_statistics',
  'reporter',
  'reported_at',
  'provenance',
]

/** Reports as known in the view, newest month first, each with that month's money over all sources. */
export async function listReports(
  sql: Query,
  view: View,
  where: { project?: number | undefined; month?: string | undefined; limit: number },
): Promise<Report[]> {
  return sql<Report[]>`
    select ${sql(columns.map((column) => `r.${column}`))}, i.actual_wan
      from ${factTable(sql, 'report', view.asOf)} r
      left join lateral (
        select ${monthMoney(sql, 'actual_wan')} as actual_wan
          from ${factTable(sql, 'investment', view.asOf)} t
         where project_id = r.project_id and month = r.month
      ) i on true
     where r.month <= ${view.date}::date
       ${where.project === undefined ? sql`` : sql`and r.project_id = ${where.project}`}
       ${where.month === undefined ? sql`` : sql`and r.month = ${where.month}::date`}
     order by r.month desc, r.project_id
     limit ${where.limit}`
}
