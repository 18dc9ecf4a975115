import type { Behind, LightBook, LightRule, LightTerms, Overdue } from 'api/light/rule/contract'
import type { Category } from 'api/project/contract'

/** A rule as every screen names it. */
export const nameOf = ({ name, version }: Pick<LightRule, 'name' | 'version'>): string =>
  `${name} v${version}`

export const nextVersion = ({ rules }: Pick<LightBook, 'rules'>, name: string): number =>
  Math.max(0, ...rules.filter((rule) => rule.name === name).map(({ version }) => version)) + 1

/** Whether two versions decide the same. */
export function isSameTerms(a: LightRule, b: LightRule): boolean {
  return JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 })
}

/** What a rule decides a category by; null: every category that has nothing of its own. */
export const termsOf = (rule: LightRule, category: Category | null): LightTerms =>
  rule.categories.find((one) => one.category === category) ?? rule

/** The rule with other terms, for all or for one category. */
export function withTerms(
  rule: LightRule,
  category: Category | null,
  terms: Partial<LightTerms>,
): LightRule {
  if (category === null) return { ...rule, ...terms }
  const { name: _, version: __, categories, clauses: ___, ...common } = rule
  const others = categories.filter((one) => one.category !== category)
  const own = categories.find((one) => one.category === category) ?? { category, ...common }
  return { ...rule, categories: [...others, { ...own, ...terms }] }
}

/** Whether no limit of the rule has its red one below its amber one. */
export const isInOrder = (rule: LightRule): boolean => limitsIn(rule)

function limitsIn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  const { amber, red, amberPoints, redPoints } = value as Partial<Overdue & Behind>
  const isTurned = (low: number | undefined, high: number | undefined) =>
    (low ?? 0) > (high ?? low ?? 0)
  return (
    !isTurned(amber, red) &&
    !isTurned(amberPoints, redPoints) &&
    Object.values(value).every(limitsIn)
  )
}
