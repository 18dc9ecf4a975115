/*
 * How often a shuffle of the same values over the same sites gives as much as what is there: the upper
 * tail of Σ weight × value over a list of sites. Its mean, variance and third moment over all shuffles
 * are known exactly (linear permutation statistics, Hoeffding 1951); between them a Pearson III curve
 * (a moved gamma distribution) is laid. Delays are skewed and a site has few neighbours, so the normal
 * curve calls far too many places hot; this one follows the skew. No random numbers, so two machines
 * agree to the last digit.
 */
import { gammaTail } from './gamma-tail.ts'
import { momentsOf } from './getis-ord.ts'
import type { Lists } from './neighbours.ts'
import { normalTail } from './normal-tail.ts'

/** P(a shuffle's sum ≥ the sum there is) of each row; `z` is its Gi* (variance over n). */
export function shuffleTail(
  values: ArrayLike<number>,
  lists: Lists,
  z: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Float64Array {
  const n = values.length
  const { mean, squares } = momentsOf(values)
  let cubes = 0
  for (let at = 0; at < n; at++) cubes += ((values[at] ?? 0) - mean) ** 3
  const p = new Float64Array(lists.starts.length - 1).fill(1)
  if (!(squares > 0) || n < 3) return p
  for (let row = 0; row < p.length; row++) {
    const spread = spreadOf(lists, row, n, weights)
    if (!(spread.squares > 0)) continue
    const variance = (spread.squares * squares) / (n - 1)
    const third = (n * spread.cubes * cubes) / ((n - 1) * (n - 2))
    p[row] = pearsonTail(z[row] ?? 0, third / variance ** 1.5)
  }
  return p
}

/** Squares and cubes of the row's weights about their mean over all n values, most of which weigh 0. */
function spreadOf(
  { starts, items }: Lists,
  row: number,
  n: number,
  weights: ArrayLike<number> | undefined,
): { squares: number; cubes: number } {
  let [first, second, third] = [0, 0, 0]
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
    const weight = weights ? (weights[items[at] ?? 0] ?? 0) : 1
    first += weight
    second += weight * weight
    third += weight * weight * weight
  }
  const mean = first / n
  const squares = second - n * mean * mean
  return {
    squares: squares > 1e-9 * second ? squares : 0,
    cubes: third - 3 * mean * second + 2 * n * mean ** 3,
  }
}

/** P(X ≥ z) for X of mean 0, deviation 1 and a skewness, Pearson's type III. */
export function pearsonTail(z: number, skewness: number): number {
  // so nearly straight that the gamma function would need more steps than it gains digits
  if (Math.abs(skewness) < 1e-3) return normalTail(z)
  const shape = 4 / (skewness * skewness)
  const root = Math.sqrt(shape)
  return skewness > 0 ? gammaTail(shape, shape + z * root) : 1 - gammaTail(shape, shape - z * root)
}
