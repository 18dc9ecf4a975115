import type { Query } from '../db/sql.ts'
import { ruleV1 } from './clock.ts'
import { IssueRule } from './contract.ts'

/**
 * The rule of issues that holds now: the city's own (setting `issue_rule`), else ruleV1.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export async function readIssueRule(sql: Query): Promise<IssueRule> {
  const [row] = await sql<{ value: unknown }[]>`
    select value from setting where key = 'issue_rule'`
  if (!row) return ruleV1
  const parsed = IssueRule.safeParse(row.value)
  if (parsed.success) return parsed.data
  throw new Error(`RULE_INVALID: setting issue_rule: ${parsed.error.issues[0]?.message ?? ''}`)
}
