import { createApp } from 'api/app'
import { chinaDate } from 'api/clock'
import type { Database } from 'api/db/database'
import type { Deps, Sessions } from 'api/deps'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { readViewer } from 'api/person/viewer'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { addPeople, type Login } from './people.ts'

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
  const deps = {
    db,
    env: readEnv(settings),
    log,
    live: await createLive(db, log),
    sessions: sessionsOf(db),
  }
  const site = createSite(deps)
  const as = (login: Login | null): Asking => {
    const request: Asking['request'] = async (path, init = {}) => {
      const headers = new Headers(init.headers)
      if (login !== null) headers.set('cookie', `test=${login}`)
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
    cookie: 'test=dispatcher',
    close: () => deps.live.close(),
  }
}

function sessionsOf(db: Database): Sessions {
  return {
    find: async (c) => {
      const login = /test=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1]
      if (login === undefined) return null
      const [row] = await db.sql<{ id: number }[]>`select id from person where login = ${login}`
      return row ? readViewer(db.sql, row.id, chinaDate(db.clock.now())) : null
    },
  }
}
