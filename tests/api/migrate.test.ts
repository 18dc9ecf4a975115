import { createHash } from 'node:crypto'
import type { Database } from 'api/db/database'
import { type Migration, migrate, readMigrations } from 'api/db/migrate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
let known: Migration[]
beforeAll(async () => {
  db = await openTestDatabase()
  known = await readMigrations()
})
afterAll(async () => {
  await db.sql`drop table if exists first_half, later`
  await db.sql`delete from migration where name like '9%'`
  await db.close()
})

const file = (name: string, text: string): Migration => ({
  name,
  text,
  sha256: createHash('sha256').update(text).digest('hex'),
})
const recorded = async () =>
  (await db.sql<{ name: string }[]>`select name from migration order by name`).map(
    (row) => row.name,
  )
const exists = async (table: string) => {
  const [row] = await db.sql<
    { there: boolean }[]
  >`select to_regclass(${table}) is not null as there`
  return row?.there
}

test('what was applied is not applied again', async () => {
  expect(await migrate(db.sql, known)).toEqual([])
  expect(await recorded()).toEqual(known.map((migration) => migration.name))
})

test('a broken migration is named and leaves nothing', async () => {
  const broken = file(
    '9001-broken.sql',
    'create table first_half (id int); select no_such_function()',
  )
  await expect(migrate(db.sql, [...known, broken])).rejects.toThrow(
    /^MIGRATION_FAILED: 9001-broken\.sql: .*no_such_function/,
  )
  expect(await exists('first_half')).toBe(false)
  expect(await recorded()).toEqual(known.map((migration) => migration.name))
})

test.each([
  'create table first_half (id int); commit; select no_such_function()',
  'create table first_half (id int);\n  ROLLBACK',
  'begin; create table first_half (id int)',
])('a migration with a transaction of its own is refused before it runs: %s', async (text) => {
  await expect(migrate(db.sql, [...known, file('9001-own.sql', text)])).rejects.toThrow(
    /^MIGRATION_INVALID: 9001-own\.sql holds (COMMIT|ROLLBACK|BEGIN);/,
  )
  expect(await exists('first_half')).toBe(false)
})

test('an applied migration that was changed is refused by its name', async () => {
  const [first, ...rest] = known
  if (!first) throw new Error('no migrations')
  const changed = file(first.name, `${first.text}\n-- improved`)
  await expect(migrate(db.sql, [changed, ...rest])).rejects.toThrow(
    new RegExp(`^MIGRATION_CHANGED: ${first.name} `),
  )
})

test('a database newer than the program is refused', async () => {
  await expect(migrate(db.sql, known.slice(0, -1))).rejects.toThrow(
    new RegExp(`^MIGRATION_MISSING: the database has ${known.at(-1)?.name}`),
  )
})

test('two servers starting at once apply a new one once', async () => {
  const later = file('9002-later.sql', 'create table later (id int)')
  const applied = await Promise.all([
    migrate(db.sql, [...known, later]),
    migrate(db.sql, [...known, later]),
  ])
  expect(applied.flat()).toEqual(['9002-later.sql'])
  expect(await exists('later')).toBe(true)
})
