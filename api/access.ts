import type { Role } from './person/contract.ts'

/**
 * What one may do. `read` opens everything that the scope shows; who may write what is told apart by
 * noun. A permission says nothing of rows: those are cut by the scope, in the database.
 */
export const permissions = [
  'read',
  'project:write',
  'project:create',
  'milestone:write',
  'milestone:approve',
  'report:file',
  'report:review',
  'import',
  'issue:raise',
  'issue:work',
  'issue:manage',
  'dispatch:send',
  'dispatch:answer',
  'body:write',
  'account:read',
  'account:write',
  'grant:write',
  'device:write',
  'setting:write',
  'view-as',
  'audit:read',
] as const
export type Permission = (typeof permissions)[number]

const manager: Permission[] = [
  'read',
  'project:write',
  'milestone:write',
  'report:file',
  'issue:raise',
  'issue:work',
  'dispatch:send',
  'dispatch:answer',
]

/** The administrators are apart (等保 2.0): accounts and settings, rights, and the record of both. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  leader: ['read', 'issue:raise', 'dispatch:send', 'dispatch:answer'],
  dispatcher: [
    ...manager,
    'project:create',
    'milestone:approve',
    'report:review',
    'import',
    'issue:manage',
    'body:write',
  ],
  unit_manager: [...manager, 'project:create'],
  park_manager: manager,
  department: ['read', 'issue:raise', 'issue:work', 'dispatch:answer'],
  helper: ['read', 'report:file', 'issue:raise', 'issue:work', 'dispatch:answer'],
  inspector: ['read', 'report:file', 'issue:raise'],
  auditor: ['read', 'audit:read', 'account:read'],
  security: ['account:read', 'grant:write', 'view-as'],
  administrator: ['account:read', 'account:write', 'device:write', 'setting:write', 'view-as'],
  device: ['read'],
}

/** `public`: without signing in. `signed-in`: whoever has signed in, whatever the role. */
export type Access = Permission | 'public' | 'signed-in'

/**
 * Each route of the API and what it takes to call it. A route that is not listed answers nobody, and
 * fails a test until it is.
 */
export const access: Readonly<Record<string, Access>> = {
  'GET /city': 'public',
  'GET /city/basemap': 'signed-in',
  'GET /unit': 'signed-in',
  'GET /unit/boundary': 'signed-in',
  'GET /park': 'read',
  'GET /park/boundary': 'read',
  'GET /project': 'read',
  'GET /project/:id': 'read',
  'GET /project/:id/history': 'read',
  'POST /project': 'project:create',
  'PATCH /project/:id': 'project:write',
  'GET /plan': 'read',
  'GET /milestone': 'read',
  'PUT /milestone': 'milestone:write',
  'GET /milestone/template': 'read',
  'POST /milestone/template': 'setting:write',
  'GET /milestone/plan': 'read',
  'POST /milestone/plan': 'milestone:write',
  'PUT /milestone/plan/:id': 'milestone:write',
  'POST /milestone/plan/:id/submission': 'milestone:write',
  'POST /milestone/plan/:id/decision': 'milestone:approve',
  'GET /milestone/revision': 'read',
  'POST /milestone/revision/:id/decision': 'milestone:approve',
  'POST /milestone/:id/revision': 'milestone:write',
  'POST /milestone/:id/verification': 'milestone:approve',
  'POST /milestone/:id/correction': 'milestone:approve',
  'GET /milestone/ledger': 'read',
  'GET /milestone/slip': 'read',
  'GET /milestone/slip/row': 'read',
  'GET /holder': 'read',
  'GET /holder/total': 'read',
  'GET /investment': 'read',
  'GET /investment/curve': 'read',
  'GET /report': 'read',
  'POST /report': 'report:file',
  'POST /report/:id/review': 'report:review',
  'GET /report/table': 'read',
  'GET /report/table.xlsx': 'read',
  'GET /dispatch': 'read',
  'GET /dispatch/:id': 'read',
  'POST /dispatch/proposal': 'dispatch:send',
  'POST /dispatch': 'dispatch:send',
  'POST /dispatch/:id/recall': 'dispatch:send',
  'POST /dispatch/task/:id/step': 'dispatch:answer',
  'GET /body': 'read',
  'GET /body/:id/item': 'read',
  'PUT /body': 'body:write',
  'GET /issue': 'read',
  'GET /issue/cause': 'read',
  'PUT /issue/cause': 'issue:manage',
  'GET /issue/rate': 'read',
  'GET /issue/similar': 'read',
  'GET /issue/:id': 'read',
  'POST /issue': 'issue:raise',
  'PATCH /issue/:id': 'issue:raise',
  // Who may take which step is told by the rules of issues (api/issue/rules.ts).
  'POST /issue/:id/step': 'issue:raise',
  'GET /light/rule': 'signed-in',
  'GET /map': 'read',
  'GET /event': 'signed-in',
  'GET /change': 'read',
  'POST /import': 'import',
}

/** The tiles lie beside the API. */
export const tileAccess: Access = 'read'
