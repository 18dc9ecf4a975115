import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'
import { recordActual } from '../investment/record.ts'
import { attachPhotos } from '../photo/write.ts'
import type { Doubt, Report, ReportInput } from './contract.ts'
import { readKnown } from './known.ts'
import { checkMoney, doubtsOf, questionOf, totalOf } from './money.ts'
import { listReports } from './queries.ts'
import { raiseOnce } from './raise.ts'
import { checkMonth, differences } from './rules.ts'

export interface FiledReport {
  report: Report
  /** False where the same report had been received before, or replaced an earlier one. */
  created: boolean
}

interface Filing {
  reporter: string
  /** Null where a program files. */
  reporterId: number | null
  now: Date
  /** The clock's day and its plan year. */
  date: string
  year: number
}

/** A report as it is written: with its money added up and what is unusual about it. */
type Prepared = ReportInput & { total: number | null | undefined; doubted: Doubt[] }

/**
 * Files a report and its money in one transaction. `key` makes it idempotent: racing or repeated
 * deliveries of one report leave one row. A returned report makes room for the next one; a received
 * one is corrected by a report of its own that names it in `replaces`. History keeps what was. Its
 * draft is used up.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `REPORT_MONTH_FUTURE`, 409 `REPORT_EXISTS`,
 * 409 `REPORT_CHANGED`, 409 `REPORT_VERIFIED`, 409 `REPORT_KEY_REUSED`, 409 `REPORT_DOUBTS`, and those
 * of totalOf, checkMoney and raiseIssue.
 */
export async function fileReport(
  tx: Transaction,
  input: ReportInput,
  filing: Filing,
): Promise<FiledReport> {
  checkMonth(input.month, filing.date)
  const total = totalOf(input)
  const known = await readKnown(tx, input)
  const doubted = doubtsOf(input, total ?? null, known)
  const prepared = { ...input, total, doubted }
  const created = await insertReport(tx, prepared, filing)
  if (!created) {
    const stored = await storedReport(tx, input, filing)
    if (stored.key === input.key) return { report: sameOrRefused(stored, input), created }
    checkReplaceable(stored, input)
    await replaceReport(tx, stored.id, prepared, filing)
  }
  checkMoney(input, total ?? null, known)
  if (input.ask) refuseUnanswered(doubted)
  // Sent without waiting for one another; the connection keeps their order.
  const [report] = await Promise.all([
    recordActual(tx, { ...input, total }).then(() => readReport(tx, input, filing)),
    attachPhotos(tx, input),
    tx`delete from report_draft where project_id = ${input.projectId} and month = ${input.month}`,
  ])
  const by = { id: filing.reporterId, name: filing.reporter, now: filing.now }
  await raiseOnce(tx, report.id, input, by)
  return { report, created }
}

/** Asked about, not refused: the same report with answers, or without `ask`, is taken. */
function refuseUnanswered(doubted: readonly Doubt[]): void {
  const open = doubted.filter(({ answer }) => answer === null)
  if (open.length === 0) return
  const details = open.map((doubt) => ({
    field: 'doubts',
    value: { code: doubt.code, told: doubt.told, beside: doubt.beside },
    code: 'DOUBT',
    message: questionOf(doubt),
  }))
  throw new ApiFailure(
    409,
    'REPORT_DOUBTS',
    details.map(({ message }) => message).join('；'),
    details,
  )
}

async function insertReport(tx: Transaction, input: Prepared, filing: Filing): Promise<boolean> {
  const columns = columnsOf(tx, input, filing)
  const rows = await tx`
    insert into report ${tx({ project_id: input.projectId, month: input.month, ...columns })}
    on conflict do nothing returning id`
  return rows.length > 0
}

async function replaceReport(
  tx: Transaction,
  id: number,
  input: Prepared,
  filing: Filing,
): Promise<void> {
  await tx`
    update report
       set ${tx(columnsOf(tx, input, filing))}, status = 'submitted',
           reported_at = app_now(), filed_at = coalesce(filed_at, reported_at),
           reviewer = null, reviewed_at = null, review_note = null
     where id = ${id}`
}

/** What a filing says, by column. */
const columnsOf = (tx: Transaction, input: Prepared, filing: Filing) => ({
  key: input.key,
  percent: input.percent ?? null,
  progress_text: input.progressText ?? null,
  problem: input.problem ?? null,
  cause: input.cause ?? null,
  next_step: input.nextStep ?? null,
  in_statistics: input.inStatistics ?? null,
  correction_note: input.correction ? (input.correctionNote ?? null) : null,
  doubts: tx.json(input.doubted),
  reporter: input.reporter ?? filing.reporter,
  reporter_id: filing.reporterId,
})

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
  if (stored.status === 'returned') return
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

const monthOf = ({ month }: { month: string }) => month.slice(0, 7)
