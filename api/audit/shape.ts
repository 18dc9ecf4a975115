/*
 * Which columns of a history are covered. A later migration may add some: what was chained before goes
 * on being checked by the columns of its own time, which stand in the chain as entries of kind `shape`.
 */
import type { Query, Transaction } from '../db/sql.ts'

/** Columns of each history, without the range: its beginning is part of the entry itself. */
export type Shapes = ReadonlyMap<string, readonly string[]>

/** The histories as they are now, by noun. */
export async function presentShapes(sql: Query): Promise<Shapes> {
  const rows = await sql<{ noun: string; columns: string[] }[]>`
    select left(c.relname, -8) as noun, json_agg(a.attname order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like '%\\_history'
       and a.attnum > 0 and not a.attisdropped
     group by c.relname having bool_or(a.attname = 'during')`
  return new Map(
    rows.map(({ noun, columns }) => [noun, columns.filter((column) => column !== 'during')]),
  )
}

/** The last shape of each noun that the chain names at or before entry `upTo`. */
export async function chainedShapes(sql: Query, upTo: number): Promise<Map<string, string[]>> {
  const rows = await sql<{ noun: string; columns: string[] }[]>`
    select distinct on (noun) noun, detail -> 'columns' as columns
      from audit where kind = 'shape' and n <= ${upTo} order by noun, n desc`
  return new Map(rows.map(({ noun, columns }) => [noun, columns]))
}

export const isSameShape = (
  one: readonly string[] | undefined,
  other: readonly string[],
): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A version as text, exactly: positions as their bytes, every value as the database writes it. */
export const versionText = (sql: Query, alias: string, columns: readonly string[]) =>
  sql.unsafe(`row(${columns.map((column) => `${alias}.${quoted(column)}`).join(', ')})::text`)

/** For this transaction values are written as text in one way, whatever the session is set to. */
export async function writeExactly(tx: Transaction): Promise<void> {
  await tx`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
                  set_config('intervalstyle', 'postgres', true), set_config('bytea_output', 'hex', true),
                  set_config('extra_float_digits', '1', true)`
}

/** A name as SQL takes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
