import type { Report, ReportInput } from 'api/report/contract'
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
  const actualWan = report.actualWan === null ? '' : String(report.actualWan)
  const month = report.month.slice(0, 7)
  return { ...emptyDraft(month), ...wordsOf(report), actualWan, replaces: report.key }
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
  }
}

function saysTheSame(draft: Draft, report: Report): boolean {
  const received = correctionOf(report)
  const fields = ['percent', 'actualWan', 'progressText', 'problem', 'cause', 'nextStep'] as const
  return fields.every((field) => draft[field].trim() === received[field])
}

/** What the server received under the draft's key is corrected by a report of its own. */
export const asCorrection = (draft: Draft): Draft => ({
  ...draft,
  key: uuid(),
  replaces: draft.key,
})

/** What is sent of a draft. */
export function inputOf(projectId: number, draft: Draft): ReportInput {
  const text = (value: string) => (value.trim() === '' ? null : value.trim())
  const amount = (value: string) => (value === '' ? null : Number(value))
  return {
    key: draft.key,
    ...(draft.replaces === null ? {} : { replaces: draft.replaces }),
    projectId,
    month: `${draft.month}-01`,
    percent: amount(draft.percent),
    progressText: text(draft.progressText),
    problem: text(draft.problem),
    cause: text(draft.cause),
    nextStep: text(draft.nextStep),
    // Left empty means "not told", which must not wipe an amount that another form reported.
    ...(draft.actualWan === '' ? {} : { actualWan: Number(draft.actualWan) }),
  }
}
