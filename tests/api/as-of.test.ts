import { factTable } from 'api/db/as-of'
import type { Database } from 'api/db/database'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const author = { actor: '属性测试', reason: '重放' }
const hour = 3_600_000

type Step = { do: 'insert' | 'rename'; code: string; name: string } | { do: 'delete'; code: string }
const code = fc.constantFrom('a', 'b', 'c')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('insert', 'rename'),
    code,
    name: fc.stringMatching(/^[a-z]{1,4}$/),
  }),
  fc.record({ do: fc.constant('delete'), code }),
)
const script = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3 }), step }), {
  maxLength: 12,
})

let round = 0

/** The naive model: replays the steps up to an instant in a plain map. */
function replay(steps: { at: Date; step: Step }[], until: Date, prefix: string): string[] {
  const rows = new Map<string, string>()
  for (const { at, step: one } of steps) {
    if (at.getTime() > until.getTime()) break
    if (one.do === 'delete') rows.delete(one.code)
    else if (one.do === 'insert' && !rows.has(one.code)) rows.set(one.code, one.name)
    else if (one.do === 'rename' && rows.has(one.code)) rows.set(one.code, one.name)
  }
  return [...rows].map(([key, name]) => `${prefix}${key}=${prefix}${key}${name}`).sort()
}

async function apply(one: Step, prefix: string, at: Date): Promise<void> {
  const row = `${prefix}${one.code}`
  await db.transact(
    author,
    (tx) => {
      if (one.do === 'delete') return tx`delete from unit where code = ${row}`
      const name = `${row}${one.name}`
      return one.do === 'rename'
        ? tx`update unit set name = ${name} where code = ${row}`
        : tx`insert into unit (code, name, short_name, level) values (${row}, ${name}, 'x', 'unit')
             on conflict do nothing`
    },
    at,
  )
}

async function known(asOf: Date, prefix: string): Promise<string[]> {
  const rows = await db.sql<{ code: string; name: string }[]>`
    select code, name from ${factTable(db.sql, 'unit', asOf.toISOString())} t
     where code like ${`${prefix}%`} order by code`
  return rows.map((row) => `${row.code}=${row.name}`)
}

test('what is read as of an instant is what a replay up to it gives, whatever came later', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (plan) => {
      round += 1
      const prefix = `r${round}-`
      // Steps may share an instant with others' but not with each other: a version lasts a microsecond.
      let at = Date.parse('2023-01-01T00:00:00Z')
      const steps = plan.map(({ wait, step: one }) => {
        at += wait * hour + 1000
        return { at: new Date(at), step: one }
      })
      for (const { at: when, step: one } of steps) await apply(one, prefix, when)
      const instants = [...steps.map((one) => one.at), new Date(at + hour), new Date(0)]
      for (const instant of instants) {
        expect(await known(instant, prefix)).toEqual(replay(steps, instant, prefix))
      }
    }),
    { numRuns: 30 },
  )
})
