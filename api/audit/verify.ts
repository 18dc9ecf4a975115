/*
 * Checks the whole chain and what it covers: every hash, the change and the version behind every entry,
 * and that histories and tables hold nothing that the chain knows nothing of.
 */
import type { Database } from '../db/database.ts'
import { type Transaction, takeYourTime } from '../db/sql.ts'
import { changeDamage, type Damage, damaged } from './damage.ts'
import { type Algorithm, noHash, readEntries } from './entry.ts'
import { writeExactly } from './shape.ts'
import { historyDamage } from './verify-history.ts'
import { follow, type Walk, walkFrom } from './walk.ts'

/** Entries that are read at a time: the memory needed does not grow with the chain. */
const batch = 5000

export interface Verification {
  entries: number
  /** The earliest and the latest instant. */
  first: string | null
  last: string | null
  algorithms: Algorithm[]
  head: { n: number; hash: string } | null
  /** Entries that lie in archive files, the last of them before the chain's first. */
  archived: number
  unreadable: number
  damage: Damage | null
}

export interface VerifyOptions {
  /** A hash noted earlier, which has to be in the chain. */
  head?: string | undefined
  progress?: ((done: number, total: number) => void) | undefined
}

/** Reads everything; writers go on meanwhile, and what they add is not looked at. */
export async function verifyAudit(
  db: Database,
  { head, progress }: VerifyOptions = {},
): Promise<Verification> {
  const start = await beginning(db)
  const walk = walkFrom(start.after, start.previous, start.shapes, head)
  let { damage } = start
  while (damage === null && walk.n < start.last) {
    damage = await exactly(db, (tx) => step(tx, walk, start.last))
    progress?.(walk.n, start.last)
  }
  if (damage === null && head !== undefined && !walk.isNotedMet && head !== start.previous) {
    damage = damaged(`记下的哈希 ${head} 不在链上：链的末尾被截去，或记错了`, { table: 'audit' })
  }
  damage ??= await exactly(db, (tx) => historyDamage(tx, start.archivedUntil))
  const { entries, first, last, algorithms, unreadable } = walk
  return {
    entries,
    first,
    last,
    algorithms,
    head: entries === 0 ? null : { n: walk.n, hash: walk.previous },
    archived: start.after,
    unreadable,
    damage,
  }
}

/** A read whose texts are the same whatever the session is set to. */
export function exactly<T>(db: Database, read: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.sql.begin('read only', async (tx) => {
    await takeYourTime(tx)
    await writeExactly(tx)
    return read(tx)
  }) as Promise<T>
}

interface Beginning {
  after: number
  previous: string
  last: number
  archivedUntil: string | null
  shapes: Map<string, string[]>
  damage: Damage | null
}

/** Where the chain begins: at entry 1, or behind the last archive, of which it has an entry itself. */
async function beginning({ sql }: Database): Promise<Beginning> {
  const [ends] = await sql<{ first: number | null; last: number | null }[]>`
    select min(n) as first, max(n) as last from audit`
  const after = (ends?.first ?? 1) - 1
  const [archive] = await sql<{ head: string; until: string; shapes: Record<string, string[]> }[]>`
    select detail ->> 'head' as head, detail ->> 'until' as until, detail -> 'shapes' as shapes
      from audit where kind = 'archive' and (detail ->> 'to')::bigint = ${after}`
  const lost = `第 1 至 ${after} 条留痕不见了，链上也没有它们的存档`
  return {
    after,
    previous: archive?.head ?? noHash,
    last: ends?.last ?? 0,
    archivedUntil: archive?.until ?? null,
    shapes: new Map(Object.entries(archive?.shapes ?? {})),
    damage: after === 0 || archive ? null : damaged(lost, { n: 1, table: 'audit', rowId: 1 }),
  }
}

async function step(tx: Transaction, walk: Walk, last: number): Promise<Damage | null> {
  const after = walk.n
  const upTo = Math.min(after + batch, last)
  const damage = await follow(tx, walk, await readEntries(tx, after, upTo), upTo)
  const change = await changeDamage(tx, after, walk.n)
  if (!change || !damage) return change ?? damage
  return (change.n ?? 0) <= (damage.n ?? 0) ? change : damage
}
