import { covers } from '../person/scope.ts'
import type { Viewer } from '../person/viewer.ts'
import type { Change } from './contract.ts'

/** A change as the server knows it: one that concerns a single person names it. */
export interface KnownChange extends Change {
  personId: number | null
}

export type Asking = Pick<Viewer, 'id' | 'scope'>

/**
 * Whether one hears of a change: of everything that lies within the scope, and of what lies nowhere;
 * but of what concerns one person only that person.
 */
export function isTold({ id, scope }: Asking, change: KnownChange): boolean {
  const { noun, projectId, unitId, parkId, personId } = change
  if (personId !== null && personId !== id) return false
  const isNowhere = projectId === null && unitId === null && parkId === null
  // The places that report are known to everybody.
  return isNowhere || noun === 'unit' || covers(scope, { projectId, unitId, parkId })
}

/** As the pages hear it: whom it concerns is the reader. */
export const asTold = ({ personId: _, ...change }: KnownChange): Change => change
