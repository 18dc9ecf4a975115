import type { GrantList } from 'api/account/contract'
import type { Role, RoleGrant, ScopeKind } from 'api/person/contract'

type GivenRole = Exclude<Role, 'device'>

/** A grant as it stands in the form. `target`: id of the unit, park or department; dates may be empty. */
export interface GrantRow {
  role: GivenRole
  scope: ScopeKind
  target: string
  validFrom: string
  validTo: string
}

/** Where a role usually holds comes first; the others are there for whoever needs them. */
export const roleScopes: Record<GivenRole, readonly ScopeKind[]> = {
  leader: ['city', 'unit'],
  dispatcher: ['city'],
  unit_manager: ['unit'],
  park_manager: ['park'],
  department: ['department', 'city'],
  helper: ['own', 'unit', 'park'],
  inspector: ['city', 'unit', 'park', 'own'],
  auditor: ['city'],
  security: ['city'],
  administrator: ['city'],
}

export const givenRoles = Object.keys(roleScopes) as GivenRole[]

export const beginGrant = (today: string): GrantRow => ({
  role: 'park_manager',
  scope: 'park',
  target: '',
  validFrom: today,
  validTo: '',
})

export const rowOf = (grant: RoleGrant): GrantRow => ({
  role: grant.role as GivenRole,
  scope: grant.scope,
  target: String(grant.unitId ?? grant.parkId ?? grant.departmentId ?? ''),
  validFrom: grant.validFrom,
  validTo: grant.validTo ?? '',
})

/** Another role begins where it usually holds. */
export const withRole = (row: GrantRow, role: GivenRole): Partial<GrantRow> => {
  const scopes = roleScopes[role]
  if (scopes.includes(row.scope)) return { role }
  return { role, scope: scopes[0] ?? 'city', target: '' }
}

export const grantsOf = (rows: readonly GrantRow[]): GrantList['grants'] =>
  rows.map(({ role, scope, target, validFrom, validTo }) => {
    const id = target === '' ? null : Number(target)
    return {
      role,
      scope,
      unitId: scope === 'unit' ? id : null,
      parkId: scope === 'park' ? id : null,
      departmentId: scope === 'department' ? id : null,
      validFrom,
      validTo: validTo === '' ? null : validTo,
    }
  })
