import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { chinaDate, realClock } from '../clock.ts'
import type { Deps, Sessions } from '../deps.ts'
import { type Device, findDevice } from '../device/session.ts'
import { permissionsOf } from '../http/access.ts'
import { readViewer, type Viewer } from '../person/viewer.ts'
import { createAuth, type OpenSession } from './auth.ts'
import { deviceCookie, requestHeaders, sessionCookie } from './cookies.ts'
import { type Duties, dutiesOf } from './duties.ts'
import { secretOf } from './secret.ts'

/** How long a look-up is used again by this process. */
const keptMs = 1000
const mostKept = 10_000
/** A session's idle limit is pushed on at most this often. */
const touchMs = 60_000
/** A change of these may change what somebody may do. */
const nouns = new Set([
  'person',
  'role_grant',
  'deputy',
  'project_person',
  'project',
  'department',
  'issue',
  'dispatch_task',
])

/** A session that is open: whose it is, who is looked as, and what has to be done first. */
export interface Current {
  session: OpenSession
  /** Who signed in. */
  self: Viewer
  duties: Duties
}

interface Found {
  viewer: Viewer | null
  current: Current | null
  device: Device | null
}

const nobody: Found = { viewer: null, current: null, device: null }

/**
 * Who is behind each request, by its cookie. Looked up outside any transaction and kept for a second at
 * most; what this server hears of rights that change drops all that is kept. Sessions go by the real
 * time: a simulated day must not end them. Roles go by the application's day.
 */
export function createSessions(deps: Omit<Deps, 'sessions'>): Sessions {
  const { db, env, log, live } = deps
  const kept = new Map<string, { until: number; found: Promise<Found> }>()
  const forget = () => kept.clear()
  live?.subscribe((changes) => {
    if (changes.some(({ noun }) => nouns.has(noun))) forget()
  })
  const auth = once(async () => createAuth(db.sql, env, await secretOf(db.sql, env), log))

  const lookUp = async (c: Context): Promise<Found> => {
    const session = getCookie(c, sessionCookie) && (await find(c))
    if (session) return session
    const token = getCookie(c, deviceCookie)
    const device = token ? await findDevice(db.sql, token) : null
    if (!device) return nobody
    const viewer = await readViewer(db.sql, device.personId, chinaDate(db.clock.now()))
    return { viewer, current: null, device }
  }

  const find = async (c: Context): Promise<Found | null> => {
    const session = await (await auth()).find(requestHeaders(c, env))
    if (!session) return null
    const day = chinaDate(db.clock.now())
    const self = await readViewer(db.sql, session.personId, day)
    if (!self) return null
    // An open page hears of changes all day long: that alone does not keep its session.
    if (!c.req.path.endsWith('/event')) await touch(session)
    const duties = await dutiesOf(db.sql, env, self)
    const current = { session, self, duties }
    if (duties.mustChangePassword || duties.mustEnrolTotp) {
      return { viewer: withoutRights(self), current, device: null }
    }
    if (session.viewAs === null || !permissionsOf(self).has('view-as')) {
      return { viewer: self, current, device: null }
    }
    const other = await readViewer(db.sql, session.viewAs, day)
    return { viewer: other && { ...other, viewedBy: self.name }, current, device: null }
  }

  /** Ends it never later than the absolute limit. */
  const touch = async ({ id, createdAt, expiresAt }: OpenSession): Promise<void> => {
    const now = realClock.now().getTime()
    const idle = now + env.ONEMAP_IDLE_MINUTES * 60_000
    const ends = Math.min(idle, endOf(createdAt, env.ONEMAP_SESSION_HOURS).getTime())
    if (ends - expiresAt.getTime() < touchMs) return
    const at = new Date(now)
    await db.sql`
      update auth_session set expires_at = ${new Date(ends)}, updated_at = ${at} where id = ${id}`
  }

  const foundOf = (c: Context): Promise<Found> => {
    const cookies = [getCookie(c, sessionCookie), getCookie(c, deviceCookie)]
    if (!cookies.some(Boolean)) return Promise.resolve(nobody)
    const key = `${cookies.join(' ')}${c.req.path.endsWith('/event') ? ' event' : ''}`
    const now = performance.now()
    const known = kept.get(key)
    if (known && known.until > now) return known.found
    if (kept.size >= mostKept) forget()
    const found = lookUp(c)
    kept.set(key, { until: now + keptMs, found })
    found.catch(() => kept.delete(key))
    return found
  }

  return {
    auth,
    forget,
    find: async (c) => (await foundOf(c)).viewer,
    current: async (c) => (await foundOf(c)).current,
    device: async (c) => (await foundOf(c)).device,
  }
}

/** When a session ends at any rate. */
export const endOf = (createdAt: Date, hours: number): Date =>
  new Date(createdAt.getTime() + hours * 3_600_000)

/** Signed in, and able to do nothing until the duty is done. */
const withoutRights = (viewer: Viewer): Viewer => ({
  ...viewer,
  grants: [],
  scope: { all: false, units: [], parks: [], projects: [], departments: [] },
})

/** Made at the first use, and again after a failure. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}
