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
  // Which errors each part draws from in a year, looked up once and not for every draw.
  const drawn = (years.length > 0 ? years : [0]).map((year) =>
    parts.map(({ errors }) => errorsOf(errors, year)),
  )
  const totals = new Float64Array(DRAWS)
  for (let draw = 0; draw < DRAWS; draw++) {
    const lists = stream.pick(drawn)
    let total = 0
    for (const [index, { expected, scale, floor }] of parts.entries()) {
      const list = lists[index] ?? []
      const error = list[Math.floor(stream.uniform() * list.length)] ?? 0
      total += Math.max(floor, expected + scale * error)
    }
    totals[draw] = total
  }
  return totals.sort()
}

function errorsOf({ byYear, all }: YearErrors, year: number): readonly number[] {
  const own = byYear.get(year)
  return own && own.length > 0 ? own : all
}
