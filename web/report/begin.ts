import type { DoubtCode, Report, ReportInput } from 'api/report/contract'
import { uuid } from '../ui/uuid.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { missingMonths } from './months.ts'

/** The latest month that is missing; words as they stood in the last report, money to be told anew. */
export function begin(reports: readonly Report[], today: string): Draft {
  const last = reports[0]
  const draft = emptyDraft(missingMonths(reports, today)[0] ?? '')
  return last ? { ...draft, ...wordsOf(last) } : draft
}

/** A received report, to be corrected: everything as it was sent. */
export function correctionOf(report: Report): Draft {
  const bySource = report.sources.length > 0
  const sources = report.sources.map((one) => ({ ...one, actualWan: String(one.actualWan) }))
  const total = report.actualWan === null ? '' : String(report.actualWan)
  return {
    ...emptyDraft(report.month.slice(0, 7)),
    ...wordsOf(report),
    actualWan: bySource ? '' : total,
    sources,
    correctionNote: report.correctionNote ?? '',
    inStatistics: report.inStatistics,
    replaces: report.key,
  }
}

function wordsOf(report: Report) {
  return {
    percent: report.percent === null ? '' : String(report.percent),
    progressText: report.progressText ?? '',
    problem: report.problem ?? '',
    cause: report.cause ?? '',
    nextStep: report.nextStep ?? '',
  }
}

/**
 * A draft whose month somebody else has reported meanwhile goes on with one that is missing, its
 * figures to be told anew. One that was received itself, its answer lost, is done; unless it was
 * changed after that, when it stays what it is: a correction to be.
 */
export function resume(draft: Draft | null, reports: readonly Report[], today: string): Draft {
  if (draft === null) return begin(reports, today)
  const own = reports.find(({ key }) => key === draft.key)
  if (own) return saysTheSame(draft, own) ? begin(reports, today) : draft
  const missing = missingMonths(reports, today)
  const isCorrection = reports.some(({ key }) => key === draft.replaces)
  if (isCorrection || missing.includes(draft.month)) return draft
  return {
    ...draft,
    key: uuid(),
    replaces: null,
    month: missing[0] ?? '',
    percent: '',
    actualWan: '',
    sources: draft.sources.map((one) => ({ ...one, actualWan: '' })),
    correctionNote: '',
  }
}

function saysTheSame(draft: Draft, report: Report): boolean {
  const received = correctionOf(report)
  const fields = ['percent', 'progressText', 'problem', 'cause', 'nextStep'] as const
  return (
    fields.every((field) => draft[field].trim() === received[field]) &&
    totalOf(draft) === totalOf(received)
  )
}

/** What the server received under the draft's key is corrected by a report of its own. */
export const asCorrection = (draft: Draft): Draft => ({
  ...draft,
  key: uuid(),
  replaces: draft.key,
})

/** The month's total as typed, by source or at once, 万元; null where nothing is told. */
export function totalOf({
  actualWan,
  sources,
}: Pick<Draft, 'actualWan' | 'sources'>): number | null {
  const told = sources.filter((one) => one.actualWan !== '')
  if (told.length === 0) return actualWan === '' ? null : Number(actualWan)
  return Math.round(told.reduce((sum, one) => sum + Number(one.actualWan) * 100, 0)) / 100
}

/** Whether money goes backwards, of one source or of all: it has to be said why. */
export const fallsBack = (draft: Pick<Draft, 'actualWan' | 'sources'>): boolean =>
  (totalOf(draft) ?? 0) < 0 || draft.sources.some(({ actualWan }) => Number(actualWan) < 0)

/** What is sent of a draft, with the answers to what was asked about it. */
export function inputOf(
  projectId: number,
  draft: Draft,
  answers: Partial<Record<DoubtCode, string>>,
): ReportInput {
  const text = (value: string) => (value.trim() === '' ? null : value.trim())
  const doubts = Object.entries(answers).flatMap(([code, answer]) =>
    answer.trim() === '' ? [] : [{ code: code as DoubtCode, answer: answer.trim() }],
  )
  return {
    key: draft.key,
    ...(draft.replaces === null ? {} : { replaces: draft.replaces }),
    projectId,
    month: `${draft.month}-01`,
    percent: draft.percent === '' ? null : Number(draft.percent),
    progressText: text(draft.progressText),
    problem: text(draft.problem),
    cause: text(draft.cause),
    nextStep: text(draft.nextStep),
    inStatistics: draft.inStatistics,
    ...moneyOf(draft),
    ...issueOf(draft),
    ...(doubts.length > 0 ? { doubts } : {}),
    ask: true,
  }
}

/** Left empty means "not told", which must not wipe an amount that another form reported. */
function moneyOf(draft: Draft): Pick<ReportInput, 'actualWan' | 'sources' | 'correction'> {
  const total = totalOf(draft)
  if (total === null) return {}
  const told = draft.sources.filter(({ actualWan }) => actualWan !== '')
  const sources = told.map((one) => ({ ...one, actualWan: Number(one.actualWan) }))
  const note = draft.correctionNote.trim()
  return {
    actualWan: total,
    ...(sources.length > 0 ? { sources } : {}),
    ...(fallsBack(draft) && note !== '' ? { correction: true, correctionNote: note } : {}),
  }
}

function issueOf({ issue }: Draft): Pick<ReportInput, 'issue'> {
  if (issue === null || issue.title.trim() === '') return {}
  const { key, severity } = issue
  const cause = issue.cause === '' ? {} : { cause: issue.cause }
  return { issue: { key, title: issue.title.trim(), severity, ...cause } }
}
