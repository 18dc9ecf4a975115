import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import type { Database } from 'api/db/database'
import type { Deps, Live } from 'api/deps'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { ApiError } from 'api/http/contract'
import { onError } from 'api/http/error'
import { wholeCity } from 'api/person/viewer'
import { tileRoutes } from 'api/tile/routes'
import { TileStore } from 'api/tile/store'
import { Hono } from 'hono'
import { PbfReader } from 'pbf'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestApp } from '../support/app.ts'
import { openTestDatabase } from '../support/database.ts'
import { seedProjects } from '../support/seeded-projects.ts'
import { citySessions } from '../support/viewer.ts'

const author = { actor: '测试员', reason: '瓦片的测试' }
const count = 549
let db: Database
let live: Live
let deps: Deps
let store: TileStore
let app: Hono

beforeAll(async () => {
  db = await openTestDatabase()
  await seedProjects(db, count)
  const log = pino({ level: 'silent' })
  live = await createLive(db, log)
  deps = { db, live, log, env: readEnv({}), sessions: citySessions }
  store = new TileStore(deps)
  app = new Hono().onError(onError(log)).route(
    '/',
    tileRoutes(deps, () => store),
  )
})
afterAll(async () => {
  await store.close()
  await live.close()
  await db.close()
})

async function featuresOf(path: string, layer = 'project'): Promise<VectorTileFeature[]> {
  const response = await app.request(path)
  if (response.status === 204) return []
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
  const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  expect(Object.keys(tile.layers)).toEqual([layer])
  const found = tile.layers[layer]
  return Array.from({ length: found?.length ?? 0 }, (_, at) => found?.feature(at)).filter(
    (feature) => feature !== undefined,
  )
}

/** The tile that contains a position, by the definition of web mercator tiles. */
function tileAt(z: number, lon: number, lat: number): string {
  const side = 2 ** z
  const x = Math.floor(((lon + 180) / 360) * side)
  const phi = (lat * Math.PI) / 180
  const y = Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * side)
  return `${z}/${x}/${y}`
}

/** Tiles that cover all seeded projects at a zoom, without those drawn only into the margin. */
async function everyFeature(z: number): Promise<VectorTileFeature[]> {
  const found: VectorTileFeature[] = []
  const [, x0 = 0, y0 = 0] = tileAt(z, 112.97, 28.02).split('/').map(Number)
  const [, x1 = 0, y1 = 0] = tileAt(z, 114.27, 26.04).split('/').map(Number)
  for (let x = x0; x <= x1; x++) {
    for (let y = y0; y <= y1; y++) {
      const features = await featuresOf(`/project/${z}/${x}/${y}.mvt`)
      found.push(
        ...features.filter((feature) => {
          const [[at] = []] = feature.loadGeometry()
          return at && at.x >= 0 && at.y >= 0 && at.x < feature.extent && at.y < feature.extent
        }),
      )
    }
  }
  return found
}

test('a project stands where it is, with its facts', async () => {
  const [row] = await db.sql<
    { id: number; name: string; lon: number; lat: number; unitId: number; totalWan: number }[]
  >`select id, name, unit_id, total_wan, st_x(location) as lon, st_y(location) as lat
      from project where code = 'ZZ-2023-000123'`
  if (!row) throw new Error('not seeded')
  const path = tileAt(18, row.lon, row.lat)
  const [z = 0, x = 0, y = 0] = path.split('/').map(Number)
  const feature = (await featuresOf(`/project/${path}.mvt`)).find(({ id }) => id === row.id)
  expect(feature?.properties).toEqual({
    id: row.id,
    name: row.name,
    category: 'ecology',
    stage: 'building',
    light: 'red',
    positionQuality: 'town',
    provenance: 'synthetic',
    unit: row.unitId,
    totalWan: row.totalWan,
  })
  expect(feature?.toGeoJSON(x, y, z).geometry).toEqual({
    type: 'Point',
    coordinates: [expect.closeTo(row.lon, 6), expect.closeTo(row.lat, 6)],
  })
})

test.each([0, 6, 9, 12])(
  'zoom %i counts every project once, by light, and all money',
  async (z) => {
    const features = await everyFeature(z)
    const states = ['red', 'amber', 'green', 'stale', 'finished', 'none'] as const
    const total = { count: 0, wan: 0, lights: Object.fromEntries(states.map((one) => [one, 0])) }
    for (const { properties, id } of features) {
      total.wan += Number(properties['totalWan'])
      if (properties['cluster']) {
        expect(id).toBeGreaterThan(2 ** 40)
        total.count += Number(properties['point_count'])
        for (const one of states)
          total.lights[one] = (total.lights[one] ?? 0) + Number(properties[one])
      } else {
        total.count += 1
        const light = String(properties['light'])
        total.lights[light] = (total.lights[light] ?? 0) + 1
      }
    }
    const [sum] = await db.sql<{ wan: number }[]>`select sum(total_wan) as wan from project`
    expect(total.count).toBe(count)
    expect(total.wan).toBeCloseTo(sum?.wan ?? 0, 1)
    expect(Object.values(total.lights).reduce((all, one) => all + one, 0)).toBe(count)
    expect(total.lights['stale']).toBe(Math.floor(count / 7))
  },
)

test('100 requests at once for one cold tile make it once', async () => {
  const path = `/project/${tileAt(11, 113.13, 27.85)}.mvt`
  await featuresOf('/project/0/0/0.mvt')
  const before = store.made(wholeCity, 'project')
  const bodies = await Promise.all(
    Array.from({ length: 100 }, async () =>
      Buffer.from(await (await app.request(path)).arrayBuffer()).toString('base64'),
    ),
  )
  expect(new Set(bodies).size).toBe(1)
  expect(bodies[0]?.length).toBeGreaterThan(100)
  expect(store.made(wholeCity, 'project')).toBe(before + 1)
})

test('gzip for those who take it, the same bytes for those who do not, 304 by content', async () => {
  const path = `/project/${tileAt(10, 113.13, 27.85)}.mvt`
  const plain = await app.request(path, { headers: { 'accept-encoding': 'br, gzip;q=0' } })
  const packed = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  const unpacked = new Response(packed.body?.pipeThrough(new DecompressionStream('gzip')))
  expect(Buffer.from(await unpacked.arrayBuffer())).toEqual(Buffer.from(await plain.arrayBuffer()))
  const tag = plain.headers.get('etag') ?? ''
  const again = await app.request(path, { headers: { 'if-none-match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

/** A request that a new version keeps waiting gets the one before: it is asked again until it tells. */
const shown = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 60_000, interval: 50 })

test('a change shows; tiles that it does not touch keep their tag', async () => {
  const [row] = await db.sql<{ id: number; lon: number; lat: number }[]>`
    select id, st_x(location) as lon, st_y(location) as lat from project
     where code = 'ZZ-2023-000200'`
  if (!row) throw new Error('not seeded')
  const path = `/project/${tileAt(20, row.lon, row.lat)}.mvt`
  const far = `/project/${tileAt(20, 113.0, 26.1)}.mvt`
  const farTag = (await app.request(far)).headers.get('etag')
  await featuresOf(path)
  await db.transact(author, (tx) => tx`update project set name = '改名的项目' where id = ${row.id}`)
  await shown(async () => {
    const renamed = (await featuresOf(path)).find(({ id }) => id === row.id)
    expect(renamed?.properties['name']).toBe('改名的项目')
  })
  expect((await app.request(far)).headers.get('etag')).toBe(farTag)
})

test('units and parks are polygons that follow their changes', async () => {
  expect((await app.request('/unit/8/208/108.mvt')).status).toBe(204)
  await db.transact(author, async (tx) => {
    await tx`insert into unit (code, name, short_name, level, boundary) values
      ('area', '荷塘区', '荷塘', 'unit', st_multi(st_makeenvelope(113.1, 27.8, 113.3, 28, 4326)))`
    await tx`insert into park (code, name, unit_id, boundary)
      select 'p', '航空城', id, st_multi(st_makeenvelope(113.15, 27.85, 113.2, 27.9, 4326))
        from unit where code = 'area'`
  })
  const path = `${tileAt(9, 113.18, 27.88)}.mvt`
  await shown(async () => {
    const [unit] = await featuresOf(`/unit/${path}`, 'unit')
    expect([unit?.type, unit?.properties['name'], unit?.properties['shortName']]).toEqual([
      3,
      '荷塘区',
      '荷塘',
    ])
  })
  await shown(async () => {
    const [park] = await featuresOf(`/park/${path}`, 'park')
    expect(park?.properties).toMatchObject({ name: '航空城', boundaryQuality: 'approximate' })
  })
})

test.each([
  ['/project/x/0/0.mvt', 'z'],
  ['/project/25/0/0.mvt', 'z'],
  ['/project/-1/0/0.mvt', 'z'],
  ['/project/3/8/0.mvt', 'x'],
  ['/project/3/0/8.mvt', 'y'],
  ['/project/3/0/1.5.mvt', 'y'],
  ['/project/3/0/%27.mvt', 'y'],
  ['/secret/3/0/0.mvt', 'layer'],
])('%s is refused, naming %s', async (path, field) => {
  const response = await app.request(path)
  expect(response.status).toBe(400)
  const { error } = ApiError.parse(await response.json())
  expect(error).toMatchObject({ code: 'TILE_INVALID', details: [{ field }] })
})

test('the site serves tiles beside its pages, and shapes their errors', async () => {
  const { get, close } = await openTestApp(db)
  const tile = await get('/tile/project/0/0/0.mvt', { 'accept-encoding': 'gzip' })
  expect([tile.status, tile.headers.get('content-encoding')]).toEqual([200, 'gzip'])
  const missing = await get('/tile/project/0/0')
  expect(ApiError.parse(await missing.json()).error.code).toBe('ROUTE_NOT_FOUND')
  const wrong = await get('/tile/project/0/1/0.mvt')
  expect(ApiError.parse(await wrong.json()).error.code).toBe('TILE_INVALID')
  await close()
})

test('an empty tile has no content; TileJSON names the layer and its fields', async () => {
  expect((await app.request('/project/10/0/0.mvt')).status).toBe(204)
  const response = await app.request('http://map.test/project.json')
  expect(await response.json()).toMatchObject({
    tilejson: '3.0.0',
    tiles: ['http://map.test/tile/project/{z}/{x}/{y}.mvt'],
    vector_layers: [{ id: 'project', fields: { name: 'String', totalWan: 'Number' } }],
  })
})

const gdal = existsSync('/usr/bin/ogrinfo')
const required = process.env['ONEMAP_TEST_REQUIRE'] === 'all'

test.skipIf(!gdal && !required)('GDAL (gdal-bin) reads tiles: all projects, names', async () => {
  const overview = await ogrinfo('0/0/0')
  const counts = [...overview.matchAll(/point_count \(Integer\) = (\d+)/g)].map(([, n]) =>
    Number(n),
  )
  expect(counts.reduce((all, one) => all + one, 0)).toBe(count)
  const [row] = await db.sql<{ id: number; name: string; lon: number; lat: number }[]>`
    select id, name, st_x(location) as lon, st_y(location) as lat from project
     where code = 'ZZ-2023-000321'`
  const near = await ogrinfo(tileAt(17, row?.lon ?? 0, row?.lat ?? 0))
  expect(near).toContain(`mvt_id (Integer64) = ${row?.id}`)
  expect(near).toContain(`name (String) = ${row?.name}`)
})

async function ogrinfo(path: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'onemap-mvt-'))
  try {
    const file = join(folder, `${path}.mvt`)
    mkdirSync(dirname(file), { recursive: true })
    const response = await app.request(`/project/${path}.mvt`)
    writeFileSync(file, Buffer.from(await response.arrayBuffer()))
    return execFileSync('ogrinfo', ['-al', '-oo', 'CLIP=NO', file], { encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
