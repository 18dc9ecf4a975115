/*
 * Checks the whole chain and what it covers: every hash, the change and the version behind every entry,
 * and that histories and tables hold nothing that the chain knows nothing of.
 */
import type { Database } from '../db/database.ts'
import { type Transaction, takeYourTime } from '../db/sql.ts'
import { changeDamage, type Damage, damaged, versionDamage } from './damage.ts'
import { type Algorithm, digest, type Entry, hashOf, noHash, readEntries } from './entry.ts'
import { chainedShapes, presentShapes, versionText, writeExactly } from './shape.ts'
import { historyDamage } from './verify-history.ts'

/** Entries that are read at a time: the memory needed does not grow with the chain. */
const batch = 5000

export interface Verification {
  entries: number
  /** Instants of the first and the last entry. */
  first: string | null
  last: string | null
  algorithms: Algorithm[]
  head: { n: number; hash: string } | null
  /** Entries that lie in archive files, the last before the chain's first. */
  archived: number
  /** Versions whose columns are gone since, so that their text cannot be made again. */
  unreadable: number
  damage: Damage | null
}

export interface VerifyOptions {
  /** A hash noted earlier, which has to be in the chain. */
  head?: string | undefined
  progress?: (done: number, total: number) => void
}

/** Reads everything; writers go on meanwhile, and what they add is not looked at. */
export async function verifyAudit(
  db: Database,
  options: VerifyOptions = {},
): Promise<Verification> {
  const walk = await begin(db)
  const { found, total } = walk
  while (found.damage === null && walk.n < total) {
    await exactly(db, (tx) => step(tx, walk, options.head))
    options.progress?.(walk.n, total)
  }
  if (found.entries > 0) found.head = { n: walk.n, hash: walk.previous }
  if (found.damage === null && options.head !== undefined && !walk.headSeen) {
    const message = `记下的哈希 ${options.head} 不在链上：链的末尾被截去后重写，或记错了`
    found.damage = damaged(message, { table: 'audit' })
  }
  found.damage ??= await exactly(db, (tx) => historyDamage(tx, walk.archivedUntil))
  return found
}

interface Walk {
  n: number
  previous: string
  total: number
  headSeen: boolean
  /** Instant of the last archived entry. */
  archivedUntil: string | null
  /** Columns of the histories, as the chain names them on the way. */
  shapes: Map<string, string[]>
  found: Verification
}

function exactly<T>(db: Database, read: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.sql.begin('read only', async (tx) => {
    await takeYourTime(tx)
    await writeExactly(tx)
    return read(tx)
  }) as Promise<T>
}

async function begin(db: Database): Promise<Walk> {
  const [ends] = await db.sql<{ first: number | null; last: number | null }[]>`
    select min(n) as first, max(n) as last from audit`
  const first = ends?.first ?? 1
  const archive = first > 1 ? await archiveBefore(db, first) : null
  const isGone = first > 1 && archive === null
  return {
    n: first - 1,
    previous: archive?.head ?? noHash,
    total: ends?.last ?? 0,
    headSeen: false,
    archivedUntil: archive?.until ?? null,
    shapes: await chainedShapes(db.sql, first - 1),
    found: {
      entries: 0,
      first: null,
      last: null,
      algorithms: [],
      head: null,
      archived: first - 1,
      unreadable: 0,
      damage: isGone
        ? damaged(`第 1 至 ${first - 1} 条留痕不见了，也没有存档记录`, { n: 1, table: 'audit' })
        : null,
    },
  }
}

/** The archive that ends right before the first entry, as the chain itself records it. */
async function archiveBefore(db: Database, first: number) {
  const [row] = await db.sql<{ head: string; until: string }[]>`
    select detail ->> 'head' as head, detail ->> 'until' as until
      from audit where kind = 'archive' and (detail ->> 'to')::bigint = ${first - 1}`
  return row ?? null
}

/** A batch: up to the next entry that changes which columns are covered, that one included. */
async function step(tx: Transaction, walk: Walk, head: string | undefined): Promise<void> {
  const [shape] = await tx<{ n: number }[]>`
    select n from audit where kind = 'shape' and n > ${walk.n} order by n limit 1`
  const after = walk.n
  const upTo = Math.min(after + batch, walk.total, shape?.n ?? walk.total)
  const entries = await readEntries(tx, after, upTo)
  const torn = followChain(walk, entries, upTo, head)
  const read = torn?.n ? entries.filter(({ n }) => n < (torn.n ?? 0)) : entries
  const last = read.at(-1)?.n ?? after
  const change = await changeDamage(tx, after, last)
  const version = await contentDamage(tx, walk, read)
  // A shape ends its batch and holds for those after it.
  for (const entry of read) if (entry.kind === 'shape') setShape(walk, entry)
  const first = [change, version, torn].filter((one) => one !== null)
  walk.found.damage = first.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))[0] ?? null
}

/** Follows the hashes; what it returns is the first entry that is missing or not as it was written. */
function followChain(
  walk: Walk,
  entries: readonly Entry[],
  upTo: number,
  head: string | undefined,
): Damage | null {
  const { found } = walk
  for (const entry of entries) {
    if (entry.n !== walk.n + 1) return missing(walk.n + 1)
    if (hashOf(walk.previous, entry) !== entry.hash) {
      const { n, noun, rowId } = entry
      const of = noun === null ? '' : `（${noun} ${rowId ?? ''}）`
      const message = `第 ${n} 条留痕${of}的内容与哈希不符：被改动、调换，或前一条被改动`
      return damaged(message, { n, table: 'audit', rowId: n })
    }
    walk.n = entry.n
    walk.previous = entry.hash
    if (entry.hash === head) walk.headSeen = true
    found.entries += 1
    found.first ??= entry.at
    found.last = entry.at
    if (!found.algorithms.includes(entry.algorithm)) found.algorithms.push(entry.algorithm)
  }
  return walk.n < upTo ? missing(walk.n + 1) : null
}

const missing = (n: number) => damaged(`第 ${n} 条留痕不见了`, { n, table: 'audit', rowId: n })

function setShape({ shapes }: Walk, { noun, detail }: Entry): void {
  const { columns } = JSON.parse(detail ?? '{}') as { columns?: string[] }
  shapes.set(noun ?? '', columns ?? [])
}

/** The first entry whose version in the history is gone or has another text than it had. */
async function contentDamage(
  tx: Transaction,
  walk: Walk,
  entries: readonly Entry[],
): Promise<Damage | null> {
  const covered = entries.filter((entry) => entry.content !== null)
  const present = await presentShapes(tx)
  const texts = new Map<number, string>()
  const unreadable = new Set<string>()
  for (const noun of new Set(covered.map((entry) => entry.noun ?? ''))) {
    const columns = walk.shapes.get(noun) ?? []
    if (!columns.every((column) => present.get(noun)?.includes(column))) {
      unreadable.add(noun)
      continue
    }
    const rows = await tx<{ n: number; text: string }[]>`
      select a.n, ${versionText(tx, 'h', columns)} as text
        from audit a join ${tx(`${noun}_history`)} h on h.id = a.row_id and lower(h.during) = a.version
       where a.noun = ${noun} and a.n between ${covered[0]?.n ?? 0} and ${covered.at(-1)?.n ?? 0}`
    for (const { n, text } of rows) texts.set(n, text)
  }
  for (const entry of covered) {
    if (unreadable.has(entry.noun ?? '')) {
      walk.found.unreadable += 1
      continue
    }
    const text = texts.get(entry.n)
    if (text === undefined || digest(entry.algorithm, text) !== entry.content) {
      return versionDamage(tx, entry)
    }
  }
  return null
}
