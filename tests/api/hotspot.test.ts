import type { Database } from 'api/db/database'
import { HotspotHistory, HotspotMeasures, Hotspots } from 'api/hotspot/contract'
import { keepHotspots } from 'api/hotspot/job'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
const author = { actor: '测试数据', reason: '热点' }
const at = (text: string) => new Date(`${text}T09:00:00+08:00`)

/**
 * Fifty projects more: D1–D12 in park 1, of which nine are behind for want of land, S1–S38 in three
 * knots of unit 1, of which every eighth is behind for want of money.
 */
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  await db.transact(
    author,
    async (tx) => {
      await tx`insert into cause (code, name) values ('land', '征地拆迁')`
      await tx`
        insert into project (code, name, search_text, unit_id, park_id, category, total_wan, location, position_quality, provenance)
        select 'D' || i, '园区项目' || i, '', 2, 1, 'industry', 20000,
               st_setsrid(st_makepoint(113.18 + (i % 4) * 0.003, 27.84 + (i % 3) * 0.003), 4326), 'site', 'reported'
          from generate_series(1, 12) i`
      await tx`
        insert into project (code, name, search_text, unit_id, category, total_wan, location, position_quality, provenance)
        select 'S' || i, '县里项目' || i, '', 1, 'industry', 20000,
               st_setsrid(st_makepoint(113.25 + (i % 3) * 0.12 + (i % 4) * 0.003, 27 + (i % 5) * 0.003), 4326), 'site', 'reported'
          from generate_series(1, 38) i`
      await tx`
        insert into plan (project_id, year, kind, annual_wan)
        select id, 2023, 'construction', 12000 from project where code ~ '^[DS]'`
      await tx`
        insert into investment (project_id, month, planned_wan)
        select id, make_date(2023, m, 1), 1000 from project, generate_series(1, 12) m where code ~ '^[DS]'`
    },
    at('2023-01-06'),
  )
  for (const month of [1, 2, 3]) await reportMonth(month)
})
afterAll(() => site.close())

const reportMonth = (month: number) =>
  db.transact(
    author,
    async (tx) => {
      await tx`
        insert into report (project_id, month, cause, reported_at)
        select id, make_date(2023, ${month}, 1),
               case when code ~ '^D' and ${isBehind(tx)} then 'land' when ${isBehind(tx)} then '资金' end, app_now()
          from project where code ~ '^[DS]'`
      await tx`
        update investment i set actual_wan = case when ${isBehind(tx)} then 100 else 1000 - (p.id % 5) end
          from project p
         where p.id = i.project_id and p.code ~ '^[DS]' and i.month = make_date(2023, ${month}, 1)`
    },
    at(`2023-0${month + 1}-04`),
  )
const isBehind = (tx: Parameters<Parameters<Database['transact']>[1]>[0]) =>
  tx`(case when code ~ '^D' then substr(code, 2)::int <= 9 else substr(code, 2)::int % 8 = 0 end)`

async function hotspots(query = '', login: Login = 'dispatcher'): Promise<Hotspots> {
  const answer = await site.as(login).get(`/api/hotspot${query}`)
  expect(answer.status, await answer.clone().text()).toBe(200)
  return Hotspots.parse(await answer.json())
}
const idOf = async (code: string) => {
  const [row] = await db.sql<{ id: number }[]>`select id from project where code = ${code}`
  return row?.id ?? 0
}

test.each(['', '?basis=project&bandKm=3'])(
  'the park where land is wanted is found, with what its late projects share%s',
  async (query) => {
    const { enough, places, sites, sentence, projects, late } = await hotspots(query)
    // With P1, which lies in the park and is on time.
    expect([enough, projects, late]).toEqual([true, 51, 13])
    expect(places.map(({ name, parkId, unitId }) => [name, parkId, unitId])).toEqual([
      ['荷塘产业开发区', 1, 2],
    ])
    const [place] = places
    expect(place?.projectIds).toHaveLength(13)
    expect(place?.lateIds).toHaveLength(9)
    expect(
      place?.traits.map(({ kind, name, here, hereOf, elsewhere, elsewhereOf }) => [
        kind,
        name,
        here,
        hereOf,
        elsewhere,
        elsewhereOf,
      ]),
    ).toEqual([['cause', '征地拆迁', 9, 9, 0, 4]])
    expect(place?.sentence).toContain('荷塘产业开发区：13 个项目中 9 个落后 5 个百分点以上')
    expect(sentence).toContain('51 个项目有“投资进度落后”数据')
    for (const one of sites) {
      expect(one.state === 'short').toBe(one.around < 8)
      expect(one.z === null).toBe(one.state === 'short')
      expect(one.place).toBe(one.state === 'hot' ? place?.id : null)
    }
  },
)

test('who answers for a park is judged on the own rows alone, and told that they are too few', async () => {
  const own = await hotspots('', 'park')
  expect([own.enough, own.projects, own.places, own.judged]).toEqual([false, 13, [], 0])
  expect(own.sentence).toContain('数据不足：13 个项目有“投资进度落后”数据，少于 30 个')
  const measures = await site.as('park').get('/api/hotspot/measure')
  const { columns } = HotspotMeasures.parse(await measures.json())
  const rows = await db.sql<{ id: number }[]>`select id from project where park_id = 1`
  const inPark = new Set(rows.map(({ id }) => id))
  expect(columns.id.filter((id) => !inPark.has(id))).toEqual([])
  // The county's own map, without the park, is of its own projects too.
  const county = await hotspots('', 'unit')
  expect([county.projects, county.places]).toEqual([38, []])
})

test('what the page is given to judge by itself are the measures that the map rests on', async () => {
  const { columns } = HotspotMeasures.parse(await (await site.get('/api/hotspot/measure')).json())
  const row = columns.id.indexOf(await idOf('D1'))
  expect([columns.lag[row], columns.slip[row], columns.issue[row], columns.annualWan[row]]).toEqual(
    [22.5, null, 0, 12000],
  )
  expect(columns.lon[row]).toBeCloseTo(113.183, 6)
  const lengths = new Set(Object.values(columns).map((column) => column.length))
  expect(lengths).toEqual(new Set([columns.id.length]))
})

test('a day of the past is as it was known then, whatever was corrected since', async () => {
  expect((await hotspots('?asOf=2023-01-31')).enough).toBe(false)
  const before = await hotspots('?asOf=2023-02-28')
  expect(before.places[0]?.lateIds).toHaveLength(9)
  await db.transact(
    author,
    (tx) => tx`
    update investment set actual_wan = 1000 where month < '2023-04-01'
       and project_id in (select id from project where code ~ '^D')`,
  )
  await expect.poll(async () => (await hotspots()).places).toEqual([])
  expect(await hotspots('?asOf=2023-02-28')).toEqual(before)
  await db.transact(
    author,
    (tx) => tx`
    update investment i set actual_wan = 100 from project p where p.id = i.project_id and i.month < '2023-04-01'
       and ${isBehind(tx)} and p.code ~ '^D'`,
  )
  await expect.poll(async () => (await hotspots()).places).toHaveLength(1)
})

test('open issues and late steps are measured too, and are history with their own days', async () => {
  const [d1, d2] = [await idOf('D1'), await idOf('D2')]
  await db.transact(author, async (tx) => {
    const [issue] = await tx<{ id: number }[]>`
      insert into issue (key, project_id, title, channel, raiser_name, state, holder, received_at, held_since)
      values (gen_random_uuid(), ${d1}, '征地', 'meeting', '企业', 'not_accepted', 'none', '2023-04-01T01:00:00Z', '2023-04-01T01:00:00Z')
      returning id`
    await tx`
      insert into issue_step (key, issue_id, action, at, state, holder) values
        (gen_random_uuid(), ${issue?.id ?? 0}, 'raise', '2023-04-01T01:00:00Z', 'collected', 'manager'),
        (gen_random_uuid(), ${issue?.id ?? 0}, 'screen', '2023-05-01T01:00:00Z', 'not_accepted', 'none')`
    await tx`
      insert into milestone (project_id, kind, name, original_date, original_precision)
      values (${d2}, 'start', '开工', '2023-05-01', 'day')`
  })
  const at = async (asOf: string) => {
    const answer = await site.get(`/api/hotspot/measure${asOf}`)
    const { columns } = HotspotMeasures.parse(await answer.json())
    return [columns.issue[columns.id.indexOf(d1)], columns.slip[columns.id.indexOf(d2)]]
  }
  await expect.poll(() => at('')).toEqual([0, 30])
  expect(await at('?asOf=2023-04-20')).toEqual([19, null])
})

test('each day that has ended is kept once, and the city’s history rests on it', async () => {
  await keepHotspots(db, at('2023-05-29'))
  await keepHotspots(db, at('2023-05-31'))
  await keepHotspots(db, at('2023-05-31'))
  const kept = await db.sql<
    { day: string; map: unknown }[]
  >`select day, map from hotspot order by day`
  expect(kept.map(({ day }) => day)).toEqual(['2023-05-28', '2023-05-29', '2023-05-30'])
  expect(Hotspots.parse(kept[0]?.map)).toEqual(await hotspots('?asOf=2023-05-28'))
  const history = async (query: string, login: Login = 'dispatcher') =>
    HotspotHistory.parse(await (await site.as(login).get(`/api/hotspot/history?${query}`)).json())
  await db.sql`update hotspot set map = jsonb_set(map, '{enough}', 'false') where day = '2023-05-29'`
  const days = await history('every=day&periods=4')
  expect(days.periods.map(({ date, enough }) => [date, enough])).toEqual([
    ['2023-05-28', true],
    ['2023-05-29', false],
    ['2023-05-30', true],
    ['2023-05-31', true],
  ])
  // One that an older version kept in another shape is worked out anew.
  await db.sql`update hotspot set map = map - 'mean' where day = '2023-05-29'`
  expect((await history('every=day&periods=4')).periods[1]?.enough).toBe(true)
  // Another measure, and whoever sees a part of the city, is not answered from what was kept.
  expect((await history('every=day&periods=4&basis=project')).periods[1]?.enough).toBe(true)
  expect(
    (await history('every=day&periods=4', 'park')).periods.every(({ enough }) => !enough),
  ).toBe(true)
  const months = await history('every=month&periods=5')
  expect(
    months.places.map(({ name, course, isHot, judged }) => [name, course, isHot, judged]),
  ).toEqual([['荷塘产业开发区', 'persistent', true, 3]])
})

test('who sees a part of the city finds no map of the whole', async () => {
  const asker = {
    personId: null,
    scope: { all: false, units: [1], parks: [], projects: [], departments: [] },
  }
  expect(await db.read(asker, (tx) => tx`select day from hotspot`)).toEqual([])
})

test.each([
  ['measure=delay', 'measure'],
  ['bandKm=0', 'bandKm'],
  ['bandKm=abc', 'bandKm'],
  ['weighted=ja', 'weighted'],
  ['basis=zoom', 'basis'],
])('%s is refused with the field that is wrong', async (query, field) => {
  const answer = await site.get(`/api/hotspot?${query}`)
  expect(answer.status).toBe(400)
  expect((await answer.json()).error.details[0].field).toBe(field)
})

test('a rule of the city’s own holds, and a damaged one is named', async () => {
  const put = (value: unknown) =>
    db.sql`insert into setting (key, value) values ('hotspot_rule', ${db.sql.json(value as never)})
           on conflict (key) do update set value = excluded.value`
  const { rule } = await hotspots()
  await put({ ...rule, minimum: 40 })
  const strict = await hotspots()
  expect([strict.enough, strict.judged]).toEqual([false, 0])
  expect(strict.sentence).toContain('没有一个网格周围有 40 个项目')
  await put({ minimum: 3 })
  expect((await site.get('/api/hotspot')).status).toBe(500)
  await db.sql`delete from setting where key = 'hotspot_rule'`
})
