/*
 * Which rule judges a day. A past day is judged by the rule that held on it, as was known then: a
 * decision that was taken later does not recolour it.
 */
import type { View } from '../../db/as-of.ts'
import type { Query } from '../../db/sql.ts'
import { type Adoption, LightRule, type StoredRule } from './contract.ts'
import { own, shipped } from './shipped.ts'

/** Every rule set and every decision about them, oldest first. */
export interface Book {
  rules: StoredRule[]
  adoptions: Adoption[]
}

/** @throws Error `RULE_INVALID` when a stored rule is damaged. */
export async function readBook(sql: Query): Promise<Book> {
  const stored = await sql<(Omit<StoredRule, 'rule' | 'shipped'> & { rule: unknown })[]>`
    select name, version, from_on, to_on, rule, note, person, at from light_rule order by name, version`
  const adoptions = await sql<Adoption[]>`
    select id, name, version, from_on, note as reason, person, at from light_adoption order by at, id`
  const rules = stored.map((row) => ({ ...row, rule: ruleIn(row.rule, row), shipped: false }))
  const isReplaced = (rule: LightRule) => rules.some((one) => isSame(one, rule))
  const others = shipped.filter((rule) => !isReplaced(rule)).map(asStored)
  return { rules: [...others, ...rules], adoptions: [...adoptions] }
}

/** The rule that judges the view's day. */
export function ruleAt({ rules, adoptions }: Book, { asOf, date }: View): LightRule {
  const known = asOf === null ? adoptions : adoptions.filter(({ at }) => at <= asOf)
  let held: { fromOn: string; rule: LightRule } = { fromOn: '', rule: usual(rules) }
  for (const adoption of known) {
    const stored = rules.find((rule) => isSame(rule, adoption))
    if (!stored || adoption.fromOn > date || adoption.fromOn < held.fromOn) continue
    if (stored.toOn !== null && stored.toOn < date) continue
    held = { fromOn: adoption.fromOn, rule: stored.rule }
  }
  return held.rule
}

/** The rule that judges the view's day. @throws Error as readBook. */
export const readRule = async (sql: Query, view: View): Promise<LightRule> =>
  ruleAt(await readBook(sql), view)

export const isSame = (
  a: Pick<LightRule, 'name' | 'version'>,
  b: Pick<LightRule, 'name' | 'version'>,
): boolean => a.name === b.name && a.version === b.version

const usual = (rules: readonly StoredRule[]): LightRule =>
  rules.find((rule) => isSame(rule, own))?.rule ?? own

const asStored = (rule: LightRule): StoredRule => ({
  name: rule.name,
  version: rule.version,
  fromOn: null,
  toOn: null,
  rule,
  note: '',
  person: null,
  at: null,
  shipped: true,
})

function ruleIn(stored: unknown, { name, version }: Pick<LightRule, 'name' | 'version'>) {
  const parsed = LightRule.safeParse(stored)
  if (parsed.success) return { ...parsed.data, name, version }
  const first = parsed.error.issues[0]
  throw new Error(`RULE_INVALID: ${name} v${version}: ${first?.path.join('.')} ${first?.message}`)
}
