import { type Permission, rolePermissions } from '../access.ts'
import type { Viewer } from '../person/viewer.ts'

/** Whether the roles of somebody allow something, whoever is looked as meanwhile. */
export const permits = ({ grants }: Viewer, permission: Permission): boolean =>
  grants.some(({ role }) => rolePermissions[role].includes(permission))
