import { z } from 'zod'
import { DateText, Id, LineText } from '../http/contract.ts'

/**
 * 领导、调度办、县市区、园区、部门、专员、巡查、审计、安全管理、系统管理, and 大屏 (a wall, no person). The three
 * administrators are apart, as 等保 wants: accounts, rights, and the record of what was done.
 */
export const Role = z.enum([
  'leader',
  'dispatcher',
  'unit_manager',
  'park_manager',
  'department',
  'helper',
  'inspector',
  'auditor',
  'security',
  'administrator',
  'device',
])
export type Role = z.infer<typeof Role>

/** What a role reaches: the city, one unit, park or department, or the projects that name the person. */
export const ScopeKind = z.enum(['city', 'unit', 'park', 'department', 'own'])
export type ScopeKind = z.infer<typeof ScopeKind>

export const RoleGrant = z.object({
  role: Role,
  scope: ScopeKind,
  unitId: Id.nullable(),
  parkId: Id.nullable(),
  departmentId: Id.nullable(),
  validFrom: DateText,
  validTo: DateText.nullable(),
})
export type RoleGrant = z.infer<typeof RoleGrant>

/** Who is signed in, as the page is told. */
export const Me = z.object({
  id: Id,
  login: z.string(),
  name: LineText,
  kind: z.enum(['person', 'device']),
  /** What the person may do now, of the own roles and of those stood in for. */
  permissions: z.array(z.string()),
  grants: z.array(RoleGrant),
  /** Set while an administrator looks at the page as another person: nothing can be written. */
  viewedBy: z.string().nullable(),
})
export type Me = z.infer<typeof Me>
