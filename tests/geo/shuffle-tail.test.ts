import { getisOrdStar } from 'geo/getis-ord'
import { random } from 'geo/random'
import { shuffleTail } from 'geo/shuffle-tail'
import { expect, test } from 'vitest'

/** Delays as they are: most on time, some late, a few very. */
const delays = (n: number) => {
  const dice = random('delays')
  return Array.from({ length: n }, () =>
    dice.uniform() < 0.6 ? 0 : Math.round(dice.uniform(0, 3) ** 2.8 * 10) / 10,
  )
}
const listOf = (count: number) => ({
  starts: Uint32Array.of(0, count),
  items: Uint32Array.from({ length: count }, (_, at) => at),
})

test.each([
  ['one each', 8, undefined],
  ['one each', 25, undefined],
  ['by money', 15, Array.from({ length: 400 }, (_, at) => 1 + (at % 7))],
])(
  '%s, %i around: as counted in 40,000 shuffles, where the normal curve is far off',
  (_, count, weights) => {
    const values = delays(400)
    const list = listOf(count)
    const dice = random('shuffles')
    const sums: number[] = []
    const shuffled = Float64Array.from(values)
    for (let round = 0; round < 40_000; round++) {
      // the first `count` places of a Fisher–Yates shuffle are all that is looked at
      let sum = 0
      for (let at = 0; at < count; at++) {
        const other = dice.integer(at, shuffled.length - 1)
        const held = shuffled[at] ?? 0
        shuffled[at] = shuffled[other] ?? 0
        shuffled[other] = held
        sum += (weights?.[at] ?? 1) * (shuffled[at] ?? 0)
      }
      sums.push(sum)
    }
    sums.sort((a, b) => b - a)
    for (const share of [0.05, 0.01, 0.002]) {
      // values of the map whose sum over the list is what so many shuffles reach
      const there = sums[Math.floor(share * sums.length)] ?? 0
      const z = zOfSum(values, list, weights, there)
      const [p = 0] = shuffleTail(values, list, [z], weights)
      expect(p / share).toBeGreaterThan(0.7)
      expect(p / share).toBeLessThan(1.5)
    }
  },
)

/** Gi* is linear in the sum around: found from two maps with the same values. */
function zOfSum(
  values: number[],
  list: ReturnType<typeof listOf>,
  weights: number[] | undefined,
  sum: number,
): number {
  const sumOf = (map: number[]) =>
    list.items.reduce((total, at) => total + (weights?.[at] ?? 1) * (map[at] ?? 0), 0)
  const [low, high] = [values.toSorted((a, b) => a - b), values.toSorted((a, b) => b - a)]
  const [zLow = 0] = getisOrdStar(low, list, { weights })
  const [zHigh = 0] = getisOrdStar(high, list, { weights })
  return zLow + ((sum - sumOf(low)) / (sumOf(high) - sumOf(low))) * (zHigh - zLow)
}
