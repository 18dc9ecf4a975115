/*
 * What no entry of the chain can tell: versions and changes that were put in beside it, ends of
 * versions that were moved, and present rows that are not their own last version.
 */
import type { Query } from '../db/sql.ts'
import { type Damage, damaged } from './damage.ts'
import { presentShapes, quoted } from './shape.ts'

/**
 * The first such row. Versions up to `archivedUntil` have their entries in an archive.
 */
export async function historyDamage(
  sql: Query,
  archivedUntil: string | null,
): Promise<Damage | null> {
  for (const [noun, columns] of await presentShapes(sql)) {
    const [exists] = await sql`select from pg_class where oid = to_regclass(${quoted(noun)})`
    const damage =
      (await strangeVersion(sql, noun, archivedUntil)) ??
      (await movedEnd(sql, noun)) ??
      (exists ? await strangeRow(sql, noun, columns) : null)
    if (damage) return damage
  }
  return strangeChange(sql)
}

/** A version that the chain does not know and that does not wait for it either. */
async function strangeVersion(
  sql: Query,
  noun: string,
  archivedUntil: string | null,
): Promise<Damage | null> {
  const table = `${noun}_history`
  const [row] = await sql<{ id: number }[]>`
    select h.id from ${sql(table)} h
     where lower(h.during) > coalesce(${archivedUntil}::text::timestamptz, '-infinity')
       and not exists (select from audit a
                        where a.noun = ${noun} and a.row_id = h.id and a.version = lower(h.during))
       and not exists (select from change c
                        where c.noun = ${noun} and c.row_id = h.id and c.version = lower(h.during)
                          and (c.seq is null or c.seq > (select coalesce(max(change_seq), 0) from audit)))
     order by h.id limit 1`
  return row ? damaged('有一个历史版本不在留痕中', { table, rowId: row.id, field: 'during' }) : null
}

/** A version is there once, and ends when the next begins; the last one of a deleted row ends as well. */
async function movedEnd(sql: Query, noun: string): Promise<Damage | null> {
  const table = `${noun}_history`
  const [row] = await sql<{ id: number; n: number | null }[]>`
    select v.id, (select a.n from audit a
                   where a.noun = ${noun} and a.row_id = v.id and a.version = v.since) as n
      from (select id, lower(during) as since, upper(during) as until,
                   lead(lower(during)) over (partition by id order by lower(during)) as next
              from ${sql(table)}) v
     where v.next = v.since
        or v.until is distinct from v.next
       and not exists (select from change c
                        where c.noun = ${noun} and c.row_id = v.id and c.op = 'delete')
       and not exists (select from audit d
                        where d.noun = ${noun} and d.row_id = v.id and d.op = 'delete')
     order by v.id limit 1`
  return row
    ? damaged('历史版本的起止时间被改动', { n: row.n, table, rowId: row.id, field: 'during' })
    : null
}

/** A present row that differs from the version that holds now, or has none, or is gone without a trace. */
async function strangeRow(
  sql: Query,
  noun: string,
  columns: readonly string[],
): Promise<Damage | null> {
  const own = columns.filter((name) => !added.has(name))
  const row = (alias: string) =>
    sql.unsafe(`row(${own.map((name) => `${alias}.${quoted(name)}`).join(', ')})::text`)
  const [found] = await sql<{ id: number; present: Row | null; kept: Row | null }[]>`
    select coalesce(t.id, h.id) as id, to_jsonb(t) as present, to_jsonb(h) as kept
      from ${sql(noun)} t
      full join (select * from ${sql(`${noun}_history`)} where upper_inf(during)) h on h.id = t.id
     where t.id is null or h.id is null or ${row('t')} <> ${row('h')}
     order by 1 limit 1`
  if (!found) return null
  const { id, present, kept } = found
  const table = noun
  if (!present) return damaged('现行记录被删除，没有留痕', { table, rowId: id })
  if (!kept) return damaged('现行记录没有留痕', { table, rowId: id })
  const fields = own.filter((name) => JSON.stringify(present[name]) !== JSON.stringify(kept[name]))
  const field = fields.join('、') || null
  return damaged('现行记录与最后一个历史版本不一致', { table, rowId: id, field })
}

type Row = Record<string, unknown>

/** Columns that a history has besides those of its table. */
const added = new Set(['actor', 'reason', 'actor_id', 'actor_address'])

/** A numbered change that the chain passed by. */
async function strangeChange(sql: Query): Promise<Damage | null> {
  const [row] = await sql<{ id: number }[]>`
    select c.id from change c
     where c.seq <= (select coalesce(max(change_seq), 0) from audit)
       and not exists (select from audit a where a.change_seq = c.seq)
     order by c.seq limit 1`
  return row ? damaged('有一条变更记录不在留痕中', { table: 'change', rowId: row.id }) : null
}
