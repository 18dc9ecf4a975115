/*
 * Moves the oldest entries into a file, once they are older than they have to be kept. The chain goes
 * on behind them: an entry of its own tells which were moved, with which hash they ended, and into
 * which file, so that what is left and the file can both still be checked. Histories stay: any day can
 * still be looked at as it was known then.
 *
 * The file is gzipped lines of JSON: an ArchiveHead, then the entries as they are hashed.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Author, Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { chainAudit } from './append.ts'
import { type Damage, damaged } from './damage.ts'
import { type Entry, noHash, readEntries } from './entry.ts'
import { readRule } from './rule.ts'
import { chainedShapes } from './shape.ts'
import { exactly, verifyAudit } from './verify.ts'
import { follow, type Walk, walkFrom } from './walk.ts'

const batch = 5000
const dayMs = 86_400_000

export interface ArchiveHead {
  format: 'onemap-audit-1'
  from: number
  to: number
  /** Hash of the entry before the first, and of the last. */
  previous: string
  head: string
  /** The last version or instant of its entries. */
  until: string
  /** Columns that are covered at its beginning, by noun. */
  shapes: Record<string, string[]>
}

/**
 * Writes the entries that are older than the record is kept into a new file and takes them away.
 * @throws Error `AUDIT_DAMAGED`, `ARCHIVE_EMPTY`, or that of the file (`EEXIST`).
 */
export async function archiveAudit(
  db: Database,
  file: string,
  author: Author,
): Promise<ArchiveHead & { sha256: string }> {
  const { damage } = await verifyAudit(db)
  if (damage) throw new Error(`AUDIT_DAMAGED: ${damage.message}；先查明，再存档`)
  const head = await exactly(db, (tx) => oldest(tx, db.clock.now()))
  await writeFile(db, file, head)
  const sha256 = await digestOf(file)
  const shapes = await exactly(db, (tx) => chainedShapes(tx, head.to))
  const detail = { ...head, shapes: Object.fromEntries(shapes), file: basename(file), sha256 }
  await db.transact(author, (tx) => takeAway(tx, author, detail))
  await chainAudit(db)
  return { ...head, sha256 }
}

async function oldest(tx: Transaction, now: Date): Promise<ArchiveHead> {
  const { keepDays } = await readRule(tx)
  const limit = new Date(now.getTime() - keepDays * dayMs)
  // The newest change stays: the numbers of the next ones follow from it.
  const [row] = await tx<{ from: number | null; to: number; head: string; until: string }[]>`
    select min(n) as "from", max(n) as to, (array_agg(hash order by n desc))[1] as head,
           to_char(max(greatest(at, version)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until
      from audit
     where n < (select coalesce(min(n), (select max(n) + 1 from audit)) from audit where at >= ${limit})
       and n < (select n from audit where change_seq is not null order by change_seq desc limit 1)`
  if (!row?.from) {
    throw new Error(
      `ARCHIVE_EMPTY: 没有早于 ${limit.toISOString().slice(0, 10)} 的留痕（保存 ${keepDays} 天）`,
    )
  }
  const [before] = await tx<{ hash: string; shapes: Record<string, string[]> }[]>`
    select detail ->> 'head' as hash, detail -> 'shapes' as shapes
      from audit where kind = 'archive' and (detail ->> 'to')::bigint = ${row.from - 1}`
  const { from, to, head, until } = row
  const previous = before?.hash ?? noHash
  return { format: 'onemap-audit-1', from, to, previous, head, until, shapes: before?.shapes ?? {} }
}

async function writeFile(db: Database, file: string, head: ArchiveHead): Promise<void> {
  const out = createWriteStream(file, { flags: 'wx', flush: true })
  await pipeline(Readable.from(linesOf(db, head)), createGzip(), out)
}

async function* linesOf(db: Database, head: ArchiveHead): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`
  for (let after = head.from - 1; after < head.to; after += batch) {
    const upTo = Math.min(after + batch, head.to)
    const entries = await exactly(db, (tx) => readEntries(tx, after, upTo))
    yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function takeAway(
  tx: Transaction,
  { actor, reason }: Author,
  detail: Pick<ArchiveHead, 'to'>,
): Promise<void> {
  await tx`select set_config('onemap.archive', 'on', true)`
  await tx`
    delete from change
     where seq <= (select max(change_seq) from audit where n <= ${detail.to})`
  await tx`delete from audit where n <= ${detail.to}`
  await tx`
    insert into audit_event (at, kind, actor, reason, detail)
    values (app_now(), 'archive', ${actor}, ${reason}, ${JSON.stringify(detail)}::text::jsonb)`
}

export interface ArchiveCheck {
  head: ArchiveHead
  entries: number
  /** Whether the chain has the entry that names this file with its head. */
  isRecorded: boolean
  damage: Damage | null
}

/**
 * Checks an archive by itself and against the histories.
 * @throws Error `ARCHIVE_UNREADABLE` where it is none.
 */
export async function verifyArchive(db: Database, file: string): Promise<ArchiveCheck> {
  const lines = createInterface(createReadStream(file).pipe(createGunzip()))[Symbol.asyncIterator]()
  const head = JSON.parse((await lines.next()).value ?? 'null') as ArchiveHead | null
  if (head?.format !== 'onemap-audit-1') throw new Error(`ARCHIVE_UNREADABLE: ${file} 不是留痕存档`)
  const walk = walkFrom(head.from - 1, head.previous, new Map(Object.entries(head.shapes)))
  let damage: Damage | null = null
  let part: Entry[] = []
  const check = async (upTo: number) => {
    damage = await exactly(db, (tx) => follow(tx, walk, part, upTo))
    part = []
  }
  for await (const line of { [Symbol.asyncIterator]: () => lines }) {
    part.push(JSON.parse(line) as Entry)
    if (part.length === batch) await check(part.at(-1)?.n ?? 0)
    if (damage) break
  }
  if (!damage) await check(head.to)
  damage ??= endOf(walk, head)
  const recorded = await db.sql`
    select from audit where kind = 'archive' and detail ->> 'head' = ${head.head}
       and detail ->> 'sha256' = ${await digestOf(file)}`
  return { head, entries: walk.entries, isRecorded: recorded.length > 0, damage }
}

const endOf = (walk: Walk, { head, to }: ArchiveHead): Damage | null =>
  walk.previous === head ? null : damaged('存档的末尾与它所记的哈希不符', { n: to, table: 'audit' })
