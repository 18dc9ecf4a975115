import { z } from 'zod'
import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'

/** Setting `audit_rule`: by which hash the chain goes on, and for how many days it is kept, at least 365. */
export const AuditRule = z.object({
  algorithm: z.enum(['sha256', 'sm3']).default('sha256'),
  keepDays: z.number().int().min(365).default(365),
})
export type AuditRule = z.infer<typeof AuditRule>

/** @throws Error `RULE_INVALID` when the stored rule is damaged. */
export const readRule = (sql: Query): Promise<AuditRule> =>
  readSetting(sql, 'audit_rule', AuditRule, AuditRule.parse({}))

/** Sets the rule from the next entry on; what is chained already stays as it is. */
export async function writeRule(sql: Query, rule: AuditRule): Promise<void> {
  await sql`
    insert into setting (key, value) values ('audit_rule', ${JSON.stringify(rule)}::text::jsonb)
    on conflict (key) do update set value = excluded.value`
}
