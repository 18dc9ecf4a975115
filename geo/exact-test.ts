/*
 * Fisher's exact test of a fourfold table, one-sided: the upper tail of the hypergeometric distribution.
 */
import { logGamma } from './gamma-tail.ts'

/**
 * P(at least `here` of the `hereOf` drawn have a trait), when `all` of `allOf` have it and the draw is
 * blind. Whole numbers, here ≤ hereOf ≤ allOf and here ≤ all ≤ allOf.
 * @throws RangeError `table_invalid`.
 */
export function exactTest(here: number, hereOf: number, all: number, allOf: number): number {
  const table = [here, hereOf, all, allOf, hereOf - here, all - here, allOf - hereOf - all + here]
  if (table.some((cell) => !(Number.isSafeInteger(cell) && cell >= 0))) {
    throw new RangeError(`table_invalid: ${here} of ${hereOf}, ${all} of ${allOf}`)
  }
  const least = Math.max(0, hereOf + all - allOf)
  if (here <= least) return 1
  let sum = 0
  for (let count = Math.min(hereOf, all); count >= here; count--) {
    sum += Math.exp(logTerm(count, hereOf, all, allOf))
  }
  return Math.min(1, sum)
}

const logTerm = (count: number, hereOf: number, all: number, allOf: number): number =>
  logChoose(all, count) + logChoose(allOf - all, hereOf - count) - logChoose(allOf, hereOf)

const logChoose = (n: number, k: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
