import { season } from 'geo/season'
import type { SeasonShares } from './contract.ts'
import type { PastYear } from './reference.ts'

/**
 * The city's seasonal curve from past years of works that ran all through them: a year in which works
 * begin or end has a season of its own. Shrunk towards the curve that the pack has set.
 */
export function seasonOf(years: readonly PastYear[], prior: number[] | null): SeasonShares | null {
  const sums = new Map<number, number[]>()
  for (const { year, actual } of years) {
    if (actual[0] === 0 || actual[11] === 0) continue
    const sum = sums.get(year) ?? actual.map(() => 0)
    sums.set(
      year,
      sum.map((wan, month) => wan + (actual[month] ?? 0)),
    )
  }
  const learned = season([...sums.values()], prior)
  return learned && { ...learned, isPrior: prior !== null }
}

/**
 * The annual plan by the season, cumulative 万元 at the ends of the twelve months, over the months in
 * which its own plan has money.
 */
export function seasonalSums(
  annualWan: number,
  planned: readonly (number | null)[],
  shares: readonly number[],
): number[] {
  const isPlanned = planned.some((wan) => wan !== null && wan > 0)
  const weights = shares.map((share, month) =>
    isPlanned && !((planned[month] ?? 0) > 0) ? 0 : share,
  )
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return Math.round((sum / whole) * annualWan * 100) / 100
  })
}
