import { z } from 'zod'
import { DateText, Id, Instant, LineText, Reason } from '../http/contract.ts'
import { Role, RoleGrant, ScopeKind } from '../person/contract.ts'

/** Somebody who stands in for the person between two days, both included. */
export const Deputy = z.object({
  personId: Id,
  name: z.string(),
  validFrom: DateText,
  validTo: DateText,
})
export type Deputy = z.infer<typeof Deputy>

/** A person as the administrators see it. */
export const Account = z.object({
  id: Id,
  login: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'device']),
  departmentId: Id.nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** All of them, past and coming ones too. */
  grants: z.array(RoleGrant),
  deputies: z.array(Deputy),
  /** Signs in with a password, or through a provider; neither: not taken up yet. */
  hasPassword: z.boolean(),
  hasProvider: z.boolean(),
  hasTotp: z.boolean(),
  /** An invitation or reset that may still be used, until then. */
  invitedUntil: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  /** Sign-in is locked from some address until then. */
  lockedUntil: Instant.nullable(),
  disabledAt: Instant.nullable(),
  /** Sessions that are open now. */
  sessions: z.number().int(),
})
export type Account = z.infer<typeof Account>
/** GET /account */
export const AccountList = z.object({ rows: z.array(Account) })
export type AccountList = z.infer<typeof AccountList>

const Login = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,59}$/u, {
    error: '登录名为 2 到 60 个字，可用文字、数字和 . _ @ -，以文字或数字开头',
  })
const optional = {
  departmentId: Id.nullable().optional(),
  title: LineText.max(60).nullable().optional(),
  phone: LineText.max(40).nullable().optional(),
  email: z.email({ error: '应为邮箱地址，如 name@example.com' }).max(120).nullable().optional(),
}

/** POST /account: without rights and without a password; those follow by grant and invitation. 409 LOGIN_TAKEN. */
export const AccountInput = z.strictObject({
  login: Login,
  name: LineText.max(60),
  ...optional,
  reason: Reason.optional(),
})
export type AccountInput = z.infer<typeof AccountInput>

/** PATCH /account/:id: disabled true ends every session at once; false lets the person in again. */
export const AccountPatch = z.strictObject({
  login: Login.optional(),
  name: LineText.max(60).optional(),
  ...optional,
  disabled: z.boolean().optional(),
  /** True lifts a lock after failures. */
  unlock: z.literal(true).optional(),
  /** True takes a lost second factor away. */
  dropTotp: z.literal(true).optional(),
  reason: Reason,
})
export type AccountPatch = z.infer<typeof AccountPatch>

/** POST /account/:id/invitation: a link to set the first password, or a new one where there is one. */
export const Invitation = z.object({
  purpose: z.enum(['invitation', 'reset']),
  /** Address on this server (/join#<token>), shown once: it works once and until then. */
  link: z.string(),
  expiresAt: Instant,
})
export type Invitation = z.infer<typeof Invitation>

/** Roles that mean nothing without a place of their own. */
const boundScopes: Partial<Record<Role, ScopeKind>> = {
  unit_manager: 'unit',
  park_manager: 'park',
  department: 'department',
}

export const GrantInput = z
  .strictObject({
    role: Role.exclude(['device']),
    scope: ScopeKind,
    unitId: Id.nullable().default(null),
    parkId: Id.nullable().default(null),
    departmentId: Id.nullable().default(null),
    validFrom: DateText,
    validTo: DateText.nullable().default(null),
  })
  .refine((grant) => (grant.scope === 'unit') === (grant.unitId !== null), {
    path: ['unitId'],
    error: '范围为填报单位时要选一个单位，其他范围不填',
  })
  .refine((grant) => (grant.scope === 'park') === (grant.parkId !== null), {
    path: ['parkId'],
    error: '范围为园区时要选一个园区，其他范围不填',
  })
  .refine((grant) => (grant.scope === 'department') === (grant.departmentId !== null), {
    path: ['departmentId'],
    error: '范围为部门时要选一个部门，其他范围不填',
  })
  .refine(({ role, scope }) => (boundScopes[role] ?? scope) === scope, {
    path: ['scope'],
    error: '县市区的范围是填报单位，园区的范围是园区，部门的范围是部门',
  })
  .refine((grant) => grant.validTo === null || grant.validTo >= grant.validFrom, {
    path: ['validTo'],
    error: '结束日期不能早于开始日期',
  })
export type GrantInput = z.infer<typeof GrantInput>
/**
 * PUT /account/:id/grant: the whole list, by the security administrator, who may not grant to
 * oneself (403 OWN_GRANT). Nobody is more than one of 审计, 安全管理, 系统管理 (422 GRANTS_APART).
 */
export const GrantList = z.strictObject({ grants: z.array(GrantInput).max(50), reason: Reason })
export type GrantList = z.infer<typeof GrantList>

/** PUT /account/:id/deputy: the whole list of those who stand in for the person. */
export const DeputyList = z.strictObject({
  deputies: z
    .array(
      z
        .strictObject({ personId: Id, validFrom: DateText, validTo: DateText })
        .refine((deputy) => deputy.validTo >= deputy.validFrom, {
          path: ['validTo'],
          error: '结束日期不能早于开始日期',
        }),
    )
    .max(20),
  reason: Reason,
})
export type DeputyList = z.infer<typeof DeputyList>

/** POST /account/:id/handover: everything that the person answers for goes to another, in one step. */
export const Handover = z.strictObject({ toPersonId: Id, reason: Reason })
export type Handover = z.infer<typeof Handover>
/** What went over, in the words of each noun: 角色, 项目, 问题 …, and how many. */
export const HandoverResult = z.object({
  moved: z.array(z.object({ noun: z.string(), name: z.string(), count: z.number().int() })),
})
export type HandoverResult = z.infer<typeof HandoverResult>

/** GET /department */
export const Department = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  unitId: Id.nullable(),
})
export type Department = z.infer<typeof Department>
export const DepartmentList = z.object({ rows: z.array(Department) })
export type DepartmentList = z.infer<typeof DepartmentList>
