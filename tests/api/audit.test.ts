import { chainAudit } from 'api/audit/append'
import { digest } from 'api/audit/entry'
import { recordEvent } from 'api/audit/event'
import { writeRule } from 'api/audit/rule'
import { verifyAudit } from 'api/audit/verify'
import { type Database, databaseOn } from 'api/db/database'
import { connect, type Transaction } from 'api/db/sql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'

let db: Database
beforeEach(async () => {
  db = await openTestDatabase()
})
afterEach(() => db.close())

const author = { actor: '测试员', reason: '留痕测试' }
const addUnit = (code: string) => (tx: Transaction) =>
  tx`insert into unit (code, name, short_name, level) values (${code}, ${`${code}区`}, ${code}, 'unit')`

/** Numbers and chains all that is committed, as the running server does. */
async function chain(): Promise<number> {
  await db.sql`select publish_change()`
  return chainAudit(db)
}

/** Three units, of which one was renamed and one taken away, and a sign-in: six entries and a shape. */
async function record(): Promise<void> {
  for (const code of ['a', 'b', 'c']) await db.transact(author, addUnit(code))
  await db.transact(author, (tx) => tx`update unit set name = '新区' where code = 'b'`)
  await db.transact(author, (tx) => tx`delete from unit where code = 'c'`)
  await recordEvent(db.sql, db.clock.now(), {
    kind: 'sign_in',
    personId: 7,
    actor: '审计员',
    address: '10.0.0.7',
    detail: { way: 'password', 次数: 1 },
  })
  await chain()
}

/** What only somebody with the database's own rights can do. */
const tamper = (change: (tx: Transaction) => Promise<unknown>) =>
  db.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await change(tx)
  })

/** What is found after tampering with a table, which is put back afterwards. */
async function damageOf(table: string, change: (tx: Transaction) => Promise<unknown>) {
  await db.sql`create table untouched as table ${db.sql(table)}`
  await tamper(change)
  const { damage } = await verifyAudit(db)
  await tamper(async (tx) => {
    await tx`delete from ${tx(table)}`
    await tx`insert into ${tx(table)} overriding system value select * from untouched`
    await tx`drop table untouched`
  })
  expect((await verifyAudit(db)).damage).toBeNull()
  return damage
}

test('digests are those of the standards', () => {
  expect(digest('sm3', 'abc')).toBe(
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  )
  expect(digest('sha256', 'abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('changes and events are chained once, in order, and verify', async () => {
  await record()
  expect(await chain()).toBe(0)
  const entries =
    await db.sql`select n, kind, actor, noun, row_id, op, reason from audit order by n`
  expect(entries.map((row) => [row['n'], row['kind'], row['op'] ?? row['actor']])).toEqual([
    [1, 'shape', '系统'],
    [2, 'change', 'insert'],
    [3, 'change', 'insert'],
    [4, 'change', 'insert'],
    [5, 'change', 'update'],
    [6, 'change', 'delete'],
    [7, 'sign_in', '审计员'],
  ])
  const found = await verifyAudit(db)
  expect(found).toMatchObject({ entries: 7, damage: null, algorithms: ['sha256'], unreadable: 0 })
  expect(found.head?.n).toBe(7)
  expect(await db.sql`select from audit_event`).toHaveLength(0)
})

test('an empty record verifies', async () => {
  expect(await verifyAudit(db)).toMatchObject({ entries: 0, head: null, damage: null })
})

describe('tampering is found and named', () => {
  const columns: [column: string, value: string][] = [
    ['at', "at + interval '1 second'"],
    ['kind', "'export'"],
    ['person_id', '99'],
    ['actor', "'别人'"],
    ['address', "'10.9.9.9'"],
    ['agent', "'curl'"],
    ['noun', "'park'"],
    ['row_id', '99'],
    ['op', "'insert'"],
    ['project_id', '1'],
    ['unit_id', '99'],
    ['park_id', '1'],
    ['reason', "'另一个原因'"],
    ['detail', `'{"x":1}'`],
    ['change_seq', '99'],
    ['version', 'now()'],
    ['content', "repeat('0', 64)"],
    ['algorithm', "'sm3'"],
    ['hash', "repeat('0', 64)"],
  ]
  test('every column of an entry', async () => {
    await record()
    for (const [column, value] of columns) {
      const damage = await damageOf(
        'audit',
        (tx) => tx`update audit set ${tx(column)} = ${tx.unsafe(value)} where n = 5`,
      )
      expect({ column, ...damage }).toMatchObject({ column, n: 5, table: 'audit', rowId: 5 })
    }
  })

  test('an entry taken out, two entries swapped, the first ones gone', async () => {
    await record()
    expect(await damageOf('audit', (tx) => tx`delete from audit where n = 4`)).toMatchObject({
      n: 4,
      message: '第 4 条留痕不见了',
    })
    expect(
      await damageOf('audit', async (tx) => {
        await tx`update audit set n = 100 where n = 3`
        await tx`update audit set n = 3 where n = 4`
        await tx`update audit set n = 4 where n = 100`
      }),
    ).toMatchObject({ n: 3 })
    expect(await damageOf('audit', (tx) => tx`delete from audit where n < 3`)).toMatchObject({
      n: 1,
    })
  })

  test('a tail cut off and written anew is noticed by the head noted before', async () => {
    await record()
    const { head } = await verifyAudit(db)
    expect((await verifyAudit(db, { head: head?.hash })).damage).toBeNull()
    await tamper((tx) => tx`delete from audit where n > 4`)
    await chain()
    expect((await verifyAudit(db)).damage).toBeNull()
    expect((await verifyAudit(db, { head: head?.hash })).damage).toMatchObject({ table: 'audit' })
  })

  test('every column of a change', async () => {
    await record()
    const changed: [column: string, value: string, field: string][] = [
      ['at', "at - interval '1 second'", 'at'],
      ['noun', "'park'", 'noun'],
      ['row_id', '99', 'row_id'],
      ['op', "'insert'", 'op'],
      ['unit_id', '99', 'unit_id'],
      ['park_id', '1', 'park_id'],
      ['project_id', '1', 'project_id'],
      ['actor', "'别人'", 'actor'],
      ['reason', "'别的原因'", 'reason'],
      ['actor_id', '5', 'person_id'],
      ['actor_address', "'10.9.9.9'", 'address'],
      ['actor_agent', "'curl'", 'agent'],
      ['version', 'null', 'version'],
    ]
    for (const [column, value, field] of changed) {
      const damage = await damageOf(
        'change',
        (tx) => tx`update change set ${tx(column)} = ${tx.unsafe(value)} where seq = 4`,
      )
      expect({ column, ...damage }).toMatchObject({ column, n: 5, table: 'change', field })
    }
    expect(await damageOf('change', (tx) => tx`delete from change where seq = 2`)).toMatchObject({
      n: 3,
      table: 'change',
    })
  })

  test('a version of the history: present and past, text, author, range, one more, one less', async () => {
    await record()
    const history = (change: (tx: Transaction) => Promise<unknown>) =>
      damageOf('unit_history', change)
    expect(
      await history(
        (tx) => tx`update unit_history set name = '旧名' where id = 2 and not upper_inf(during)`,
      ),
    ).toMatchObject({ n: 3, table: 'unit_history', rowId: 2 })
    expect(
      await history(
        (tx) => tx`update unit_history set name = '假名' where id = 2 and upper_inf(during)`,
      ),
    ).toMatchObject({ n: 5, table: 'unit_history', rowId: 2, field: 'name' })
    expect(
      await history((tx) => tx`update unit_history set actor = '别人' where id = 1`),
    ).toMatchObject({ n: 2, rowId: 1, field: 'actor' })
    expect(
      await history((tx) => tx`update unit_history set reason = '别的' where id = 1`),
    ).toMatchObject({ n: 2, rowId: 1, field: 'reason' })
    expect(
      await history(
        (
          tx,
        ) => tx`update unit_history set during = tstzrange(lower(during), lower(during) + interval '1 hour')
                    where id = 1`,
      ),
    ).toMatchObject({ n: 2, table: 'unit_history', rowId: 1, field: 'during' })
    expect(await history((tx) => tx`delete from unit_history where id = 3`)).toMatchObject({
      n: 4,
      rowId: 3,
    })
    expect(
      await history(
        (tx) => tx`insert into unit_history select h.* from unit_history h where id = 3`,
      ),
    ).toMatchObject({ table: 'unit_history', rowId: 3 })
    expect(await history((tx) => tx`update unit_history set id = 9 where id = 3`)).toMatchObject({
      n: 4,
      rowId: 3,
    })
  })

  test('a present row changed, added and taken away behind the door', async () => {
    await record()
    expect(
      await damageOf('unit', (tx) => tx`update unit set name = '后门区' where id = 1`),
    ).toMatchObject({ table: 'unit', rowId: 1, field: 'name' })
    expect(await damageOf('unit', (tx) => tx`delete from unit where id = 1`)).toMatchObject({
      table: 'unit',
      rowId: 1,
    })
  })
})

test('SM3 by switch: entries before and after verify, each by its own', async () => {
  await record()
  await writeRule(db.sql, { algorithm: 'sm3', keepDays: 365 })
  await db.transact(author, addUnit('d'))
  await chain()
  await writeRule(db.sql, { algorithm: 'sha256', keepDays: 365 })
  await db.transact(author, addUnit('e'))
  await chain()
  expect(await verifyAudit(db)).toMatchObject({
    entries: 9,
    damage: null,
    algorithms: ['sha256', 'sm3'],
  })
  expect(
    await damageOf('audit', (tx) => tx`update audit set actor = 'x' where n = 8`),
  ).toMatchObject({ n: 8 })
})

test('racing writers and chainers: no gap, no fork, every committed change once', async () => {
  const url = await databaseUrl(db)
  const other = url ? connect(url, { max: 4, applicationName: 'onemap' }) : null
  const second = other ? databaseOn(other, db.clock, null, () => other.end()) : db
  let writing = true
  const chains = [db, second].map(async (one) => {
    while (writing) {
      await one.sql`select publish_change()`
      await chainAudit(one)
    }
  })
  const writes = Array.from({ length: 60 }, async (_, at) => {
    const one = at % 2 === 0 ? db : second
    const write = one.transact(author, async (tx) => {
      await addUnit(`w${at}`)(tx)
      if (at % 5 === 0) throw new Error('rolled back')
    })
    await write.catch(() => {})
    await recordEvent(one.sql, one.clock.now(), { kind: 'export', personId: at, actor: '导出人' })
  })
  await Promise.all(writes)
  writing = false
  await Promise.all(chains)
  await other?.end()
  await chain()
  const [counts] = await db.sql`
    select count(*) filter (where change_seq is not null) as changes, count(*) filter (where kind = 'export') as events,
           count(distinct change_seq) as different, max(n) - count(*) as gaps from audit`
  expect(counts).toEqual({ changes: 48, events: 60, different: 48, gaps: 0 })
  expect((await verifyAudit(db)).damage).toBeNull()
})

test('a server that ends between commit and chaining loses nothing: the next one catches up', async () => {
  await db.transact(author, addUnit('a'))
  await recordEvent(db.sql, db.clock.now(), { kind: 'sign_out', personId: 1, actor: '某人' })
  const failing = db.sql.begin(async (tx) => {
    await tx`select publish_change()`
    await chainAudit({
      ...db,
      sql: { begin: (run: (one: Transaction) => unknown) => run(tx) },
    } as never)
    throw new Error('killed')
  })
  await expect(failing).rejects.toThrow('killed')
  expect(await db.sql`select from audit`).toHaveLength(0)
  await chain()
  expect((await db.sql`select kind from audit order by n`).map((row) => row['kind'])).toEqual([
    'shape',
    'change',
    'sign_out',
  ])
})

test('a migration that adds a column leaves what was chained verifiable', async () => {
  await record()
  await db.sql`alter table unit add column motto text not null default '无'`
  await db.sql`alter table unit_history add column motto text not null default '无'`
  try {
    expect(await verifyAudit(db)).toMatchObject({ damage: null, unreadable: 0 })
    await db.transact(author, addUnit('m'))
    await chain()
    expect(await verifyAudit(db)).toMatchObject({ entries: 9, damage: null })
    expect(
      await damageOf(
        'unit_history',
        (tx) => tx`update unit_history set motto = 'x' where name = 'm区'`,
      ),
    ).toMatchObject({ n: 9, field: 'motto' })
  } finally {
    await db.sql`alter table unit drop column motto`
    await db.sql`alter table unit_history drop column motto`
  }
})

describe('nobody takes away or rewrites through the application', () => {
  const attempts: [what: string, attempt: (tx: Transaction) => Promise<unknown>][] = [
    ['an entry', (tx) => tx`delete from audit`],
    ['an entry changed', (tx) => tx`update audit set actor = 'x'`],
    ['the record', (tx) => tx`truncate audit`],
    ['a change', (tx) => tx`delete from change`],
    ['a change changed', (tx) => tx`update change set actor = 'x'`],
    ['a change numbered again', (tx) => tx`update change set seq = seq + 1000`],
    ['a version', (tx) => tx`delete from unit_history`],
    ['a version changed', (tx) => tx`update unit_history set name = 'x'`],
    ['a history', (tx) => tx`truncate unit_history`],
    [
      'a young entry as an archive',
      async (tx) => {
        await tx`select set_config('onemap.archive', 'on', true)`
        await tx`delete from audit`
      },
    ],
  ]
  test.each(attempts)('%s', async (_, attempt) => {
    await record()
    await expect(db.transact(author, attempt)).rejects.toThrow('AUDIT_KEPT')
    expect((await verifyAudit(db)).damage).toBeNull()
  })
})
