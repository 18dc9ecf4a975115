import type { InvestmentMonth } from 'api/investment/contract'
import { monthsOf } from '../investment/monthly.ts'

/** What a month's money stands beside, 万元; null where nothing is planned or told. */
export interface Figures {
  plannedWan: number | null
  /** From January to the month. */
  plannedSumWan: number | null
  /** Done in the year without the month, up to it; and with it as typed. */
  doneBeforeWan: number
  doneWan: number | null
  /** Done less planned, from January to the month. */
  differenceWan: number | null
}

/** @param month `YYYY-MM`. @param told the month's total as typed. */
export function figuresOf(
  rows: readonly InvestmentMonth[],
  month: string,
  told: number | null,
): Figures {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = monthsOf(rows, year)
  const here = months[number - 1]
  const doneBeforeWan = cents(
    months.slice(0, number - 1).reduce((sum, { actualWan }) => sum + (actualWan ?? 0), 0),
  )
  const plannedSumWan = here?.plannedSum ?? null
  const doneWan = told === null || Number.isNaN(told) ? null : cents(doneBeforeWan + told)
  return {
    plannedWan: here?.plannedWan ?? null,
    plannedSumWan,
    doneBeforeWan,
    doneWan,
    differenceWan:
      doneWan === null || plannedSumWan === null ? null : cents(doneWan - plannedSumWan),
  }
}

const cents = (wan: number) => Math.round(wan * 100) / 100
