import { setImmediate as breathe } from 'node:timers/promises'
import { addDays, daysBetween } from '../../calendar/days.ts'
import { viewOf } from '../../city/view.ts'
import type { View } from '../../db/as-of.ts'
import type { Database } from '../../db/database.ts'
import { ApiFailure } from '../../http/failure.ts'
import { readRule } from '../../light/rule/book.ts'
import { type ProjectFact, readFacts } from '../../project/facts.ts'
import { columns, encodeSnapshot } from '../columns.ts'
import { deriveRows, type MapRow, readAllFacts } from '../derive.ts'
import { pastHead } from '../past.ts'
import type { MapStore } from '../store.ts'
import type { ReplayDay } from './contract.ts'
import { readTurning, type Turning } from './turning.ts'

/** Past this many projects a page asks for single days: what changes in a year would be too much. */
const mostProjects = 20_000

type Cells = ReadonlyMap<number, readonly unknown[]>
const names = Object.keys(columns)
const columnOf = Object.values(columns) as ((row: MapRow) => unknown)[]

/** A part of a replay as JSON texts: the map of its first day, and what each later day changes. */
export interface Piece {
  base: string
  days: string[]
}

/**
 * Makes the piece from one day to another, both past. Facts are read again on the days and for the
 * projects that something may have changed for; all are judged on each day.
 * @throws ApiFailure 422 `REPLAY_TOO_LARGE`.
 */
export async function makePiece(
  db: Database,
  store: MapStore,
  from: string,
  to: string,
): Promise<Piece> {
  const facts = new Map<number, ProjectFact>()
  const first = await viewOf(db, from)
  for (const fact of await readAllFacts(db, store.scope, first)) facts.set(fact.id, fact)
  if (facts.size > mostProjects) throw tooLarge(facts.size)
  const turning = await readScoped(db, store, (tx) => readTurning(tx, from, to))
  const rows = await judged(db, facts, first, store)
  const base = await encodeSnapshot(await headOf(db, store, first), rows)
  const days: string[] = []
  let before = { view: first, cells: cellsOf(rows) }
  for (let back = daysBetween(from, to); back > 0; back -= 1) {
    const view = await viewOf(db, addDays(to, 1 - back))
    await renew(db, store, { facts, turning, view, before: before.view })
    const cells = cellsOf(await judged(db, facts, view, store))
    const head = { ...(await headOf(db, store, view)), gone: goneOf(before.cells, cells) }
    days.push(JSON.stringify({ head, ...difference(before.cells, cells) } satisfies ReplayDay))
    before = { view, cells }
    await breathe()
  }
  return { base: base.toString(), days }
}

/** The spans of a replay's pieces: each ends with a month, and the next begins on that same day. */
export function piecesOf(from: string, to: string): (readonly [from: string, to: string])[] {
  const pieces: (readonly [string, string])[] = []
  for (let start = from; ; ) {
    const next = new Date(`${addDays(start, 1).slice(0, 7)}-01T00:00:00Z`)
    next.setUTCMonth(next.getUTCMonth() + 1)
    const end = addDays(next.toISOString().slice(0, 10), -1)
    if (end >= to) return [...pieces, [start, to]]
    pieces.push([start, end])
    start = end
  }
}

/** The JSON text of a MapReplay of pieces in their order. */
export function joinPieces(from: string, to: string, pieces: readonly Piece[]): Buffer {
  const days = pieces.flatMap((piece) => piece.days).join()
  return Buffer.from(`{"from":"${from}","to":"${to}","base":${pieces[0]?.base},"days":[${days}]}`)
}

/** The routes let no day in that is not over. */
const headOf = (db: Database, store: MapStore, view: View) =>
  pastHead(db, store, view, view.asOf ?? view.date)

const judged = async (
  db: Database,
  facts: ReadonlyMap<number, ProjectFact>,
  view: View,
  store: MapStore,
) => deriveRows([...facts.values()], view, await readRule(db.sql, view), store.live.seq)

/** Reads the facts again that may be others than the day before. */
async function renew(
  db: Database,
  store: MapStore,
  day: { facts: Map<number, ProjectFact>; turning: Turning; view: View; before: View },
): Promise<void> {
  const { facts, turning, view, before } = day
  const all = turnsAll(view, before)
  const ids = turning.get(view.date)
  if (!all && !ids) return
  const fresh = all
    ? await readAllFacts(db, store.scope, view)
    : await readScoped(db, store, (tx) => readFacts(tx, view, [...(ids ?? [])]))
  if (all) facts.clear()
  for (const id of ids ?? []) facts.delete(id)
  for (const fact of fresh) facts.set(fact.id, fact)
  const sorted = [...facts].sort(([a], [b]) => a - b)
  facts.clear()
  for (const [id, fact] of sorted) facts.set(id, fact)
}

/** A month's report counts from its first day, its plan from its last, another year's list at once. */
function turnsAll(view: View, before: View): boolean {
  const isFirst = view.date.endsWith('-01')
  const isLast = addDays(view.date, 1).endsWith('-01')
  return isFirst || isLast || view.year !== before.year
}

const readScoped: <T>(
  db: Database,
  store: MapStore,
  read: Parameters<typeof db.read<T>>[1],
) => Promise<T> = (db, store, read) => db.read({ personId: null, scope: store.scope }, read)

const cellsOf = (rows: readonly MapRow[]): Cells =>
  new Map(rows.map((row) => [row.fact.id, columnOf.map((column) => column(row))]))

const goneOf = (before: Cells, after: Cells): number[] =>
  [...before.keys()].filter((id) => !after.has(id))

/** What `after` holds that `before` does not; both in ascending order of id. */
export function difference(before: Cells, after: Cells): Pick<ReplayDay, 'id' | 'columns'> {
  const changed = [...after].filter(([id, cells]) => {
    const old = before.get(id)
    return !old || cells.some((cell, column) => cell !== old[column])
  })
  const day: Pick<ReplayDay, 'id' | 'columns'> = { id: changed.map(([id]) => id), columns: {} }
  names.forEach((name, column) => {
    const at: number[] = []
    const values: (string | number | null)[] = []
    changed.forEach(([id, cells], place) => {
      const old = before.get(id)
      if (old && old[column] === cells[column]) return
      at.push(place)
      values.push(cells[column] as string | number | null)
    })
    if (at.length > 0) day.columns[name] = [at.length === changed.length ? null : at, values]
  })
  return day
}

const tooLarge = (count: number) =>
  new ApiFailure(
    422,
    'REPLAY_TOO_LARGE',
    `共有 ${count} 个项目，超过 ${mostProjects} 个时不能连续回放，请逐日查看`,
  )
