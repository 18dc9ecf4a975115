import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { ruleV1 } from './clock.ts'
import { IssueRule } from './contract.ts'

/**
 * The rule of issues that holds now: the city's own (setting `issue_rule`), else ruleV1.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export const readIssueRule = (sql: Query): Promise<IssueRule> =>
  readSetting(sql, 'issue_rule', IssueRule, ruleV1)
