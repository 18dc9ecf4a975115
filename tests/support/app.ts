import { createApp } from 'api/app'
import type { Database } from 'api/db/database'
import type { Deps } from 'api/deps'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { createSite } from 'api/site'
import { pino } from 'pino'

export interface TestApp {
  deps: Deps & Required<Pick<Deps, 'live'>>
  app: ReturnType<typeof createApp>
  site: ReturnType<typeof createSite>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>
  close(): Promise<void>
}

/** The whole site over a test database, asked without a port; paths begin with /api, /tile or /health. */
export async function openTestApp(
  db: Database,
  settings: Record<string, string> = {},
): Promise<TestApp> {
  const log = pino({ level: 'silent' })
  const deps = { db, env: readEnv(settings), log, live: await createLive(db, log) }
  const site = createSite(deps)
  return {
    deps,
    app: createApp(deps),
    site,
    get: async (path, headers = {}) => site.request(path, { headers }),
    send: async (method, path, body, headers = {}) =>
      site.request(path, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    close: () => deps.live.close(),
  }
}
