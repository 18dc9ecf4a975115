/**
 * The process that tile.bench.ts measures: the whole site, and beside it, on a bare server of its
 * own, a route that lets PostGIS make each tile (ST_AsMVT) and a route that says hello.
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { openDatabase } from 'api/db/database'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { listen } from 'api/listen'
import { createSite } from 'api/site'
import { Hono } from 'hono'
import { pino } from 'pino'
import { citySessions } from '../support/viewer.ts'

const env = readEnv({ DATABASE_URL: process.argv[2], ONEMAP_CLOCK: '2023-05-31' })
const db = await openDatabase(env)
const log = pino({ level: 'warn' })
const live = await createLive(db, log)
const site = await listen('127.0.0.1', 0)
site.show(createSite({ db, env, log, live, sessions: citySessions }))

const bare = new Hono()
  .get('/hello', (c) => c.text('hello'))
  .get('/postgis/:z/:x/:y', async (c) => {
    const { z, x, y } = c.req.param()
    const [row] = await db.sql<{ tile: Buffer }[]>`
      with tile as (select st_tileenvelope(${z}::int, ${x}::int, ${y}::int) as box),
      feature as (
        select p.id, p.name, p.category, p.position_quality, p.provenance, p.unit_id, p.total_wan,
               st_asmvtgeom(st_transform(p.location, 3857), tile.box) as geom
          from project p, tile where p.location && st_transform(tile.box, 4326))
      select st_asmvt(feature, 'project', 4096, 'geom', 'id') as tile from feature`
    const headers = { 'content-type': 'application/vnd.mapbox-vector-tile' }
    return new Response(new Uint8Array(row?.tile ?? []), { headers })
  })
const bareUrl = await serve(getRequestListener(bare.fetch))
process.send?.({ site: site.url, bare: bareUrl })
process.on('disconnect', () => process.exit(0))

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
