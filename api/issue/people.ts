import type { Query } from '../db/sql.ts'
import type { IssueHolder } from './contract.ts'

/** The courts of an issue as the table has them. */
export interface CourtRow {
  leadDepartmentId: number | null
  leadUnitId: number | null
  leadPersonId: number | null
  raiserId: number | null
  placeUnitId: number | null
  placeParkId: number | null
}

/**
 * Who sits in a court on a day: the person named, else the officers of the department or unit; the
 * dispatchers of the city and of the place; the one who raised it. Nobody for a body, which has its
 * own way of hearing.
 */
export async function peopleOf(
  sql: Query,
  court: IssueHolder,
  issue: CourtRow,
  date: string,
): Promise<number[]> {
  if (court === 'raiser') return issue.raiserId === null ? [] : [issue.raiserId]
  if (court === 'lead' && issue.leadPersonId !== null) return [issue.leadPersonId]
  if (court !== 'lead' && court !== 'manager') return []
  const sits =
    court === 'lead'
      ? sql`g.department_id = ${issue.leadDepartmentId}
            or (g.role = 'unit_manager' and g.unit_id = ${issue.leadUnitId})`
      : sql`g.role = 'dispatcher' and (g.scope = 'city' or g.unit_id = ${issue.placeUnitId}
            or g.park_id = ${issue.placeParkId})`
  const rows = await sql<{ id: number }[]>`
    select distinct g.person_id as id from role_grant g
     where ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity') and (${sits})
     order by 1`
  return rows.map(({ id }) => id)
}
