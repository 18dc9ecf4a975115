import type { Milestone } from 'api/milestone/contract'
import { daysBetween } from '../ui/date.ts'

/** How a step stands against one plan: done, overdue, or as it is expected. Positive days are late. */
export interface Lateness {
  state: 'done' | 'overdue' | 'expected'
  days: number
}

/** What holds as the plan now: the approved-revised date, else the original. */
export const plannedDate = (milestone: Milestone): string | null =>
  milestone.revisedDate ?? milestone.originalDate

/** done, overdue (planned before the day and not done) or ahead. */
export function stateAt(milestone: Milestone, date: string): 'done' | 'overdue' | 'ahead' {
  if (milestone.actualDate !== null) return 'done'
  const planned = plannedDate(milestone)
  return planned !== null && planned < date ? 'overdue' : 'ahead'
}

/**
 * How late a step is against a plan on a day; null where there is nothing to say. A fact that is known
 * to the month may have been on its first day: it is late by what is certain only.
 */
export function latenessOf(
  { actualDate, actualPrecision, forecastDate }: Milestone,
  planned: string | null,
  date: string,
): Lateness | null {
  if (planned === null) return null
  if (actualDate !== null) {
    const first = daysBetween(planned, firstDay(actualDate, actualPrecision))
    const days = first > 0 ? first : Math.min(0, daysBetween(planned, actualDate))
    return { state: 'done', days }
  }
  if (planned < date) return { state: 'overdue', days: daysBetween(planned, date) }
  if (forecastDate === null) return null
  return { state: 'expected', days: daysBetween(planned, forecastDate) }
}

function firstDay(date: string, precision: string | null): string {
  const [year, month = '01'] = date.split('-')
  if (precision === 'year') return `${year}-01-01`
  if (precision === 'quarter') {
    const first = Math.floor((Number(month) - 1) / 3) * 3 + 1
    return `${year}-${String(first).padStart(2, '0')}-01`
  }
  return precision === 'month' ? `${year}-${month}-01` : date
}
