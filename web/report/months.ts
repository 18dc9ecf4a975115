import type { Report } from 'api/report/contract'
import { monthText } from '../ui/date.ts'

/**
 * Months (`YYYY-MM`) of the day's year that have begun and are still to be reported, latest first: a
 * returned report is one. In January last December counts too, since it is reported then.
 */
export function missingMonths(reports: readonly Report[], today: string): string[] {
  const [year = 0, present = 1] = today.split('-').map(Number)
  const received = reports.filter(({ status }) => status !== 'returned')
  const reported = new Set(received.map((report) => report.month.slice(0, 7)))
  const months = Array.from({ length: present }, (_, index) => monthText(year, present - index))
  if (present === 1) months.push(monthText(year - 1, 12))
  return months.filter((month) => !reported.has(month))
}
