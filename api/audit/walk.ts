/*
 * One entry after the other, from the database or from an archive: its place, its hash, and the
 * version in the history that it vouches for.
 */
import type { Transaction } from '../db/sql.ts'
import { type Damage, damaged, versionDamage } from './damage.ts'
import { type Algorithm, digest, type Entry, hashOf } from './entry.ts'
import { presentShapes, versionText } from './shape.ts'

/** How far the chain was followed, and what was seen on the way. */
export interface Walk {
  n: number
  /** Hash of entry `n`. */
  previous: string
  /** Columns of the histories that are covered from here on. */
  shapes: Map<string, string[]>
  /** A hash noted earlier, and whether it was met. */
  noted: string | undefined
  isNotedMet: boolean
  entries: number
  /** The earliest and the latest instant: what is told late may have happened before. */
  first: string | null
  last: string | null
  algorithms: Algorithm[]
  /** Versions whose columns are gone since, so that their text cannot be made again. */
  unreadable: number
}

/** The beginning of a walk after entry `n`. */
export const walkFrom = (
  n: number,
  previous: string,
  shapes: Map<string, string[]>,
  noted?: string,
): Walk => ({
  n,
  previous,
  shapes,
  noted,
  isNotedMet: false,
  entries: 0,
  first: null,
  last: null,
  algorithms: [],
  unreadable: 0,
})

/**
 * Follows entries that should lead up to `upTo`, and compares the versions that they vouch for.
 * Returns the first damage; the walk stands at the last entry whose hash is right.
 */
export async function follow(
  tx: Transaction,
  walk: Walk,
  entries: readonly Entry[],
  upTo: number,
): Promise<Damage | null> {
  const torn = followHashes(walk, entries, upTo)
  const sound = entries.filter(({ n }) => n <= walk.n)
  for (const part of partsByShape(sound)) {
    const damage = await versionsOf(tx, walk, part)
    if (damage) return damage
    const last = part.at(-1)
    if (last?.kind === 'shape') setShape(walk, last)
  }
  return torn
}

function followHashes(walk: Walk, entries: readonly Entry[], upTo: number): Damage | null {
  for (const entry of entries) {
    if (entry.n !== walk.n + 1) return missing(walk.n + 1)
    if (hashOf(walk.previous, entry) !== entry.hash) return torn(entry)
    walk.n = entry.n
    walk.previous = entry.hash
    walk.isNotedMet ||= entry.hash === walk.noted
    walk.entries += 1
    if (walk.first === null || entry.at < walk.first) walk.first = entry.at
    if (walk.last === null || entry.at > walk.last) walk.last = entry.at
    if (!walk.algorithms.includes(entry.algorithm)) walk.algorithms.push(entry.algorithm)
  }
  return walk.n < upTo ? missing(walk.n + 1) : null
}

const missing = (n: number) => damaged(`第 ${n} 条留痕不见了`, { n, table: 'audit', rowId: n })

function torn({ n, noun, rowId }: Entry): Damage {
  const of = noun === null ? '' : `（${noun} ${rowId ?? ''}）`
  const message = `第 ${n} 条留痕${of}与哈希不符：这一条被改动、被调换，或它前面的一条被改动`
  return damaged(message, { n, table: 'audit', rowId: n })
}

/** Each part ends with an entry that changes which columns are covered; the last may not. */
function* partsByShape(entries: readonly Entry[]): Generator<Entry[]> {
  let part: Entry[] = []
  for (const entry of entries) {
    part.push(entry)
    if (entry.kind !== 'shape') continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

function setShape({ shapes }: Walk, { noun, detail }: Entry): void {
  const { columns } = JSON.parse(detail ?? '{}') as { columns?: string[] }
  shapes.set(noun ?? '', columns ?? [])
}

/** The first entry whose version in the history is gone or has another text than it had. */
async function versionsOf(
  tx: Transaction,
  walk: Walk,
  entries: readonly Entry[],
): Promise<Damage | null> {
  const covered = entries.filter(({ content }) => content !== null)
  if (covered.length === 0) return null
  const present = await presentShapes(tx)
  const unreadable = new Set<string>()
  const texts = new Map<number, string>()
  for (const noun of new Set(covered.map((entry) => entry.noun ?? ''))) {
    const columns = walk.shapes.get(noun) ?? []
    const isReadable = columns.every((column) => present.get(noun)?.includes(column))
    if (!isReadable) unreadable.add(noun)
    else await readTexts(tx, noun, columns, covered, texts)
  }
  for (const entry of covered) {
    if (unreadable.has(entry.noun ?? '')) {
      walk.unreadable += 1
      continue
    }
    const text = texts.get(entry.n)
    if (text === undefined || digest(entry.algorithm, text) !== entry.content) {
      return versionDamage(tx, entry)
    }
  }
  return null
}

async function readTexts(
  tx: Transaction,
  noun: string,
  columns: readonly string[],
  entries: readonly Entry[],
  into: Map<number, string>,
): Promise<void> {
  const keys = entries
    .filter((entry) => entry.noun === noun)
    .map(({ n, rowId, version }) => ({ n, id: rowId, version }))
  const rows = await tx<{ n: number; text: string }[]>`
    select k.n, ${versionText(tx, 'h', columns)} as text
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(n bigint, id bigint, version timestamptz)
      join ${tx(`${noun}_history`)} h on h.id = k.id and lower(h.during) = k.version`
  for (const { n, text } of rows) into.set(n, text)
}
