import { workingDayFrom } from '../calendar/working-days.ts'
import { type FailureDetail, fieldFailure } from '../http/failure.ts'
import type { Report, ReportInput, ReportRule, SourceAmount } from './contract.ts'
import { amount, inOrder } from './money.ts'

/** The day that a month's report is due on: the rule's day of the next month, or the next working day. */
export function dueOf(month: string, { dueDay }: ReportRule): string {
  const [year = 0, of = 0] = month.split('-').map(Number)
  return workingDayFrom(new Date(Date.UTC(year, of, dueDay)).toISOString().slice(0, 10))
}

/** @throws ApiFailure 422 `REPORT_MONTH_FUTURE`. */
export function checkMonth(month: string, date: string): void {
  if (month <= date) return
  const message = `${month.slice(0, 7)} 还没有开始，今天是 ${date}`
  throw fieldFailure(422, 'REPORT_MONTH_FUTURE', message, 'month', month)
}

/** From which states a decision can be taken: what was verified may still go back. */
export const reviewable: Record<'verified' | 'returned', readonly Report['status'][]> = {
  verified: ['submitted'],
  returned: ['submitted', 'verified'],
}

const told = [
  'percent',
  'progressText',
  'problem',
  'cause',
  'nextStep',
  'inStatistics',
  'reporter',
] as const

/**
 * Where a report that came again says something else than the one stored, field by field with the
 * stored value. What it leaves out of the words counts as empty; money, reporter and 入统 that it does
 * not mention are not compared.
 */
export function differences(stored: Report, input: ReportInput): FailureDetail[] {
  const details: FailureDetail[] = []
  const compare = (field: string, before: unknown, now: unknown) => {
    if (before === now) return
    details.push({
      field,
      value: before,
      code: 'DIFFERENT',
      message: `已收到的是${worded(before)}`,
    })
  }
  for (const field of told) {
    const optional = field === 'reporter' || field === 'inStatistics'
    if (optional && input[field] === undefined) continue
    compare(field, stored[field], rounded(input[field] ?? null))
  }
  if (input.actualWan !== undefined) compare('actualWan', stored.actualWan, input.actualWan)
  if (input.sources !== undefined)
    compare('sources', listed(stored.sources), listed(inOrder(input.sources)))
  return details
}

const listed = (sources: readonly SourceAmount[]): string | null =>
  sources.length === 0
    ? null
    : sources.map((one) => `${one.fundSource} ${amount(one.actualWan)}`).join('、')

function worded(value: unknown): string {
  if (value === null) return '空白'
  return typeof value === 'boolean' ? (value ? '“是”' : '“否”') : `“${value}”`
}

/** As the database keeps numbers: two decimals. */
const rounded = <T>(value: T) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)
