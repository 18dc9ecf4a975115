import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import type { Report, ReportInput } from './contract.ts'
import { listReports } from './queries.ts'
import { differences } from './rules.ts'

export interface FiledReport {
  report: Report
  /** False where the same report had been received before, or replaced an earlier one. */
  created: boolean
}

interface Filing {
  reporter: string
  /** The clock's day and its plan year. */
  date: string
  year: number
}

/**
 * Files a report and its money in one transaction. `key` makes it idempotent: racing or repeated
 * deliveries of one report leave one row. A returned report makes room for the next one; a received
 * one is corrected by a report of its own that names it in `replaces`. History keeps what was.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `REPORT_MONTH_FUTURE`, 409 `REPORT_EXISTS`,
 * 409 `REPORT_CHANGED`, 409 `REPORT_VERIFIED`, 409 `REPORT_KEY_REUSED`.
 */
export async function fileReport(
  tx: Transaction,
  input: ReportInput,
  filing: Filing,
): Promise<FiledReport> {
  checkMonth(input, filing.date)
  const [project] = await tx`select id from project where id = ${input.projectId}`
  if (!project) throw notFound('project', '项目', input.projectId)
  const created = await insertReport(tx, input, filing)
  if (!created) {
    const stored = await storedReport(tx, input, filing)
    if (stored.key === input.key) return { report: sameOrRefused(stored, input), created }
    checkReplaceable(stored, input)
    await replaceReport(tx, stored.id, input, filing)
  }
  await recordActual(tx, input)
  return { report: await readReport(tx, input, filing), created }
}

function checkMonth(input: ReportInput, date: string): void {
  if (input.month <= date) return
  const message = `${monthOf(input)} 还没有开始，今天是 ${date}`
  throw fieldFailure(422, 'REPORT_MONTH_FUTURE', message, 'month', input.month)
}

async function insertReport(tx: Transaction, input: ReportInput, filing: Filing): Promise<boolean> {
  const { percent, progressText, problem, cause, nextStep, inStatistics } = input
  const rows = await tx`
    insert into report (key, project_id, month, percent, progress_text, problem, cause, next_step,
                        in_statistics, reporter, reported_at, filed_at)
    values (${input.key}, ${input.projectId}, ${input.month}, ${percent ?? null},
            ${progressText ?? null}, ${problem ?? null}, ${cause ?? null}, ${nextStep ?? null},
            ${inStatistics ?? null}, ${input.reporter ?? filing.reporter}, app_now(), app_now())
    on conflict do nothing returning id`
  return rows.length > 0
}

async function replaceReport(
  tx: Transaction,
  id: number,
  input: ReportInput,
  filing: Filing,
): Promise<void> {
  const { percent, progressText, problem, cause, nextStep, inStatistics } = input
  await tx`
    update report
       set key = ${input.key}, status = 'submitted', percent = ${percent ?? null},
           progress_text = ${progressText ?? null}, problem = ${problem ?? null},
           cause = ${cause ?? null}, next_step = ${nextStep ?? null},
           in_statistics = ${inStatistics ?? null},
           reporter = ${input.reporter ?? filing.reporter}, reported_at = app_now(),
           filed_at = coalesce(filed_at, reported_at),
           reviewer = null, reviewed_at = null, review_note = null
     where id = ${id}`
}

/** The report that stands in the way, locked. @throws where the key is that of another place. */
async function storedReport(tx: Transaction, input: ReportInput, filing: Filing): Promise<Report> {
  const [same] = await tx<{ projectId: number; month: string }[]>`
    select project_id, month from report where key = ${input.key}`
  if (same && (same.projectId !== input.projectId || same.month !== input.month)) {
    throw fieldFailure(
      409,
      'REPORT_KEY_REUSED',
      `key 已用于项目 ${same.projectId} ${monthOf(same)} 的填报，每份填报须有自己的 key`,
      'key',
      input.key,
    )
  }
  await tx`
    select from report where project_id = ${input.projectId} and month = ${input.month} for update`
  return readReport(tx, input, filing)
}

/** A repeat of what was received is that report; one that says something else must not look received. */
function sameOrRefused(stored: Report, input: ReportInput): Report {
  const details = differences(stored, input)
  if (details.length === 0) return stored
  const message = `${monthOf(input)} 的填报已收到，内容与现在所填不同；如要更正，请另作一份替代它`
  throw new ApiFailure(409, 'REPORT_CHANGED', message, details)
}

function checkReplaceable(stored: Report, input: ReportInput): void {
  if (stored.status === 'draft' || stored.status === 'returned') return
  const month = monthOf(input)
  if (input.replaces !== stored.key) {
    const message = `该项目 ${month} 已有另一份填报；如要更正，请在那一份上更正`
    throw new ApiFailure(409, 'REPORT_EXISTS', message)
  }
  if (stored.status !== 'verified') return
  throw new ApiFailure(409, 'REPORT_VERIFIED', `${month} 的填报已核实，须先退回才能更正`)
}

async function readReport(tx: Transaction, input: ReportInput, filing: Filing): Promise<Report> {
  const { date, year } = filing
  const where = { project: input.projectId, month: input.month, limit: 1 }
  const [report] = await listReports(tx, { asOf: null, date, year }, where)
  if (!report) throw new ApiFailure(500, 'INTERNAL', '填报没有写入')
  return report
}

/** Money that the report does not mention stays as others reported it. */
async function recordActual(tx: Transaction, input: ReportInput): Promise<void> {
  if (input.actualWan === undefined) return
  await tx`
    insert into investment (project_id, month, actual_wan)
    values (${input.projectId}, ${input.month}, ${input.actualWan})
    on conflict (project_id, month, fund_source) do update set actual_wan = excluded.actual_wan
     where investment.actual_wan is distinct from excluded.actual_wan`
}

const monthOf = ({ month }: { month: string }) => month.slice(0, 7)
