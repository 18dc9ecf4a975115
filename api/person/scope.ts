import { createHash } from 'node:crypto'
import type { Scope } from './viewer.ts'

/** Where something lies: what the policies of the database look at (0007-person.sql). */
export interface Place {
  projectId: number | null
  unitId: number | null
  parkId: number | null
}

/** True where the policies of the database would show it. */
export function covers(scope: Scope, { projectId, unitId, parkId }: Place): boolean {
  return (
    scope.all ||
    (unitId !== null && scope.units.includes(unitId)) ||
    (parkId !== null && scope.parks.includes(parkId)) ||
    (projectId !== null && scope.projects.includes(projectId))
  )
}

const keys = new WeakMap<Scope, string>()

/** The same text for scopes that show the same; `all` for the whole city. */
export function scopeKey(scope: Scope): string {
  if (scope.all) return 'all'
  const key = keys.get(scope) ?? keyOf(scope)
  keys.set(scope, key)
  return key
}

function keyOf(scope: Scope): string {
  const sorted = [scope.units, scope.parks, scope.projects].map((ids) =>
    ids.toSorted((a, b) => a - b),
  )
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 12)
}
