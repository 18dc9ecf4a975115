import { isSame, readBook } from '../../light/rule/book.ts'
import { ruleName } from '../../light/rules.ts'
import type { Transaction } from '../sql.ts'
import type { PackFiles } from './pack.ts'

/**
 * Adds the pack's rule sets of the lights to the book; one of them, or a shipped one, may judge from a
 * day on. @throws Error `PACK_INVALID` when that one is not in the book.
 */
export async function writeLight(tx: Transaction, { name: pack, head }: PackFiles): Promise<void> {
  const { light } = head
  if (!light) return
  for (const rule of light.rules) {
    await tx`
      insert into light_rule (name, version, rule, note, person)
      values (${rule.name}, ${rule.version}, ${JSON.stringify(rule)}::text::jsonb, '城市数据包', '城市数据包')`
  }
  const { adopt } = light
  if (!adopt) return
  const { rules } = await readBook(tx)
  if (!rules.some((rule) => isSame(rule, adopt))) {
    throw new Error(`PACK_INVALID: ${pack}/pack.json: light.adopt: no rule ${ruleName(adopt)}`)
  }
  await tx`
    insert into light_adoption (name, version, from_on, note, person)
    values (${adopt.name}, ${adopt.version}, ${adopt.fromOn}, '城市数据包', '城市数据包')`
}
