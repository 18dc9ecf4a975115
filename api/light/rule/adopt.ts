import type { Transaction } from '../../db/sql.ts'
import { ApiFailure, fieldFailure } from '../../http/failure.ts'
import { ruleName } from '../rules.ts'
import { isSame, readBook } from './book.ts'
import type { AdoptionInput, LightRule, StoredRule } from './contract.ts'

const BOOK_LOCK = 727015

/**
 * Lets a rule judge from a day on; a version that is not in the book is added to it.
 * @throws ApiFailure 422 `LIGHT_FROM_PAST`, `LIGHT_RULE_OVER`, `LIGHT_RULE_VERSION`; 409
 * `LIGHT_RULE_CHANGED` where the version stands in the book with other words.
 */
export async function adoptRule(
  tx: Transaction,
  { rule, fromOn, reason }: AdoptionInput,
  by: { today: string; id: number | null; name: string },
): Promise<void> {
  if (fromOn < by.today) {
    const message = `${fromOn} 已经过去，规则最早从今天（${by.today}）起施行：过去的日子按当时的规则评判`
    throw fieldFailure(422, 'LIGHT_FROM_PAST', message, 'fromOn', fromOn)
  }
  // Two who make the same next version would both find it free.
  await tx`select pg_advisory_xact_lock(${BOOK_LOCK})`
  const { rules } = await readBook(tx)
  const known = rules.find((one) => isSame(one, rule))
  if (known) checkKnown(known, rule, fromOn)
  else await addVersion(tx, rules, rule, { ...by, reason })
  await tx`
    insert into light_adoption (name, version, from_on, note, person, person_id)
    values (${rule.name}, ${rule.version}, ${fromOn}, ${reason}, ${by.name}, ${by.id})`
}

function checkKnown(known: StoredRule, rule: LightRule, fromOn: string): void {
  if (text(known.rule) !== text(rule)) {
    const message = `${ruleName(rule)} 已在规则库中，内容不同；改动须另存为新版本`
    throw new ApiFailure(409, 'LIGHT_RULE_CHANGED', message)
  }
  if (known.toOn !== null && known.toOn < fromOn) {
    const message = `${ruleName(rule)} 只用到 ${known.toOn}，不能从 ${fromOn} 起施行`
    throw fieldFailure(422, 'LIGHT_RULE_OVER', message, 'fromOn', fromOn)
  }
}

async function addVersion(
  tx: Transaction,
  rules: readonly StoredRule[],
  rule: LightRule,
  { id, name, reason }: { id: number | null; name: string; reason: string },
): Promise<void> {
  const versions = rules.filter((one) => one.name === rule.name).map(({ version }) => version)
  const next = Math.max(0, ...versions) + 1
  if (rule.version !== next) {
    const message = `${rule.name} 的下一个版本是 v${next}，不是 v${rule.version}`
    throw fieldFailure(422, 'LIGHT_RULE_VERSION', message, 'rule.version', rule.version)
  }
  await tx`
    insert into light_rule (name, version, rule, note, person, person_id)
    values (${rule.name}, ${rule.version}, ${JSON.stringify(rule)}::text::jsonb, ${reason}, ${name}, ${id})`
}

/** Both were read by the same schema, which puts the fields in its own order. */
const text = (rule: LightRule) => JSON.stringify(rule)
