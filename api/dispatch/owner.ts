import { type Permission, rolePermissions } from '../access.ts'
import type { Query } from '../db/sql.ts'
import type { RoleGrant } from '../person/contract.ts'
import { idText, type Viewer } from '../person/viewer.ts'
import type { NamedOwner, Owner } from './contract.ts'
import type { Capacity } from './rules.ts'

type People = NamedOwner['people']

/** One key for an owner, to group and look up by. */
export const ownerKey = ({ kind, id }: Owner): string => `${kind}-${id}`

const needed: Permission = 'dispatch:answer'
const answers = ({ role }: Pick<RoleGrant, 'role'>) => rolePermissions[role].includes(needed)

/** Who acts on a day for each place and office, by `ownerKey`. */
export async function readPeople(sql: Query, date: string): Promise<Map<string, People>> {
  const rows = await sql<(People[number] & RoleGrant)[]>`
    select p.id, p.name, p.phone, g.role, g.scope, g.unit_id, g.park_id, g.department_id
      from role_grant g join person p on p.id = g.person_id
     where g.scope in ('unit', 'park', 'department') and p.disabled_at is null and p.kind = 'person'
       and ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
     order by p.id`
  const people = new Map<string, People>()
  for (const row of rows.filter(answers)) {
    const { id, name, phone } = row
    const owner = ownerOf(row)
    const known = owner ? (people.get(ownerKey(owner)) ?? []) : []
    if (!owner || known.some((one) => one.id === id)) continue
    people.set(ownerKey(owner), [...known, { id, name, phone }])
  }
  return people
}

interface OwnerColumns {
  personId?: number | null
  departmentId: number | null
  unitId: number | null
  parkId: number | null
}

/** The owner that the columns of a row name; null where they name none. */
export function ownerOf(row: OwnerColumns): Owner | null {
  if (row.personId) return { kind: 'person', id: row.personId }
  if (row.departmentId !== null) return { kind: 'department', id: row.departmentId }
  if (row.unitId !== null) return { kind: 'unit', id: row.unitId }
  return row.parkId === null ? null : { kind: 'park', id: row.parkId }
}

/** As whom the asker acts: the own person and those stood in for, the places, offices and bodies. */
export interface Self {
  persons: number[]
  departments: number[]
  units: number[]
  parks: number[]
  bodies: number[]
}

/** @param date the day at which roles and deputies hold. */
export async function readSelf(sql: Query, viewer: Viewer, date: string): Promise<Self> {
  const grants = viewer.grants.filter(answers)
  const ids = (of: (grant: RoleGrant) => number | null) => grants.flatMap((one) => of(one) ?? [])
  const persons = viewer.id === null ? [] : [viewer.id]
  const stoodFor = await sql<{ id: number }[]>`
    select for_person_id as id from deputy
     where person_id = any(${idText(persons)}::bigint[]) and ${date}::date between valid_from and valid_to`
  persons.push(...stoodFor.map((row) => row.id))
  const departments = ids((grant) => grant.departmentId)
  const bodies = await sql<{ id: number }[]>`
    select b.id from body b
     where b.chair_id = any(${idText(persons)}::bigint[]) or exists (
             select from body_member m where m.body_id = b.id
                and (m.person_id = any(${idText(persons)}::bigint[])
                     or m.department_id = any(${idText(departments)}::bigint[])))`
  return {
    persons,
    departments,
    units: ids((grant) => grant.unitId),
    parks: ids((grant) => grant.parkId),
    bodies: bodies.map((row) => row.id),
  }
}

/** SQL condition over rows t of `dispatch_task`: owned by the asker. */
export function ownedBy(sql: Query, self: Self) {
  return sql`(t.person_id = any(${idText(self.persons)}::bigint[])
    or t.department_id = any(${idText(self.departments)}::bigint[])
    or t.unit_id = any(${idText(self.units)}::bigint[])
    or t.park_id = any(${idText(self.parks)}::bigint[]))`
}

interface Standing {
  owner: Owner
  senderId: number
  body: { id: number; mayClose: boolean; mayExtend: boolean; mayEscalate: boolean } | null
}

/** In which capacities the asker may act on a task. */
export function capacityOn(self: Self, { owner, senderId, body }: Standing): Capacity {
  const mine = {
    person: self.persons,
    department: self.departments,
    unit: self.units,
    park: self.parks,
  }
  const sits = body !== null && self.bodies.includes(body.id)
  return {
    owner: mine[owner.kind].includes(owner.id),
    sender: self.persons.includes(senderId),
    closes: sits && body.mayClose,
    extends: sits && body.mayExtend,
    escalates: sits && body.mayEscalate,
  }
}
