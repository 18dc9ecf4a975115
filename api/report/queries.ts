import { factTable, type View } from '../db/as-of.ts'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { monthMoney } from '../investment/month-money.ts'
import type { Report, ReportInput } from './contract.ts'

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

export interface FiledReport {
  report: Report
  /** False when the same key had been received before. */
  created: boolean
}

/**
 * Files a report and its money in one transaction. `key` makes it idempotent: racing or repeated
 * deliveries of one report leave one row.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `REPORT_MONTH_FUTURE`, 409 `REPORT_EXISTS`,
 * 409 `REPORT_KEY_REUSED`.
 */
export async function fileReport(
  tx: Transaction,
  input: ReportInput,
  { reporter, date, year }: { reporter: string; date: string; year: number },
): Promise<FiledReport> {
  if (input.month > date) {
    throw fieldFailure(
      422,
      'REPORT_MONTH_FUTURE',
      `${input.month.slice(0, 7)} 还没有开始，今天是 ${date}`,
      'month',
      input.month,
    )
  }
  const [project] = await tx`select id from project where id = ${input.projectId}`
  if (!project) throw notFound('project', '项目', input.projectId)
  const [inserted] = await tx<{ id: number }[]>`
    insert into report (key, project_id, month, percent, progress_text, problem, cause, next_step,
                        in_statistics, reporter, reported_at)
    values (${input.key}, ${input.projectId}, ${input.month}, ${input.percent ?? null},
            ${input.progressText ?? null}, ${input.problem ?? null}, ${input.cause ?? null},
            ${input.nextStep ?? null}, ${input.inStatistics ?? null},
            ${input.reporter ?? reporter}, app_now())
    on conflict do nothing returning id`
  if (!inserted) await refuseOther(tx, input)
  else if (input.actualWan !== undefined) await recordActual(tx, input, input.actualWan)
  const view = { asOf: null, date, year }
  const [report] = await listReports(tx, view, {
    project: input.projectId,
    month: input.month,
    limit: 1,
  })
  if (!report) throw new ApiFailure(500, 'INTERNAL', '填报没有写入')
  return { report, created: inserted !== undefined }
}

async function refuseOther(tx: Transaction, input: ReportInput): Promise<void> {
  const [same] = await tx<{ projectId: number; month: string }[]>`
    select project_id, month from report where key = ${input.key}`
  if (!same) {
    throw new ApiFailure(
      409,
      'REPORT_EXISTS',
      `该项目 ${input.month.slice(0, 7)} 已有另一份填报，须先退回才能重报`,
    )
  }
  if (same.projectId !== input.projectId || same.month !== input.month) {
    throw fieldFailure(
      409,
      'REPORT_KEY_REUSED',
      `key 已用于项目 ${same.projectId} ${same.month.slice(0, 7)} 的填报，每份填报须有自己的 key`,
      'key',
      input.key,
    )
  }
}

async function recordActual(
  tx: Transaction,
  input: ReportInput,
  actualWan: number | null,
): Promise<void> {
  await tx`
    insert into investment (project_id, month, actual_wan)
    values (${input.projectId}, ${input.month}, ${actualWan})
    on conflict (project_id, month, fund_source) do update set actual_wan = excluded.actual_wan
     where investment.actual_wan is distinct from excluded.actual_wan`
}
