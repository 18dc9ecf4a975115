import { createApp } from 'api/app'
import type { Database } from 'api/db/database'
import type { Deps } from 'api/deps'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { openSession } from 'api/session/open-session'
import { createSessions } from 'api/session/sessions'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { addPeople, type Login, logins, wallToken } from './people.ts'

/** How one person asks; paths begin with /api, /tile or /health. */
export interface Asking {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>
  /** Anything else, with the person's cookie. */
  request(path: string, init?: RequestInit): Promise<Response>
}

/** Asks as the dispatcher, who sees the city; as somebody else with `as`, as nobody with `as(null)`. */
export interface TestApp extends Asking {
  deps: Deps & Required<Pick<Deps, 'live'>>
  app: ReturnType<typeof createApp>
  site: ReturnType<typeof createSite>
  as(login: Login | null): Asking
  /** Of the dispatcher, for requests over a port. */
  cookie: string
  close(): Promise<void>
}

/** The whole site over a test database, asked without a port, with one person for each role. */
export async function openTestApp(
  db: Database,
  settings: Record<string, string> = {},
): Promise<TestApp> {
  await addPeople(db)
  const log = pino({ level: 'silent' })
  const parts = { db, env: readEnv(settings), log, live: await createLive(db, log) }
  const deps = { ...parts, sessions: createSessions(parts) }
  const site = createSite(deps)
  const cookies = await cookiesOf(deps)
  const as = (login: Login | null): Asking => {
    const request: Asking['request'] = async (path, init = {}) => {
      const headers = new Headers(init.headers)
      if (login !== null) headers.set('cookie', cookies[login])
      return site.request(path, { ...init, headers })
    }
    return {
      request,
      get: (path, headers = {}) => request(path, { headers }),
      send: (method, path, body, headers = {}) =>
        request(path, {
          method,
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
    }
  }
  return {
    deps,
    app: createApp(deps),
    site,
    as,
    ...as('dispatcher'),
    cookie: cookies.dispatcher,
    close: () => deps.live.close(),
  }
}

/** What each of the people sends: a session, or the wall's own token. */
async function cookiesOf(deps: Deps): Promise<Record<Login, string>> {
  const people = await deps.db.sql<{ id: number; login: Login; kind: string }[]>`
    select id, login, kind from person where login in ${deps.db.sql(logins)} order by id`
  const cookies: [Login, string][] = []
  for (const { id, login, kind } of people) {
    const cookie = kind === 'device' ? `onemap.device=${wallToken}` : await openSession(deps, id)
    cookies.push([login, cookie])
  }
  return Object.fromEntries(cookies) as Record<Login, string>
}
