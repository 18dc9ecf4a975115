import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { Database } from 'api/db/database'
import type { Live } from 'api/deps'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { onError } from 'api/http/error'
import type { LightState } from 'api/light/contract'
import { own } from 'api/light/rule/shipped'
import { MapBodies } from 'api/map/bodies'
import { MapSnapshot } from 'api/map/contract'
import { mapRoutes } from 'api/map/routes'
import { MapStore } from 'api/map/store'
import { wholeCity } from 'api/person/viewer'
import { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { seedProjects } from '../support/seeded-projects.ts'
import { asCityViewer, citySessions } from '../support/viewer.ts'

const author = { actor: '测试员', reason: '地图的测试' }
const log = pino({ level: 'silent' })
let db: Database
/** The same database, as the map sees it. */
let counted: Database
let live: Live
let app: Hono
let ids: number[]
/** Queries of the map so far. */
let queries = 0
/** The application's time: tests move it. */
let now = new Date('2023-05-31T09:00:00+08:00')

beforeAll(async () => {
  db = await openTestDatabase({ now: () => now, simulated: true })
  const sql = new Proxy(db.sql, {
    apply: (target, self, args) => {
      queries += 1
      return Reflect.apply(target, self, args)
    },
  })
  counted = { ...db, sql }
  ids = await seedProjects(db, 549)
  live = await createLive(db, log)
  app = new Hono()
    .onError(onError(log))
    .use(asCityViewer)
    .route('/', mapRoutes({ db: counted, live, log, env: readEnv({}), sessions: citySessions }))
})
afterAll(async () => {
  await live.close()
  await db.close()
})

async function get(path = '/', headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers })
  expect(response.status).toBe(200)
  const map = MapSnapshot.parse(await response.json())
  const lengths = new Set(Object.values(map.columns).map((column) => column.length))
  expect(lengths.size).toBe(1)
  return { map, response }
}

/** One project's row of the columns. */
function row(map: MapSnapshot, id: number) {
  const at = map.columns.id.indexOf(id)
  if (at < 0) return null
  return Object.fromEntries(
    Object.entries(map.columns).map(([name, column]) => [name, column[at] ?? null]),
  )
}

async function write(
  ...statements: ((tx: Parameters<Parameters<Database['transact']>[1]>[0]) => Promise<unknown>)[]
) {
  const told = new Promise<void>((resolve) => {
    const stop = live.subscribe(() => {
      stop()
      resolve()
    })
  })
  await db.transact(author, async (tx) => {
    for (const statement of statements) await statement(tx)
  })
  await told
}

test('every project in columns, with stage and light of the day', async () => {
  const { map } = await get()
  expect(map).toMatchObject({ partial: false, date: '2023-05-31', year: 2023, rule: '本市 v1' })
  expect(map.seq).toBe(live.seq)
  expect(map.columns.id).toEqual(ids)
  const [fact] = await db.sql`
    select name, unit_id, st_x(location) as lon, st_y(location) as lat, total_wan
      from project where id = ${ids[10] ?? 0}`
  const light = (state: LightState) => map.words.light.indexOf(state)
  expect(row(map, ids[10] ?? 0)).toEqual({
    id: ids[10],
    code: 'ZZ-2023-000011',
    name: fact?.['name'],
    initials: 'gdjtcyy11',
    enterprise: '株洲11有限公司',
    unit: fact?.['unitId'],
    park: -1,
    lon: Math.round(Number(fact?.['lon']) * 1e5),
    lat: Math.round(Number(fact?.['lat']) * 1e5),
    category: map.words.category.indexOf('ecology'),
    stage: map.words.stage.indexOf('building'),
    light: light('red'),
    start: light('green'),
    progress: light('none'),
    payment: light('red'),
    statistics: light('red'),
    lightOriginal: light('red'),
    startOriginal: light('green'),
    progressOriginal: light('none'),
    paymentOriginal: light('red'),
    evidence: light('stale'),
    disagrees: 0,
    positionQuality: map.words.positionQuality.indexOf('town'),
    provenance: map.words.provenance.indexOf('synthetic'),
    planKind: map.words.planKind.indexOf('construction'),
    counted: 1,
    totalWan: fact?.['totalWan'],
    annualWan: Math.round((Number(fact?.['totalWan']) / 3) * 100) / 100,
    doneWan: 0,
    plannedWan: Math.round(Number(fact?.['totalWan']) * 10) / 100,
    lagPoints: -30,
    reported: 2023 * 12 + 3,
  })
})

test('549 projects are at most 60 kB; every encoding carries the same text', async () => {
  const bodies = await Promise.all(
    ['br, gzip', 'gzip', 'identity'].map(async (accept) => {
      const response = await app.request('/', { headers: { 'accept-encoding': accept } })
      return {
        encoding: response.headers.get('content-encoding'),
        bytes: Buffer.from(await response.arrayBuffer()),
      }
    }),
  )
  expect(bodies.map(({ encoding }) => encoding)).toEqual(['br', 'gzip', null])
  const [br, gz, plain] = bodies.map(({ bytes }) => bytes)
  if (!br || !gz || !plain) throw new Error('three bodies expected')
  expect(br.length).toBeLessThanOrEqual(60_000)
  expect(gz.length).toBeLessThanOrEqual(60_000)
  expect(await promisify(brotliDecompress)(br)).toEqual(plain)
  expect(await promisify(gunzip)(gz)).toEqual(plain)
})

test('unchanged is 304 without a query', async () => {
  const { response } = await get()
  const tag = response.headers.get('etag') ?? ''
  const before = queries
  for (const held of [tag, `"other", ${tag}`, '*']) {
    const again = await app.request('/', { headers: { 'if-none-match': held } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
  const known = await app.request('/', { headers: { 'if-none-match': 'W/"other"' } })
  expect(known.status).toBe(200)
  expect(queries).toBe(before)
})

test('a delta carries what changed, what came and what is gone, and nothing else', async () => {
  const { map: held } = await get()
  const [changed = 0, removed = 0] = ids.slice(20)
  await write(
    (tx) => tx`update project set name = '改名' where id = ${changed}`,
    (tx) => tx`delete from project where id = ${removed}`,
    (tx) => tx`insert into project (code, name, unit_id, category)
               select 'new', '没有坐标的新项目', id, 'industry' from unit limit 1`,
  )
  const { map: delta } = await get(`/?since=${held.version}`)
  const [fresh] = await db.sql<{ id: number }[]>`select id from project where code = 'new'`
  expect(delta).toMatchObject({ partial: true, gone: [removed] })
  expect(delta.columns.id).toEqual([changed, fresh?.id])
  expect(row(delta, changed)?.['name']).toBe('改名')
  expect(row(delta, fresh?.id ?? 0)).toMatchObject({
    lon: null,
    lat: null,
    planKind: -1,
    reported: -1,
  })
  const { map: whole } = await get()
  expect(whole.columns.id).toEqual([...ids.filter((id) => id !== removed), fresh?.id])
  expect(row(whole, changed)).toEqual(row(delta, changed))
  const { map: none } = await get(`/?since=${whole.version}`)
  expect([none.partial, none.columns.id, none.gone]).toEqual([true, [], []])
  const { map: unknown } = await get('/?since=1.2023-05-31.2023.00000000')
  expect([unknown.partial, unknown.columns.id.length]).toEqual([false, ids.length])
  ids = whole.columns.id
})

test('what other nouns tell of a project shows too: money, report, a parent on the list', async () => {
  const [parent = 0, child = 0] = ids.slice(40)
  const { map: held } = await get()
  await write((tx) => tx`update project set parent_id = ${parent} where id = ${child}`)
  await write(
    (tx) => tx`update plan set removed_on = '2023-05-01', change_reason = '调出'
                          where project_id = ${parent}`,
  )
  const { map: delta } = await get(`/?since=${held.version}`)
  expect(delta.columns.id).toEqual([parent, child])
  expect(row(delta, child)?.['counted']).toBe(1)
  await write((tx) => tx`update plan set removed_on = null where project_id = ${parent}`)
  const { map: again } = await get(`/?since=${delta.version}`)
  expect(row(again, child)?.['counted']).toBe(0)
  await write(
    (tx) => tx`insert into investment (project_id, month, planned_wan, actual_wan)
               values (${child}, '2023-05-01', 10, 5.5)`,
    (tx) => tx`insert into report (project_id, month, reported_at)
               values (${child}, '2023-05-01', '2023-05-31T00:00:00Z')`,
  )
  const { map: last } = await get(`/?since=${again.version}`)
  const done = Number(row(again, child)?.['doneWan'])
  expect(row(last, child)?.['doneWan']).toBeCloseTo(done + 5.5, 2)
  expect(row(last, child)?.['reported']).toBe(2023 * 12 + 4)
})

test('a past instant shows what was known then, untouched by later edits', async () => {
  const id = ids[100] ?? 0
  const { map: before } = await get()
  const instant = new Date(now.getTime() + 60_000)
  now = new Date(now.getTime() + 120_000)
  await write((tx) => tx`update project set name = '后来的名字', total_wan = 1 where id = ${id}`)
  const path = `/?asOf=${encodeURIComponent(instant.toISOString())}`
  const { map: past, response } = await get(path)
  expect(past).toMatchObject({ partial: false, asOf: instant.toISOString(), date: '2023-05-31' })
  expect(past.columns).toEqual(before.columns)
  expect(row((await get()).map, id)?.['name']).toBe('后来的名字')
  const tag = response.headers.get('etag') ?? ''
  expect((await app.request(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
  const future = await app.request('/?asOf=2023-06-01')
  expect([future.status, await future.json()]).toMatchObject([
    400,
    { error: { code: 'AS_OF_FUTURE' } },
  ])
})

test('a new day and a new rule recolour the map', async () => {
  const { map: held } = await get()
  now = new Date('2023-06-20T09:00:00+08:00')
  const { map: later } = await get(`/?since=${held.version}`)
  expect(later).toMatchObject({ partial: false, date: '2023-06-20' })
  const states = (map: MapSnapshot) => map.columns.light.map((at) => map.words.light[at])
  expect(states(held).filter((state) => state === 'stale').length).toBeLessThan(100)
  expect(states(later).filter((state) => state === 'stale').length).toBeGreaterThan(500)
  const rule = { ...own, name: '试行', version: 2, staleDays: 80 }
  await write(
    (tx) => tx`insert into light_rule (name, version, rule, person)
               values ('试行', 2, ${JSON.stringify(rule)}::text::jsonb, '测试员')`,
    (tx) => tx`insert into light_adoption (name, version, from_on, note, person)
               values ('试行', 2, '2023-06-20', '试行', '测试员')`,
  )
  const { map: ruled } = await get(`/?since=${later.version}`)
  expect(ruled).toMatchObject({ partial: false, rule: '试行 v2' })
  expect(states(ruled).filter((state) => state === 'stale').length).toBeLessThan(100)
})

test('requests at the same time share one reading, one encoding and one compression', async () => {
  const store = new MapStore(counted, live, wholeCity)
  const bodies = new MapBodies(counted)
  const before = queries
  const sent = await Promise.all(
    Array.from({ length: 50 }, async () => (await bodies.present(store, undefined, 'br')).body()),
  )
  const together = queries - before
  expect(new Set(sent).size).toBe(1)
  expect(bodies.cache.made).toBe(2)
  const alone = queries
  await new MapStore(counted, live, wholeCity).current()
  expect(together).toBe(queries - alone)
})
