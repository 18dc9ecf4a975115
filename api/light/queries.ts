import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { LightRule } from './contract.ts'
import { ruleV1 } from './rule-v1.ts'

/**
 * The rule that holds now: the city's own (setting `light_rule`), else version 1.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export const readRule = (sql: Query): Promise<LightRule> =>
  readSetting(sql, 'light_rule', LightRule, ruleV1)
