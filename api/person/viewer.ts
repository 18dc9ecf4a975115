import type { Query } from '../db/sql.ts'
import type { RoleGrant } from './contract.ts'

/**
 * What somebody may see, as ids: the whole city, or the projects of these units and parks, and single
 * ones. Settings of the transaction carry it to the policies of the database (0007-person.sql).
 */
export interface Scope {
  all: boolean
  units: number[]
  parks: number[]
  /** Of departments, own projects and open orders, besides those of units and parks. */
  projects: number[]
  departments: number[]
}

/** Who asks: a signed-in person, a device, or a program of this machine (id null), with the roles of today. */
export interface Viewer {
  id: number | null
  login: string
  name: string
  kind: 'person' | 'device' | 'program'
  departmentId: number | null
  grants: RoleGrant[]
  scope: Scope
  /** Name of the administrator who looks as this person; such a viewer writes nothing. */
  viewedBy: string | null
}

export const wholeCity: Scope = { all: true, units: [], parks: [], projects: [], departments: [] }

/**
 * The person with the roles that hold on a day, the own and those stood in for; null when there is
 * none or it is disabled.
 */
export async function readViewer(sql: Query, id: number, date: string): Promise<Viewer | null> {
  const [person] = await sql<Pick<Viewer, 'id' | 'login' | 'name' | 'kind' | 'departmentId'>[]>`
    select id, login, name, kind, department_id from person where id = ${id} and disabled_at is null`
  if (!person) return null
  const rows = await sql<(RoleGrant & { personId: number })[]>`
    select g.person_id, g.role, g.scope, g.unit_id, g.park_id, g.department_id, g.valid_from, g.valid_to
      from role_grant g
     where ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
       and (g.person_id = ${id} or g.person_id in (
             select d.for_person_id from deputy d join person p on p.id = d.for_person_id
              where d.person_id = ${id} and ${date}::date between d.valid_from and d.valid_to
                and p.disabled_at is null))
     order by g.id`
  const grants = rows.map(({ personId: _, ...grant }) => grant)
  const scope = await scopeOf(sql, rows, id)
  return { ...person, grants, scope, viewedBy: null }
}

async function scopeOf(
  sql: Query,
  grants: readonly (RoleGrant & { personId: number })[],
  person: number,
): Promise<Scope> {
  if (grants.some(({ scope }) => scope === 'city')) return wholeCity
  const ids = (of: (grant: (typeof grants)[number]) => number | null) => [
    ...new Set(grants.flatMap((grant) => of(grant) ?? [])),
  ]
  const departments = ids((grant) => grant.departmentId)
  const units = ids((grant) => grant.unitId)
  const parks = ids((grant) => grant.parkId)
  const owners = ids((grant) => (grant.scope === 'own' ? grant.personId : null))
  const persons = [...new Set([person, ...grants.map((grant) => grant.personId)])]
  const projects = await sql<{ id: number }[]>`
    select p.id from project p join department d on d.name = p.lead_department
     where d.id = any(${idText(departments)}::bigint[])
    union
    select project_id from project_person where person_id = any(${idText(owners)}::bigint[])
    union
    -- Who answers for an open issue or order sees what it is about.
    select project_id from issue
     where project_id is not null and holder <> 'none'
       and (lead_department_id = any(${idText(departments)}::bigint[])
            or lead_unit_id = any(${idText(units)}::bigint[])
            or lead_person_id = any(${idText(persons)}::bigint[]))
    union
    select tp.project_id from dispatch_task t join dispatch_task_project tp on tp.task_id = t.id
     where t.ended_at is null
       and (t.person_id = any(${idText(persons)}::bigint[])
            or t.department_id = any(${idText(departments)}::bigint[])
            or t.unit_id = any(${idText(units)}::bigint[])
            or t.park_id = any(${idText(parks)}::bigint[]))`
  return {
    all: false,
    units,
    parks,
    projects: projects.map((row) => row.id),
    departments,
  }
}

/** An array as PostgreSQL writes it: the embedded database's driver knows no array parameters. */
export const idText = (ids: readonly number[]): string => `{${ids.join()}}`
