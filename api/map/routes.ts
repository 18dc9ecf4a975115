import { type Context, Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { describe, unchanged } from '../http/describe.ts'
import { type Encoding, encodingOf, matches } from '../http/encoding.ts'
import { validate } from '../http/validate.ts'
import { viewerOf } from '../http/viewer.ts'
import { MapBodies, type Tagged } from './bodies.ts'
import { MapFilter, MapSnapshot } from './contract.ts'
import { mapStore } from './store.ts'

/** GET /map: all projects that one may see, in columns; unchanged is answered with 304 and no query. */
export const mapRoutes = (deps: Deps) => {
  let made: MapBodies | undefined
  const bodies = () => {
    made ??= new MapBodies(deps.db)
    return made
  }
  return new Hono().get(
    '/',
    describe({ tag: '地图', summary: '全部项目的地图快照（按列）', also: unchanged }, MapSnapshot),
    validate('query', MapFilter),
    async (c) => {
      const { asOf, since } = c.req.valid('query')
      const store = mapStore(deps, viewerOf(c).scope)
      const encoding = encodingOf(c.req.header('accept-encoding'))
      const answer =
        asOf === undefined
          ? await bodies().present(store, since, encoding)
          : await bodies().past(store, asOf, encoding)
      return send(c, answer, encoding)
    },
  )
}

async function send(c: Context, answer: Tagged, encoding: Encoding): Promise<Response> {
  const headers = {
    etag: answer.tag,
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding',
  }
  if (matches(c.req.header('if-none-match'), answer.tag)) return c.body(null, 304, headers)
  const body = await answer.body()
  return c.body(new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length), 200, {
    ...headers,
    'content-type': 'application/json',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  })
}
