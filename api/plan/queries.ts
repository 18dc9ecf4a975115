import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Plan } from './contract.ts'

const columns = [
  'id',
  'project_id',
  'year',
  'kind',
  'annual_wan',
  'collective_start',
  'added_on',
  'removed_on',
  'change_reason',
  'provenance',
]

/** The list of a year as known in the view, those added or removed meanwhile included. */
export async function listPlans(sql: Query, view: View): Promise<Plan[]> {
  return sql<Plan[]>`
    select ${sql(columns)} from ${factTable(sql, 'plan', view.asOf)} t
     where year = ${view.year} order by project_id`
}

/** A project's place on the list of the view's year, or null. */
export async function planOf(sql: Query, view: View, project: number): Promise<Plan | null> {
  const [plan] = await sql<Plan[]>`
    select ${sql(columns)} from ${factTable(sql, 'plan', view.asOf)} t
     where year = ${view.year} and project_id = ${project}`
  return plan ?? null
}
