import type { Context } from 'hono'
import type { Asker } from '../db/database.ts'
import type { Scope, Viewer } from '../person/viewer.ts'
import { callerOf } from './address.ts'
import { ApiFailure } from './failure.ts'

declare module 'hono' {
  interface ContextVariableMap {
    viewer: Viewer
  }
}

/**
 * Who asks.
 * @throws ApiFailure 401 `SIGN_IN_NEEDED`.
 */
export function viewerOf(c: Context): Viewer {
  const viewer = c.get('viewer') as Viewer | undefined
  if (viewer) return viewer
  throw new ApiFailure(401, 'SIGN_IN_NEEDED', '请先登录')
}

/** What the database needs to know of who asks, to show no row beyond the scope. */
export function askerOf(c: Context): Asker & { scope: Scope } {
  const { id, scope } = viewerOf(c)
  return { personId: id, scope, ...callerOf(c) }
}

/** Who does something, as it is kept beside what was done. */
export function whoOf(c: Context): { id: number | null; name: string } {
  const { id, name } = viewerOf(c)
  return { id, name }
}
