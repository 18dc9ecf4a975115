import type { Query } from '../db/sql.ts'
import type { Entry } from './entry.ts'

/** The first thing that is not as it was recorded. */
export interface Damage {
  /** Number of the entry; null where no entry speaks of it. */
  n: number | null
  /** The table with the damaged row. */
  table: string | null
  rowId: number | null
  /** What differs, where it can be told. */
  field: string | null
  message: string
}

export const damaged = (message: string, where: Partial<Omit<Damage, 'message'>> = {}): Damage => ({
  n: null,
  table: null,
  rowId: null,
  field: null,
  message,
  ...where,
})

/** Column of an entry → column of the change that it tells of. */
const told = {
  at: 'at',
  noun: 'noun',
  row_id: 'row_id',
  op: 'op',
  project_id: 'project_id',
  unit_id: 'unit_id',
  park_id: 'park_id',
  reason: 'reason',
  actor: 'actor',
  person_id: 'actor_id',
  address: 'actor_address',
  agent: 'actor_agent',
  version: 'version',
}
const list = (alias: string, columns: readonly string[]) =>
  columns.map((column) => `${alias}.${column}`).join(', ')
const asEntry = list('a', Object.keys(told))
const asChange = list('c', Object.values(told))

/** The first entry of those after `after` up to `upTo` whose change is gone or says something else. */
export async function changeDamage(
  sql: Query,
  after: number,
  upTo: number,
): Promise<Damage | null> {
  const [row] = await sql<{ n: number; id: number | null; rowId: number; fields: string[] }[]>`
    select a.n, c.id, coalesce(c.id, a.row_id) as row_id, (
             select coalesce(json_agg(k.key order by k.key), '[]') from jsonb_each(to_jsonb(row_c)) k
              where k.value is distinct from to_jsonb(row_a) -> k.key) as fields
      from audit a left join change c on c.seq = a.change_seq
      cross join lateral (select ${sql.unsafe(asEntry)}) as row_a(${sql.unsafe(Object.keys(told).join())})
      cross join lateral (select ${sql.unsafe(asChange)}) as row_c(${sql.unsafe(Object.keys(told).join())})
     where a.n > ${after} and a.n <= ${upTo} and a.change_seq is not null
       and (c.id is null or row(${sql.unsafe(asChange)}) is distinct from row(${sql.unsafe(asEntry)}))
     order by a.n limit 1`
  if (!row) return null
  if (row.id === null) {
    return damaged('变更记录（change）被删除', { n: row.n, table: 'change', rowId: null })
  }
  const field = row.fields.join('、')
  return damaged('变更记录（change）与留痕不一致', {
    n: row.n,
    table: 'change',
    rowId: row.id,
    field,
  })
}

/**
 * Names what was changed in a version whose text is no longer that of its entry: who and why stand in
 * the entry too, and the version that holds now stands in the fact table.
 */
export async function versionDamage(sql: Query, entry: Entry): Promise<Damage> {
  const { n, noun, rowId, version } = entry
  const where = { n, table: `${noun}_history`, rowId }
  const [row] = await sql<{ kept: Row; present: Row | null; open: boolean }[]>`
    select to_jsonb(h) - 'during' as kept, to_jsonb(t) as present, upper_inf(h.during) as open
      from ${sql(`${noun}_history`)} h left join ${sql(noun ?? '')} t on t.id = h.id
     where h.id = ${rowId} and lower(h.during) = ${version}::text::timestamptz`
  if (!row) return damaged('历史版本被删除，或起始时间被改动', { ...where, field: 'during' })
  const { kept, present, open } = row
  const said: Row = {
    actor: entry.actor,
    reason: entry.reason,
    actor_id: entry.personId,
    actor_address: entry.address,
    ...(open ? present : {}),
  }
  const fields = Object.keys(said).filter((name) => !isSame(said[name], kept[name], name))
  return damaged('历史版本被改动', { ...where, field: fields.join('、') || null })
}

type Row = Record<string, unknown>

/** An empty reason is none. */
const isSame = (one: unknown, other: unknown, name: string): boolean =>
  name === 'reason'
    ? (one ?? '') === (other ?? '')
    : JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
