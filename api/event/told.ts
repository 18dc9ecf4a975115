import { covers } from '../person/scope.ts'
import type { Scope } from '../person/viewer.ts'
import type { Change } from './contract.ts'

/** Whether one hears of a change: of everything that lies within the scope, and of what lies nowhere. */
export function isTold(scope: Scope, change: Change): boolean {
  const { noun, projectId, unitId, parkId } = change
  const isNowhere = projectId === null && unitId === null && parkId === null
  // The places that report are known to everybody.
  return isNowhere || noun === 'unit' || covers(scope, { projectId, unitId, parkId })
}
