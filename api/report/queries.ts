import { chinaDate } from '../clock.ts'
import { factTable, type View } from '../db/as-of.ts'
import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { monthMoney, monthSources } from '../investment/month-money.ts'
import { type Report, ReportRule } from './contract.ts'
import { inOrder } from './money.ts'
import { dueOf } from './rules.ts'

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
  'reviewer',
  'reviewed_at',
  'review_note',
  'correction_note',
  'doubts',
  'provenance',
]

/**
 * Reports as known in the view, newest month first, each with that month's money over all sources and
 * the day it was due on.
 */
export async function listReports(
  sql: Query,
  view: View,
  where: {
    project?: number | undefined
    month?: string | undefined
    status?: Report['status']
    limit: number
  },
): Promise<Report[]> {
  const rule = await readReportRule(sql)
  const rows = await sql<Row[]>`
    select ${sql(columns.map((column) => `r.${column}`))}, i.actual_wan,
           i.sources, coalesce(r.filed_at, r.reported_at) as filed_at
      from ${factTable(sql, 'report', view.asOf)} r
      left join lateral (
        select ${monthMoney(sql, 'actual_wan')} as actual_wan, ${monthSources(sql)} as sources
          from ${factTable(sql, 'investment', view.asOf)} t
         where project_id = r.project_id and month = r.month
      ) i on true
     where r.month <= ${view.date}::date
       ${where.project === undefined ? sql`` : sql`and r.project_id = ${where.project}`}
       ${where.month === undefined ? sql`` : sql`and r.month = ${where.month}::date`}
       ${where.status === undefined ? sql`` : sql`and r.status = ${where.status}`}
     order by r.month desc, r.project_id
     limit ${where.limit}`
  return rows.map(({ filedAt, ...row }) => {
    const dueOn = dueOf(row.month, rule)
    const sources = inOrder(row.sources)
    return { ...row, sources, dueOn, isLate: chinaDate(new Date(filedAt)) > dueOn }
  })
}

type Row = Omit<Report, 'dueOn' | 'isLate'> & { filedAt: string }

/**
 * The rule of reports that holds now: the city's own (setting `report_rule`), else the 5th.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export const readReportRule = (sql: Query): Promise<ReportRule> =>
  readSetting(sql, 'report_rule', ReportRule, { dueDay: 5 })
