import type { Context } from 'hono'
import { readCity } from '../city/queries.ts'
import type { Deps } from '../deps.ts'
import { permissionsOf } from '../http/access.ts'
import type { Me } from '../person/contract.ts'
import type { Viewer } from '../person/viewer.ts'
import type { SessionState } from './contract.ts'
import { policies } from './policy.ts'
import { endOf } from './sessions.ts'

/** What the page has to know of the one who asks, and before anybody has signed in. */
export async function sessionState(c: Context, deps: Deps): Promise<SessionState> {
  const { db, env, sessions } = deps
  const [{ name: city }, viewer, current] = await Promise.all([
    readCity(deps),
    sessions.find(c),
    sessions.current(c),
  ])
  const [row] = current
    ? await db.sql<{ at: string | null; address: string | null }[]>`
        select before_at as at, before_from as address from auth_user
         where id = ${current.session.personId}`
    : []
  return {
    city,
    me: viewer && meOf(viewer),
    providers: env.ONEMAP_OIDC_ISSUER ? [{ id: 'oidc', name: env.ONEMAP_OIDC_NAME }] : [],
    policy: policies[env.ONEMAP_PASSWORD_POLICY],
    mustChangePassword: current?.duties.mustChangePassword ?? false,
    mustEnrolTotp: current?.duties.mustEnrolTotp ?? false,
    hasPassword: current?.duties.hasPassword ?? false,
    hasTotp: current?.duties.hasTotp ?? false,
    idleMinutes: env.ONEMAP_IDLE_MINUTES,
    absoluteHours: env.ONEMAP_SESSION_HOURS,
    signedInAt: current?.session.createdAt.toISOString() ?? null,
    endsAt: current
      ? endOf(current.session.createdAt, env.ONEMAP_SESSION_HOURS).toISOString()
      : null,
    lastSignIn: row?.at ? { at: row.at, address: row.address ?? '' } : null,
  }
}

function meOf(viewer: Viewer): Me | null {
  const { id, login, name, kind, grants, viewedBy } = viewer
  if (id === null || kind === 'program') return null
  return { id, login, name, kind, permissions: [...permissionsOf(viewer)], grants, viewedBy }
}
