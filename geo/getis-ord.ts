/*
 * The local statistics Gi and Gi* as standard deviates (Getis & Ord 1992; Ord & Getis 1995, formulas
 * 14 and 15): how far the sum of values around a site lies from what the whole map would give it.
 */
import type { Lists } from './neighbours.ts'

export interface GetisOrdOptions {
  /** What each value weighs where it is a neighbour, not negative; without: one each. */
  weights?: ArrayLike<number> | undefined
  /** What the squares are divided by for the variance of the values: their number, or one less. */
  variance?: 'n' | 'n-1' | undefined
}

/**
 * Gi* of each row: the row's list names the values that count for it, itself included by whoever makes
 * the list. Rows may be other things than values (cells with their projects). 0 where there is nothing
 * to compare: all values alike, an empty list, or a list that is the whole map.
 */
export function getisOrdStar(
  values: ArrayLike<number>,
  lists: Lists,
  { weights, variance = 'n' }: GetisOrdOptions = {},
): Float64Array {
  const n = values.length
  const { mean, squares } = momentsOf(values)
  const spread = squares / (variance === 'n' ? n : n - 1)
  const z = new Float64Array(lists.starts.length - 1)
  for (let row = 0; row < z.length; row++) {
    const sums = sumsOf(values, lists, row, weights, -1)
    z[row] = deviate(sums, mean, spread, n)
  }
  return z
}

/** Gi of each value: as Gi*, but without the value itself, on either side; row `i` is value `i`. */
export function getisOrd(
  values: ArrayLike<number>,
  lists: Lists,
  { weights, variance = 'n' }: GetisOrdOptions = {},
): Float64Array {
  const n = values.length - 1
  const { mean, squares } = momentsOf(values)
  return Float64Array.from({ length: values.length }, (_, row) => {
    const apart = (values[row] ?? 0) - mean
    // mean and squares of the others, from those of all
    const meanOfOthers = mean - apart / n
    const squaresOfOthers = Math.max(0, squares - (apart * apart * (n + 1)) / n)
    const spread = squaresOfOthers / (variance === 'n' ? n : n - 1)
    return deviate(sumsOf(values, lists, row, weights, row), meanOfOthers, spread, n)
  })
}

/** Mean, and the sum of the squared differences from it. */
export function momentsOf(values: ArrayLike<number>): { mean: number; squares: number } {
  const n = values.length
  let sum = 0
  for (let at = 0; at < n; at++) sum += values[at] ?? 0
  const mean = n > 0 ? sum / n : 0
  let squares = 0
  for (let at = 0; at < n; at++) squares += ((values[at] ?? 0) - mean) ** 2
  return { mean, squares }
}

interface Sums {
  /** Of weight × value, of the weights and of their squares. */
  weighted: number
  weight: number
  square: number
}

function sumsOf(
  values: ArrayLike<number>,
  { starts, items }: Lists,
  row: number,
  weights: ArrayLike<number> | undefined,
  without: number,
): Sums {
  const sums = { weighted: 0, weight: 0, square: 0 }
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
    const item = items[at] ?? 0
    if (item === without) continue
    const weight = weights ? (weights[item] ?? 0) : 1
    sums.weighted += weight * (values[item] ?? 0)
    sums.weight += weight
    sums.square += weight * weight
  }
  return sums
}

function deviate(
  { weighted, weight, square }: Sums,
  mean: number,
  spread: number,
  n: number,
): number {
  const room = n * square - weight * weight
  // a list that is the whole map leaves rounding only
  if (!(spread > 0) || room <= 1e-9 * n * square) return 0
  return (weighted - weight * mean) / Math.sqrt((spread * room) / (n - 1))
}
