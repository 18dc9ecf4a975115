/*
 * Adds what is committed to the chain. One at a time holds the lock, so the chain never forks; what
 * is added and what waited for it change in one transaction, so nothing is lost or told twice.
 */
import type { Database } from '../db/database.ts'
import { type Transaction, takeYourTime } from '../db/sql.ts'
import { digest, type Entry, hashOf, instant, noHash } from './entry.ts'
import { readRule } from './rule.ts'
import {
  chainedShapes,
  isSameShape,
  presentShapes,
  type Shapes,
  versionText,
  writeExactly,
} from './shape.ts'

const lock = 727_014
/** Entries a transaction: the embedded database serves nobody else meanwhile. */
const batch = 1000

/** Accounts, rights and who stands in for whom: acts of administration. */
const administrative = new Set([
  'person',
  'role_grant',
  'deputy',
  'department',
  'account',
  'device',
])

type Draft = Omit<Entry, 'n' | 'algorithm' | 'hash'>

/** Chains all that is committed and numbered; returns how many entries were added. */
export async function chainAudit(db: Database): Promise<number> {
  let added = 0
  for (;;) {
    const { chained, more } = await appendBatch(db)
    added += chained
    if (!more) return added
  }
}

function appendBatch(db: Database): Promise<{ chained: number; more: boolean }> {
  return db.sql.begin(async (tx) => {
    await takeYourTime(tx)
    await tx`select pg_advisory_xact_lock(${lock})`
    await writeExactly(tx)
    const [head] = await tx<{ n: number; hash: string }[]>`
      select n, hash from audit order by n desc limit 1`
    const changes = await readChanges(tx)
    const events = await takeEvents(tx)
    const shapes = await newShapes(tx, changes, head?.n ?? 0, db.clock.now())
    const entries = link(head, (await readRule(tx)).algorithm, [...shapes, ...changes, ...events])
    await store(tx, entries)
    return {
      chained: entries.length,
      more: changes.length === batch || events.length === batch,
    }
  })
}

/** The changes after the last chained one, in the order of commit, each with its version's hash. */
async function readChanges(tx: Transaction): Promise<Draft[]> {
  const rows = await tx<Omit<Draft, 'kind' | 'detail' | 'content'>[]>`
    select ${instant(tx, 'at')} as at, actor_id as person_id, actor, actor_address as address,
           actor_agent as agent, noun, row_id, op, project_id, unit_id, park_id, reason,
           seq as change_seq, ${instant(tx, 'version')} as version
      from change where seq > (select coalesce(max(change_seq), 0) from audit)
     order by seq limit ${batch}`
  const contents = await contentsOf(tx, rows)
  return rows.map((row) => ({
    ...row,
    kind: administrative.has(row.noun ?? '') ? 'administration' : 'change',
    detail: null,
    content: contents.get(row.changeSeq ?? 0) ?? null,
  }))
}

/** Text of the versions that changes made, by the changes' place in the order of commit. */
async function contentsOf(
  tx: Transaction,
  changes: readonly Pick<Draft, 'noun' | 'changeSeq'>[],
): Promise<Map<number, string>> {
  const first = changes[0]?.changeSeq ?? 0
  const last = changes.at(-1)?.changeSeq ?? 0
  const { algorithm } = await readRule(tx)
  const shapes = changes.length === 0 ? new Map() : await presentShapes(tx)
  const contents = new Map<number, string>()
  for (const noun of new Set(changes.map((change) => change.noun ?? ''))) {
    const columns = shapes.get(noun)
    if (!columns) continue
    const rows = await tx<{ seq: number; text: string }[]>`
      select c.seq, ${versionText(tx, 'h', columns)} as text
        from change c join ${tx(`${noun}_history`)} h on h.id = c.row_id and lower(h.during) = c.version
       where c.noun = ${noun} and c.seq between ${first} and ${last}`
    for (const { seq, text } of rows) contents.set(seq, digest(algorithm, text))
  }
  return contents
}

/** Takes the events that wait, oldest first; they are gone from there when the chain has them. */
async function takeEvents(tx: Transaction): Promise<Draft[]> {
  const rows = await tx<(Draft & { id: number })[]>`
    delete from audit_event where id in (select id from audit_event order by id limit ${batch})
    returning id, ${instant(tx, 'at')} as at, kind, person_id, actor, address, agent, noun, row_id,
              reason, detail::text as detail`
  const none = { op: null, projectId: null, unitId: null, parkId: null }
  return [...rows]
    .sort((a, b) => a.id - b.id)
    .map(({ id: _, ...row }) => ({
      ...row,
      ...none,
      changeSeq: null,
      version: null,
      content: null,
    }))
}

/** Entries that name the columns of histories that the chain has not covered so far, or otherwise. */
async function newShapes(
  tx: Transaction,
  changes: readonly Draft[],
  head: number,
  now: Date,
): Promise<Draft[]> {
  if (changes.length === 0) return []
  const chained = await chainedShapes(tx, head)
  const present: Shapes = await presentShapes(tx)
  const nouns = [...new Set(changes.map((change) => change.noun ?? ''))].filter((noun) => {
    const columns = present.get(noun)
    return columns !== undefined && !isSameShape(chained.get(noun), columns)
  })
  const drafts: Draft[] = []
  for (const noun of nouns) {
    const [row] = await tx<{ detail: string }[]>`
      select ${JSON.stringify({ columns: present.get(noun) })}::text::jsonb::text as detail`
    drafts.push({
      ...shapeEntry,
      noun,
      at: now.toISOString().replace('Z', '000Z'),
      detail: row?.detail ?? null,
    })
  }
  return drafts
}

const shapeEntry = {
  kind: 'shape',
  personId: null,
  actor: '系统',
  address: null,
  agent: null,
  rowId: null,
  op: null,
  projectId: null,
  unitId: null,
  parkId: null,
  reason: '留痕所含的字段',
  changeSeq: null,
  version: null,
  content: null,
}

function link(
  head: { n: number; hash: string } | undefined,
  algorithm: Entry['algorithm'],
  drafts: readonly Draft[],
): Entry[] {
  let { n, hash } = head ?? { n: 0, hash: noHash }
  return drafts.map((draft) => {
    n += 1
    const entry = { ...draft, n, algorithm }
    hash = hashOf(hash, entry)
    return { ...entry, hash }
  })
}

async function store(tx: Transaction, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  await tx`
    insert into audit (n, at, kind, person_id, actor, address, agent, noun, row_id, op, project_id,
                       unit_id, park_id, reason, detail, change_seq, version, content, algorithm, hash)
    select n, at, kind, "personId", actor, address, agent, noun, "rowId", op, "projectId", "unitId",
           "parkId", reason, detail::jsonb, "changeSeq", version, content, algorithm, hash
      from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as r(
        n bigint, at timestamptz, kind text, "personId" bigint, actor text, address text, agent text,
        noun text, "rowId" bigint, op text, "projectId" bigint, "unitId" bigint, "parkId" bigint,
        reason text, detail text, "changeSeq" bigint, version timestamptz, content text,
        algorithm text, hash text)`
}
