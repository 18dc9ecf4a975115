import type { FactTable } from '../../db/as-of.ts'
import type { Query } from '../../db/sql.ts'

/** The tables whose versions make a project's facts (project/facts.ts). */
const tables: readonly FactTable[] = ['plan', 'milestone', 'investment', 'report', 'photo']
/** Days that come to pass: from them on a fact counts that was known before. */
const dated: readonly (readonly [FactTable, string])[] = [
  ['milestone', 'actual_date'],
  ['plan', 'added_on'],
  ['plan', 'removed_on'],
]

/** On which days of a span which projects may be other than the day before; days `YYYY-MM-DD`. */
export type Turning = ReadonlyMap<string, ReadonlySet<number>>

/**
 * Reads, for the days after `from` up to `to`, the projects of which a version began or ended, or a
 * fact came to pass, with all that stand below them: whether a child is counted depends on those above.
 */
export async function readTurning(sql: Query, from: string, to: string): Promise<Turning> {
  const rows = await sql<{ day: string; projectId: number }[]>`
    with turned as (
      ${versions(sql, 'project', 'id', from, to)}
      ${join(
        sql,
        tables.map((table) => versions(sql, table, 'project_id', from, to)),
      )}
      ${join(
        sql,
        dated.map(
          ([table, column]) => sql`
            select project_id, ${sql(column)} as day from ${sql(`${table}_history`)}
             where ${sql(column)} > ${from}::date and ${sql(column)} <= ${to}::date`,
        ),
      )})
    select distinct day::text as day, project_id from turned
     where day > ${from}::date and day <= ${to}::date`
  const below = await readBelow(sql)
  const turning = new Map<string, Set<number>>()
  for (const { day, projectId } of rows) {
    const ids = turning.get(day) ?? new Set()
    turning.set(day, ids)
    addWithBelow(ids, projectId, below)
  }
  return turning
}

type Part = ReturnType<Query>
const join = (sql: Query, parts: Part[]) =>
  parts.reduce((all, part) => sql`${all} union all ${part}`, sql``)

/**
 * Beginnings and ends of versions, each at the first day whose end knows of it. A day ends a
 * millisecond before midnight, so the microseconds after that belong to the next one.
 */
function versions(sql: Query, table: FactTable, key: string, from: string, to: string): Part {
  const history = sql(`${table}_history`)
  const day = (bound: Part) =>
    sql`((${bound} + interval '999 microseconds') at time zone 'Asia/Shanghai')::date`
  const begins = (sql: Query, bound: Part) => sql`
    select ${sql(key)} as project_id, ${day(bound)} as day from ${history}
     where ${bound} > ${from}::date - 1 and ${bound} < ${to}::date + 2`
  return sql`${begins(sql, sql`lower(during)`)} union all ${begins(sql, sql`upper(during)`)}`
}

/** Ids of the children that a project has ever had. */
async function readBelow(sql: Query): Promise<Map<number, number[]>> {
  const rows = await sql<{ id: number; parentId: number }[]>`
    select distinct id, parent_id from project_history where parent_id is not null`
  const below = new Map<number, number[]>()
  for (const { id, parentId } of rows) below.set(parentId, [...(below.get(parentId) ?? []), id])
  return below
}

function addWithBelow(ids: Set<number>, id: number, below: ReadonlyMap<number, number[]>): void {
  if (ids.has(id)) return
  ids.add(id)
  for (const child of below.get(id) ?? []) addWithBelow(ids, child, below)
}
