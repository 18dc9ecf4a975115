/*
 * The Mann–Kendall test for a trend in a series (Mann 1945, Kendall 1975), with the variance corrected
 * for ties and for continuity. Normal from about ten values on.
 */
import { normalTail } from './normal-tail.ts'

export interface Trend {
  /** Pairs that rise minus pairs that fall. */
  s: number
  /** s over the number of pairs, −1 to 1. */
  tau: number
  z: number
  /** Two-sided. */
  p: number
}

/** The trend of values in order of time. */
export function mannKendall(values: ArrayLike<number>): Trend {
  const n = values.length
  let s = 0
  const ties = new Map<number, number>()
  for (let late = 0; late < n; late++) {
    const value = values[late] ?? Number.NaN
    ties.set(value, (ties.get(value) ?? 0) + 1)
    for (let early = 0; early < late; early++) s += Math.sign(value - (values[early] ?? Number.NaN))
  }
  const spread = (count: number) => count * (count - 1) * (2 * count + 5)
  let variance = spread(n)
  for (const count of ties.values()) variance -= spread(count)
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance / 18) : 0
  const p = Math.min(1, 2 * normalTail(Math.abs(z)))
  return { s, tau: n > 1 ? s / ((n * (n - 1)) / 2) : 0, z, p }
}
