import { viewOf } from 'api/city/view'
import type { Database } from 'api/db/database'
import type { Transaction } from 'api/db/sql'
import type { Live } from 'api/deps'
import { createLive } from 'api/event/live'
import { readRule } from 'api/light/rule/book'
import { MapBodies } from 'api/map/bodies'
import { encodeSnapshot } from 'api/map/columns'
import { MapSnapshot } from 'api/map/contract'
import { deriveRows, readAllFacts } from 'api/map/derive'
import { MapReplay } from 'api/map/replay/contract'
import { joinPieces, makePiece, type Piece, piecesOf } from 'api/map/replay/replay'
import { MapStore } from 'api/map/store'
import { type Scope, wholeCity } from 'api/person/viewer'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { snapshotOfDay } from '../../web/replay/replay-day.ts'
import { openTestDatabase } from '../support/database.ts'

const author = { actor: '属性测试', reason: '回放' }
const dayMs = 86_400_000
let now = new Date('2022-11-09T09:00:00+08:00')
let db: Database
let live: Live

beforeAll(async () => {
  db = await openTestDatabase({ now: () => now, simulated: true })
  live = await createLive(db, pino({ level: 'silent' }))
  await db.transact(
    author,
    (tx) => tx`insert into unit (code, name, short_name, level, reports)
      values ('u1', '一区', '一', 'unit', true), ('u2', '二区', '二', 'unit', true)`,
  )
})
afterAll(async () => {
  await live.close()
  await db.close()
})

interface Write {
  day: number
  /** Share of the day that has passed; 1 is within its last millisecond. */
  time: number
  project: number
  what: 'project' | 'leave' | 'plan' | 'milestone' | 'money' | 'report' | 'unsaid' | 'photo'
  /** Months or days around the day of the write. */
  off: number
  amount: number
  pick: number
}

const write: fc.Arbitrary<Write> = fc.record({
  day: fc.nat(33),
  time: fc.constantFrom(0.1, 0.5, 0.9, 1),
  project: fc.nat(4),
  what: fc.constantFrom(
    ...(['project', 'project', 'leave', 'plan', 'plan', 'milestone', 'milestone'] as const),
    ...(['money', 'money', 'money', 'report', 'report', 'unsaid', 'photo'] as const),
  ),
  off: fc.integer({ min: -12, max: 12 }),
  amount: fc.integer({ min: 0, max: 900 }),
  pick: fc.nat(5),
})

/** Each project begins listed, at work, with money and a report: then what is written shows. */
const beginning: Write[] = [0, 1, 2, 3, 4].flatMap((project) => {
  const one = { day: 0, time: 0.1, project, off: 0, amount: 300, pick: 1 }
  return [
    { ...one, what: 'project' as const, pick: 0 },
    // Two of them come to the list, or leave it, on a later day.
    { ...one, what: 'plan' as const, off: 7 + project, pick: Math.max(1, project) },
    { ...one, what: 'money' as const, off: -6 },
    { ...one, what: 'money' as const },
    { ...one, what: 'report' as const, off: -6 },
    { ...one, what: 'milestone' as const, off: -9 },
  ]
})

async function play(tx: Transaction, one: Write, today: string): Promise<unknown> {
  const { amount, pick } = one
  const code = `p${one.project}`
  const day = new Date(Date.parse(today) + one.off * dayMs).toISOString().slice(0, 10)
  const date = new Date(`${today.slice(0, 7)}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + Math.round(one.off / 6))
  const month = date.toISOString().slice(0, 10)
  const year = Number(day.slice(0, 4))
  const from = tx`from project where code = ${code}`
  switch (one.what) {
    case 'project':
      return tx`
        insert into project (code, name, unit_id, parent_id, category, total_wan, side_state)
        values (${code}, ${`项目${amount}`}, (select id from unit where code = ${`u${1 + (pick % 2)}`}),
                (select id from project where code = ${`p${one.project - 1}`}), 'industry', ${amount * 10},
                ${pick === 5 ? 'suspended' : null})
        on conflict (code) do update set name = excluded.name, unit_id = excluded.unit_id,
          parent_id = excluded.parent_id, total_wan = excluded.total_wan, side_state = excluded.side_state`
    case 'leave':
      if (pick < 4) return undefined
      await tx`update project set parent_id = null where parent_id = (select id ${from})`
      return tx`delete from project where code = ${code}`
    case 'plan':
      return tx`
        insert into plan (project_id, year, kind, annual_wan, added_on, removed_on)
        select id, ${year}::int, ${pick === 0 ? 'preliminary' : 'construction'}, ${amount * 3},
               ${pick > 3 ? day : null}::date, ${pick === 3 ? day : null}::date ${from}
        on conflict (project_id, year) do update set kind = excluded.kind, annual_wan = excluded.annual_wan,
          added_on = excluded.added_on, removed_on = excluded.removed_on`
    case 'milestone':
      return tx`
        insert into milestone (project_id, kind, name, revised_date, revised_precision, actual_date, actual_precision)
        select id, ${['permit', 'start', 'finish'][pick % 3] ?? 'start'}, '节点',
               ${day}::date, 'day', ${pick > 2 ? null : day}::date, ${pick > 2 ? null : 'day'} ${from}
        on conflict (project_id, kind, code) do update set revised_date = excluded.revised_date,
          actual_date = excluded.actual_date, actual_precision = excluded.actual_precision,
          source_title = ${pick === 1 ? '验收文件' : null}`
    case 'money':
      return tx`
        insert into investment (project_id, month, fund_source, planned_wan, actual_wan)
        select id, ${month}::date, ${pick === 2 ? '银行贷款' : 'total'}, ${amount}, ${pick > 2 ? null : amount * 0.7} ${from}
        on conflict (project_id, month, fund_source) do update
          set planned_wan = excluded.planned_wan, actual_wan = excluded.actual_wan`
    case 'report':
      return tx`
        insert into report (project_id, month, status, percent, in_statistics, reported_at)
        select id, ${month}::date, ${['returned', 'verified', 'submitted'][pick] ?? 'submitted'},
               ${amount / 10}, ${pick > 3}, app_now() ${from}
        on conflict (project_id, month) do update set status = excluded.status,
          percent = excluded.percent, in_statistics = excluded.in_statistics`
    case 'photo':
      return tx`
        insert into photo (key, kind, noun, row_id, project_id, name, type, sha256, kept_sha256, size_bytes,
                           width, height, taken_at, sender)
        select gen_random_uuid(), 'photo', 'project', id, id, 'a.jpg', 'image/jpeg', repeat('a', 64),
               repeat('a', 64), 1, 1, 1, ${day}::date, '测试' ${from}`
    case 'unsaid':
      return tx`delete from report where month = ${month}::date and project_id = (select id ${from})`
  }
}

/** The present, from the tables alone: what a replay of the writes up to now gives. */
async function present(scope: Scope): Promise<MapSnapshot> {
  const view = { ...(await viewOf(db)), asOf: null }
  const rows = await deriveRows(
    await readAllFacts(db, scope, view),
    view,
    await readRule(db.sql, view),
    0,
  )
  const head = { version: '', seq: 0, partial: false, asOf: now.toISOString(), gone: [], rule: '' }
  const body = await encodeSnapshot({ ...head, date: view.date, year: view.year }, rows)
  return MapSnapshot.parse(JSON.parse(body.toString()))
}

const endOf = (day: string) => new Date(`${day}T23:59:59.999+08:00`)
/** The order of commits goes on while nothing of the past changes. */
const past = (map: MapSnapshot | null) => map && { ...map, seq: 0, version: '' }
const shown = ({ date, year, columns }: MapSnapshot) => ({ date, year, columns })

/** Plays the writes day by day and notes what the map shows at the end of each. */
async function playAll(
  writes: Write[],
  days: readonly string[],
): Promise<Map<string, MapSnapshot>> {
  const noted = new Map<string, MapSnapshot>()
  for (const [index, day] of days.entries()) {
    const start = Date.parse(`${day}T00:00:00+08:00`)
    const today = writes.filter((one) => one.day === index).sort((a, b) => a.time - b.time)
    for (const one of today) {
      now = new Date(one.time === 1 ? endOf(day) : start + one.time * dayMs)
      await db.transact(author, (tx) => play(tx, one, day), now)
    }
    now = endOf(day)
    noted.set(day, await present(wholeCity))
  }
  return noted
}

async function replayOf(store: MapStore, from: string, to: string): Promise<MapReplay> {
  const pieces: Piece[] = []
  for (const [start, end] of piecesOf(from, to)) pieces.push(await makePiece(db, store, start, end))
  return MapReplay.parse(JSON.parse(joinPieces(from, to, pieces).toString()))
}

async function asOf(store: MapStore, day: string): Promise<MapSnapshot> {
  const answer = await new MapBodies(db).past(store, day, 'identity')
  return MapSnapshot.parse(JSON.parse((await answer.body()).toString()))
}

let round = 0

test('each day is what was known then, read by itself and in a replay, whatever came later', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 60, maxLength: 120 }), async (writes) => {
      const first = Date.parse('2022-11-10') + round * 35 * dayMs
      round += 1
      const days = Array.from({ length: 34 }, (_, index) =>
        new Date(first + index * dayMs).toISOString().slice(0, 10),
      )
      const noted = await playAll([...beginning, ...writes], days)
      now = new Date(now.getTime() + dayMs)
      const [from = '', to = ''] = [days[0], days.at(-1)]
      const store = new MapStore(db, live, wholeCity)
      const replay = await replayOf(store, from, to)
      for (const day of days) {
        const known = await asOf(store, day)
        expect(shown(known)).toEqual(shown(noted.get(day) as MapSnapshot))
        expect(past(snapshotOfDay(replay, day))).toEqual(past(known))
      }
      store.close()
      const one = new MapStore(db, live, { ...wholeCity, all: false, units: [2] })
      const part = await replayOf(one, from, to)
      for (const day of days.filter((_, index) => index % 5 === 0)) {
        expect(past(snapshotOfDay(part, day))).toEqual(past(await asOf(one, day)))
      }
      one.close()
    }),
    { numRuns: 2, endOnFailure: true },
  )
})
