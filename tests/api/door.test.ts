import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const author = { actor: '测试员', reason: '门的测试' }
const at = (text: string) => new Date(`${text}T09:00:00+08:00`)

test('a fact is not written outside the door', async () => {
  await expect(
    db.sql`insert into unit (code, name, short_name, level) values ('x', 'x', 'x', 'unit')`,
  ).rejects.toThrow('CLOCK_NOT_SET')
  expect(await db.sql`select id from unit`).toHaveLength(0)
})

test('every version of a row keeps its time, author and reason', async () => {
  await db.transact(
    author,
    (tx) => tx`insert into unit (code, name, short_name, level) values ('a', '甲区', '甲', 'unit')`,
    at('2023-01-01'),
  )
  await db.transact(
    { actor: '改名的人', reason: '更名' },
    (tx) => tx`update unit set name = '乙区' where code = 'a'`,
    at('2023-02-01'),
  )
  await db.transact(author, (tx) => tx`delete from unit where code = 'a'`, at('2023-03-01'))
  const versions = await db.sql`
    select name, lower(during) as "from", upper(during) as "to", actor, reason
      from unit_history order by lower(during)`
  expect([...versions]).toEqual([
    {
      name: '甲区',
      from: '2023-01-01T01:00:00.000Z',
      to: '2023-02-01T01:00:00.000Z',
      ...author,
    },
    {
      name: '乙区',
      from: '2023-02-01T01:00:00.000Z',
      to: '2023-03-01T01:00:00.000Z',
      actor: '改名的人',
      reason: '更名',
    },
  ])
  const changes = await db.sql`select op, noun, actor from change order by id`
  expect(changes.map((row) => [row['op'], row['noun'], row['actor']])).toEqual([
    ['insert', 'unit', '测试员'],
    ['update', 'unit', '改名的人'],
    ['delete', 'unit', '测试员'],
  ])
})

test('a failing write leaves neither row nor history', async () => {
  const before = await db.sql`select count(*) as n from unit_history`
  await expect(
    db.transact(author, async (tx) => {
      await tx`insert into unit (code, name, short_name, level) values ('b', 'b', 'b', 'unit')`
      throw new Error('stop')
    }),
  ).rejects.toThrow('stop')
  expect(await db.sql`select id from unit where code = 'b'`).toHaveLength(0)
  expect([...(await db.sql`select count(*) as n from unit_history`)]).toEqual([...before])
})
