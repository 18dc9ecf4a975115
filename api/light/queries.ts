import type { Query } from '../db/sql.ts'
import { LightRule } from './contract.ts'
import { ruleV1 } from './rule-v1.ts'

/**
 * The rule that holds now: the city's own (setting `light_rule`), else version 1.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export async function readRule(sql: Query): Promise<LightRule> {
  const [row] = await sql<{ value: unknown }[]>`
    select value from setting where key = 'light_rule'`
  if (!row) return ruleV1
  const parsed = LightRule.safeParse(row.value)
  if (parsed.success) return parsed.data
  throw new Error(`RULE_INVALID: setting light_rule: ${parsed.error.issues[0]?.message ?? ''}`)
}
