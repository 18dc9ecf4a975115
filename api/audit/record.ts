import type { Context, MiddlewareHandler } from 'hono'
import { access } from '../access.ts'
import type { Deps } from '../deps.ts'
import { routeOf } from '../http/access.ts'
import { callerOf } from '../http/address.ts'
import { ApiFailure } from '../http/failure.ts'
import type { Viewer } from '../person/viewer.ts'
import { DeniedRequests } from './denied.ts'
import { type AuditEvent, recordEvent } from './event.ts'

/**
 * Records what leaves no change: requests that were refused, and files that are taken away. A file is
 * whatever is answered as an attachment, and is not given where it cannot be recorded.
 */
export function recordRequests({ db, log }: Pick<Deps, 'db' | 'log'>): MiddlewareHandler {
  const denied = new DeniedRequests(db, log)
  return async (c, next) => {
    await next()
    if (isRefusal(c)) await denied.note(keyOf(c), refusalOf(c))
    else if (isFile(c)) await recordEvent(db.sql, db.clock.now(), fileOf(c))
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Not signed in, not allowed, or a write to a row that is not there for whoever asks. */
function isRefusal(c: Context): boolean {
  const { status } = c.res
  // What stands open to everybody tells of failures itself, as signing in does.
  if (access[routeOf(c) ?? ''] === 'public') return false
  if (status === 401 || status === 403) return true
  return status === 404 && !reading.has(c.req.method) && routeOf(c) !== null
}

const isFile = (c: Context): boolean =>
  c.req.method === 'GET' &&
  c.res.ok &&
  /^attachment/.test(c.res.headers.get('content-disposition') ?? '')

const viewerOf = (c: Context) => c.get('viewer') as Viewer | undefined
const routeText = (c: Context) => routeOf(c) ?? `${c.req.method} 其他`

const keyOf = (c: Context): string =>
  `${viewerOf(c)?.id ?? callerOf(c).address ?? ''} ${routeText(c)} ${c.res.status}`

const who = (c: Context) => {
  const viewer = viewerOf(c)
  const { address, agent } = callerOf(c)
  return { personId: viewer?.id ?? null, actor: viewer?.name ?? '未登录', address, agent }
}

function refusalOf(c: Context): AuditEvent {
  const failure = c.error instanceof ApiFailure ? c.error : null
  const detail = {
    route: routeText(c),
    path: c.req.path,
    status: c.res.status,
    code: failure?.code ?? null,
  }
  return { kind: 'denied', ...who(c), reason: failure?.message ?? '', detail }
}

function fileOf(c: Context): AuditEvent {
  const name = /filename\*=UTF-8''([^;]+)/.exec(c.res.headers.get('content-disposition') ?? '')?.[1]
  const detail = {
    route: routeText(c),
    query: new URL(c.req.url).search.slice(1),
    file: decodeURIComponent(name ?? ''),
  }
  return { kind: 'export', ...who(c), reason: `下载 ${detail.file || detail.route}`, detail }
}
