import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { viewerOf } from '../http/viewer.ts'
import { ChangeFilter, ChangeList } from './contract.ts'
import { liveOf } from './live.ts'
import { EventHub } from './stream.ts'
import { asTold, isTold } from './told.ts'

/** GET /event: server-sent events of every commit, resumable without loss. */
export const eventRoutes = (deps: Deps) => {
  let hub: EventHub | undefined
  return new Hono<{ Bindings: Partial<HttpBindings> }>().get(
    '/',
    describe(
      {
        tag: '变更',
        summary:
          '变更推送（SSE）：event change 是变更数组，reset 表示须全部重取，clock 是现在时刻；可用 Last-Event-ID 或 since 续传',
        type: 'text/event-stream',
        headers: { 'Last-Event-ID': '已收到的最后一条的 id，由此续传' },
      },
      z.string(),
    ),
    validate('query', ChangeFilter.pick({ since: true }).partial()),
    (c): Response | Promise<Response> => {
      // Hono answers HEAD as GET without the body: the stream would be served to nobody, for ever.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
      hub ??= new EventHub(liveOf(deps), deps.db.clock)
      const from = hub
      const since =
        lastEventId(c) ?? (c.req.query('since') ? c.req.valid('query').since : undefined)
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, (stream) => {
        const drop = () => {
          stream.abort()
          c.env?.outgoing?.destroy()
        }
        const admission = () => deps.sessions.find(c)
        return from.serve(
          {
            write: (message) => stream.write(message),
            get aborted() {
              return stream.aborted || stream.closed
            },
            drop,
          },
          admission,
          since,
        )
      })
    },
  )
}

/** GET /change: the same changes as JSON, for programs that ask from time to time. */
export const changeRoutes = (deps: Deps) =>
  new Hono().get(
    '/',
    describe({ tag: '变更', summary: '某一序号之后的变更' }, ChangeList),
    validate('query', ChangeFilter),
    async (c) => {
      const { since, limit } = c.req.valid('query')
      const live = liveOf(deps)
      const changes = await live.since(since, limit)
      const rows = changes.filter((change) => isTold(viewerOf(c), change)).map(asTold)
      return c.json({ last: changes.at(-1)?.seq ?? live.seq, rows }, 200)
    },
  )

/**
 * What a browser sends when it resumes. An id that is none of ours says that something was missed but
 * not what: it counts as one from the future, which starts the page afresh.
 */
function lastEventId(c: Context): number | undefined {
  const id = c.req.header('last-event-id')
  if (id === undefined || id === '') return undefined
  return /^\d{1,15}$/.test(id) ? Number(id) : Number.MAX_SAFE_INTEGER
}
