import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { describe, unchanged } from '../http/describe.ts'
import { encodingOf } from '../http/encoding.ts'
import { validate } from '../http/validate.ts'
import { viewerOf } from '../http/viewer.ts'
import { MapBodies } from './bodies.ts'
import { MapFilter, MapSnapshot } from './contract.ts'
import { replayRoutes } from './replay/routes.ts'
import { sendTagged } from './send.ts'
import { mapStore } from './store.ts'

/** GET /map: all projects that one may see, in columns; unchanged is answered with 304 and no query. */
export const mapRoutes = (deps: Deps) => {
  let made: MapBodies | undefined
  const bodies = () => {
    made ??= new MapBodies(deps.db)
    return made
  }
  return new Hono()
    .route('/replay', replayRoutes(deps))
    .get(
      '/',
      describe(
        { tag: '地图', summary: '全部项目的地图快照（按列）', also: unchanged },
        MapSnapshot,
      ),
      validate('query', MapFilter),
      async (c) => {
        const { asOf, since } = c.req.valid('query')
        const store = mapStore(deps, viewerOf(c).scope)
        const encoding = encodingOf(c.req.header('accept-encoding'))
        const answer =
          asOf === undefined
            ? await bodies().present(store, since, encoding)
            : await bodies().past(store, asOf, encoding)
        return sendTagged(c, answer, encoding)
      },
    )
}
