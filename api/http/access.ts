import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { type Access, access, type Permission, rolePermissions } from '../access.ts'
import type { Sessions } from '../deps.ts'
import type { Viewer } from '../person/viewer.ts'
import { ApiFailure } from './failure.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Routes of the session itself, which is that of who signed in. */
const ofSession = /^[A-Z]+ \/session(\/|$)/

/** What the roles of today allow, and nothing but looking where somebody looks as another person. */
export function permissionsOf({ grants, viewedBy }: Viewer): ReadonlySet<Permission> {
  const all = new Set(grants.flatMap(({ role }) => rolePermissions[role]))
  if (viewedBy === null) return all
  return new Set([...all].filter((permission) => /^(read|[a-z]+:read|view-as)$/.test(permission)))
}

/**
 * Lets through who may call the route that was matched (api/access.ts), and leaves `viewer` for it.
 * What is listed nowhere is refused; what is no route at all passes, to be answered as such.
 * @throws ApiFailure 401 `SIGN_IN_NEEDED`, 403 `FORBIDDEN`.
 */
export function requireAccess(sessions: Sessions): MiddlewareHandler {
  return async (c, next) => {
    const route = routeOf(c)
    if (route !== null) await admit(c, sessions, access[route], route)
    await next()
  }
}

/** The same for what lies beside the API. */
export async function admit(
  c: Context,
  sessions: Sessions,
  needed: Access | undefined,
  what: string,
): Promise<Viewer | null> {
  const viewer = await sessions.find(c)
  if (viewer) c.set('viewer', viewer)
  if (needed === 'public') return viewer
  if (!viewer) throw new ApiFailure(401, 'SIGN_IN_NEEDED', '请先登录')
  // What everybody may do for oneself nobody does for the person looked as.
  const isForOther = viewer.viewedBy !== null && !reading.has(c.req.method) && !ofSession.test(what)
  if (needed === 'signed-in' && !isForOther) return viewer
  if (needed === undefined || !permissionsOf(viewer).has(needed as Permission)) {
    const why = viewer.viewedBy === null ? '您的角色不能做这件事' : '以他人身份查看时不能操作'
    throw new ApiFailure(403, 'FORBIDDEN', `${why}（${what}）`)
  }
  return viewer
}

/** `METHOD /path` of the endpoint as the API lists it; null where none was matched. */
export function routeOf(c: Context): string | null {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
  // The page's files answer any path that nothing else does.
  const route = matchedRoutes(c).find((one) => one.method === method && !one.path.endsWith('*'))
  return route ? `${method} ${route.path.replace(/^\/api(?=\/)/, '')}` : null
}
