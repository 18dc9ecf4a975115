import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Deps } from '../deps.ts'
import { describe, unchanged } from '../http/describe.ts'
import { readBasemap } from './basemap.ts'
import { BasemapFeatures, City } from './contract.ts'
import { readCity } from './queries.ts'

export const cityRoutes = (deps: Deps) =>
  new Hono()
    .get('/', describe({ tag: '城市', summary: '城市、时钟与底图' }, City), async (c) =>
      c.json(await readCity(deps), 200),
    )
    .get(
      '/basemap',
      describe(
        { tag: '城市', summary: '底图要素：河流、省界、周边城市，GeoJSON', also: unchanged },
        BasemapFeatures,
      ),
      etag(),
      async (c) => c.json(await readBasemap(deps.db.sql), 200),
    )
