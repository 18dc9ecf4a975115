import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { AsOf } from '../http/contract.ts'
import { describe, unchanged } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { UnitBoundary, UnitList } from './contract.ts'
import { listUnits, unitBoundaries } from './queries.ts'

export const unitRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '填报单位', summary: '填报单位清单' }, UnitList),
      validate('query', AsOf),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        return c.json({ rows: await listUnits(db.sql, view.asOf) }, 200)
      },
    )
    .get(
      '/boundary',
      describe(
        { tag: '填报单位', summary: '填报单位边界，GeoJSON，EPSG:4326', also: unchanged },
        UnitBoundary,
      ),
      validate('query', AsOf),
      etag(),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        return c.json(await unitBoundaries(db.sql, view.asOf), 200)
      },
    )
