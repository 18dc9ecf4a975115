import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('after queries that fail each caller still gets its own answer', async () => {
  const ask = async (i: number) => {
    if (i % 3 === 0) {
      const fault = [
        () => db.sql`select ${'no number'}::int as n`,
        () => db.sql`select ${'\u0000'}::text as n`,
        () => db.sql`select ${i}::int / 0 as n`,
        () => db.sql`select no_such_column as n`,
      ][i % 4]
      await expect(fault?.()).rejects.toThrow()
      return i
    }
    const read = async (sql: typeof db.sql) => {
      const [row] = await sql<{ n: number; t: string }[]>`
        select ${i}::int as n, ${`t${i}`}::text as t, repeat('x', ${i * 50}::int) as long`
      return row?.t === `t${i}` ? row.n : -1
    }
    return i % 3 === 1 ? read(db.sql) : db.sql.begin((tx) => read(tx as unknown as typeof db.sql))
  }
  const wanted = Array.from({ length: 60 }, (_, i) => i)
  expect(await Promise.all(wanted.map(ask))).toEqual(wanted)
  for (const i of wanted) expect(await ask(i)).toBe(i)
}, 30_000)
