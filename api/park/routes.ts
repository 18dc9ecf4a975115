import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { AsOf } from '../http/contract.ts'
import { describe, unchanged } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { ParkBoundary, ParkList } from './contract.ts'
import { listParks, parkBoundaries } from './queries.ts'

export const parkRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '园区', summary: '园区清单' }, ParkList),
      validate('query', AsOf),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        const rows = await db.read(askerOf(c), (tx) => listParks(tx, view.asOf))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/boundary',
      describe(
        { tag: '园区', summary: '园区边界，GeoJSON，EPSG:4326', also: unchanged },
        ParkBoundary,
      ),
      validate('query', AsOf),
      etag(),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        return c.json(await db.read(askerOf(c), (tx) => parkBoundaries(tx, view.asOf)), 200)
      },
    )
