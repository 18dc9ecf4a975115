/*
 * The reference class: the narrowest of category and size, category alone, and everything that has
 * enough finished projects.
 */
import type { Category } from '../project/contract.ts'
import type { ForecastRule, ReferenceClass } from './contract.ts'

export interface Classed {
  category: Category
  totalWan: number | null
}

export interface Chosen<T> {
  class: ReferenceClass
  members: T[]
}

/**
 * The narrowest class like `target` that holds at least `rule.least` projects among `all`.
 * @returns null where even all of them are too few. `keyOf` tells projects apart.
 */
export function narrowest<T extends Classed>(
  target: Classed,
  all: readonly T[],
  rule: ForecastRule,
  keyOf: (one: T) => unknown,
): Chosen<T> | null {
  const size = sizeOf(target.totalWan, rule)
  const same = all.filter(({ category }) => category === target.category)
  const alike = size === null ? [] : same.filter((one) => sizeOf(one.totalWan, rule) === size)
  const open = { fromWan: null, belowWan: null }
  const { category } = target
  const levels: Chosen<T>[] = [
    { class: { width: 'category-size', category, ...limitsOf(size ?? 0, rule) }, members: alike },
    { class: { width: 'category', category, ...open }, members: same },
    { class: { width: 'all', category: null, ...open }, members: [...all] },
  ]
  const enough = ({ members }: Chosen<T>) => new Set(members.map(keyOf)).size >= rule.least
  return levels.find(enough) ?? null
}

/** The class of size by total investment, from 0; null where the total is not known. */
export function sizeOf(totalWan: number | null, { sizesWan }: ForecastRule): number | null {
  if (totalWan === null) return null
  return sizesWan.filter((limit) => totalWan >= limit).length
}

const limitsOf = (size: number, { sizesWan }: ForecastRule) => ({
  fromWan: sizesWan[size - 1] ?? null,
  belowWan: sizesWan[size] ?? null,
})
