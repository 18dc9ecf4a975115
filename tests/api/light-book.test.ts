/*
 * Where the book's rules come from beside its screen: a city's setting of before, and a pack.
 */
import type { Database } from 'api/db/database'
import { readMigrations } from 'api/db/migrate'
import { packStart } from 'api/db/seed/load'
import { readPack } from 'api/db/seed/pack'
import { writeLight } from 'api/db/seed/write-light'
import { readRule } from 'api/light/rule/book'
import { own } from 'api/light/rule/shipped'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const author = { actor: '测试', reason: '规则' }
const today = { asOf: null, date: '2023-05-31', year: 2023 }
const old = {
  name: '试行',
  version: 2,
  amberLagPoints: 6,
  redLagPoints: 16.5,
  amberStartDays: 20,
  redStartDays: 80,
  staleDays: 50,
}

/** The database as it was before the book, with a setting, and the migration run on it. */
async function upgraded(setting: object): Promise<void> {
  const migration = (await readMigrations()).find(({ name }) => name === '0015-light.sql')
  await db.sql.begin(async (tx) => {
    await tx.unsafe(`
      drop trigger first_plan_changed on plan;
      drop trigger first_plan_changed on investment;
      drop trigger first_plan_deleted on investment;
      drop function keep_first_plan();
      drop table light_rule, light_rule_history, light_adoption, light_adoption_history,
                 investment_original, plan_original`)
    await tx`delete from setting where key = 'light_rule'`
    await tx`insert into setting (key, value) values ('light_rule', ${JSON.stringify(setting)}::text::jsonb)`
    await tx.unsafe(migration?.text ?? '')
  })
}

test('a rule that was a setting judges every day on, past ones too, with all its limits', async () => {
  await upgraded(old)
  const rule = await readRule(db.sql, today)
  expect(rule).toMatchObject({
    name: '试行',
    version: 2,
    method: 'plan',
    start: { unit: 'day', amber: 20, red: 80 },
    payment: { amberPoints: 6, redPoints: 16.5, redAbove: false },
    staleDays: 50,
    preliminary: null,
    judges: ['start', 'payment'],
  })
  const past = { ...today, asOf: '2023-01-31T15:59:59.999Z', date: '2023-01-31' }
  expect((await readRule(db.sql, past)).name).toBe('试行')
  expect(await db.sql`select from setting where key = 'light_rule'`).toHaveLength(0)
  const [kept] = await db.sql<{ actor: string }[]>`select actor from light_rule_history`
  expect(kept?.actor).toBe('升级')
})

test('a setting that is no rule stays where it is, and the shipped rule judges', async () => {
  await upgraded({ ...old, staleDays: '很久' })
  expect(await db.sql`select from setting where key = 'light_rule'`).toHaveLength(1)
  expect(await readRule(db.sql, today)).toEqual(own)
})

test('a pack brings rules of its own, and says which one judges', async () => {
  const pack = await readPack('zhuzhou')
  const rule = { ...own, name: '县区', version: 1, staleDays: 40 }
  const at = await packStart('zhuzhou')
  const write = (adopt: { name: string; version: number; fromOn: string }) => {
    const head = { ...pack.head, light: { rules: [rule], adopt } }
    return db.transact(author, (tx) => writeLight(tx, { ...pack, head }), at)
  }
  await expect(write({ name: '没有的', version: 1, fromOn: '2023-01-01' })).rejects.toThrow(
    'PACK_INVALID: zhuzhou/pack.json: light.adopt: no rule 没有的 v1',
  )
  await write({ name: '县区', version: 1, fromOn: '2023-05-01' })
  expect(await readRule(db.sql, today)).toEqual(rule)
  expect(await readRule(db.sql, { ...today, date: '2023-04-30' })).toEqual(own)
})
