import type { InvestmentMonth } from 'api/investment/contract'
import { monthText } from '../ui/date.ts'
import { lastIndex } from '../ui/last-index.ts'

/** One month of a project's plan year, 万元. Sums run from January. */
export interface MoneyMonth {
  /** 1 to 12. */
  month: number
  plannedWan: number | null
  actualWan: number | null
  plannedSum: number | null
  /** Null after the last month that was reported. */
  actualSum: number | null
}

/** Twelve months of a year from rows by fund source; a row for the total replaces its parts. */
export function monthsOf(rows: readonly InvestmentMonth[], year: number): MoneyMonth[] {
  const months = Array.from({ length: 12 }, (_, index) => {
    const month = `${monthText(year, index + 1)}-01`
    const ofMonth = rows.filter((row) => row.month === month)
    return { planned: amountOf(ofMonth, 'plannedWan'), actual: amountOf(ofMonth, 'actualWan') }
  })
  const lastReported = lastIndex(months, ({ actual }) => actual !== null)
  const isPlanned = months.some(({ planned }) => planned !== null)
  let plannedSum = 0
  let actualSum = 0
  return months.map(({ planned, actual }, index) => {
    plannedSum += planned ?? 0
    actualSum += actual ?? 0
    return {
      month: index + 1,
      plannedWan: planned,
      actualWan: actual,
      plannedSum: isPlanned ? cents(plannedSum) : null,
      actualSum: index <= lastReported ? cents(actualSum) : null,
    }
  })
}

/** Planned from January to a month (`YYYY-MM-01`) of the same year, 万元; null when nobody planned by month. */
export function plannedUpTo(rows: readonly InvestmentMonth[], month: string): number | null {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return monthsOf(rows, year)[number - 1]?.plannedSum ?? null
}

function amountOf(rows: readonly InvestmentMonth[], field: 'plannedWan' | 'actualWan') {
  const total = rows.find((row) => row.fundSource === 'total')?.[field]
  if (total !== undefined && total !== null) return total
  const parts = rows.map((row) => row[field]).filter((amount) => amount !== null)
  return parts.length > 0 ? parts.reduce((sum, amount) => sum + amount, 0) : null
}

const cents = (amount: number) => Math.round(amount * 100) / 100
