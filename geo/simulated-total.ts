/*
 * The sum of many forecasts. Works of one year share its weather, its money and its rules, so their
 * errors are not apart: each draw takes one past year, and for every part an error of that year, so
 * that a bad year is bad for all of them.
 */
import { random } from './random.ts'

/** One part: its end is `expected + scale × error`, never below `floor`; all in one unit. */
export interface TotalPart {
  expected: number
  scale: number
  floor: number
  errors: YearErrors
}

/** Errors by past year, and all of them together for years that have none. */
export interface YearErrors {
  byYear: ReadonlyMap<number, readonly number[]>
  all: readonly number[]
}

const DRAWS = 600

/**
 * The totals of 600 draws, smallest first: `quantile` reads P50 and P80 off them. The same parts and
 * seed give the same totals.
 */
export function simulateTotal(parts: readonly TotalPart[], seed: string): Float64Array {
  const stream = random(seed)
  const years = [...new Set(parts.flatMap(({ errors }) => [...errors.byYear.keys()]))].sort()
  const totals = new Float64Array(DRAWS)
  for (let draw = 0; draw < DRAWS; draw++) {
    const year = years.length > 0 ? stream.pick(years) : 0
    let total = 0
    for (const { expected, scale, floor, errors } of parts) {
      const own = errors.byYear.get(year)
      const from = own && own.length > 0 ? own : errors.all
      const error = from.length > 0 ? (from[Math.floor(stream.uniform() * from.length)] ?? 0) : 0
      total += Math.max(floor, expected + scale * error)
    }
    totals[draw] = total
  }
  return totals.sort()
}
