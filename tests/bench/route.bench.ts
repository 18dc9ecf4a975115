/**
 * The order of stops on published instances of the travelling salesman: gap to the proven optimum
 * and time over seeds, a table a line. Fails where up to 52 stops are not always visited in the
 * shortest order within a second, or up to 105 within 1 % of it.
 */
import { performance } from 'node:perf_hooks'
import { routeOrder } from 'geo/route-order'
import { tsplib } from '../support/tsplib.ts'

const seeds = 20
const goals = [
  { stops: 52, gap: 0 },
  { stops: 105, gap: 0.01 },
]

console.log(`${seeds} seeds each; gap to the proven optimum, in percent, and time in milliseconds`)
console.log('instance    stops  optimum   gap min  median    max   time min   median      max')
for (const { name, optimum, distances } of tsplib()) {
  const gaps: number[] = []
  const times: number[] = []
  for (let seed = 0; seed < seeds; seed++) {
    const began = performance.now()
    const { length } = routeOrder(distances, { closed: true, seed: `bench ${seed}` })
    times.push(performance.now() - began)
    gaps.push(length / optimum - 1)
  }
  const cells = [
    ...summary(gaps).map((gap) => (gap * 100).toFixed(2)),
    ...summary(times).map(whole),
  ]
  const widths = [10, 8, 7, 11, 9, 9]
  const figures = cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('')
  const stops = distances.length
  console.log(`${name.padEnd(12)}${`${stops}`.padStart(5)}${`${optimum}`.padStart(9)}${figures}`)
  const goal = goals.find((one) => stops <= one.stops)
  const [, , gap = 0] = summary(gaps)
  const [, time = 0] = summary(times)
  if (goal && (gap > goal.gap || time > 1000)) {
    console.log(`goal missed: gap at most ${goal.gap * 100} %, median at most 1,000 ms`)
    process.exitCode = 1
  }
}

function summary(values: number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return [0, (sorted.length - 1) >> 1, sorted.length - 1].map((at) => sorted[at] ?? Number.NaN)
}

function whole(value: number): string {
  return value.toFixed(0)
}
