import { createHash } from 'node:crypto'
import { viewOf } from 'api/city/view'
import { type Database, databaseOn } from 'api/db/database'
import { outlines, readCounties } from 'api/db/seed/boundary'
import { loadPack, packStart, wantsPack } from 'api/db/seed/load'
import { readPack } from 'api/db/seed/pack'
import { tellStory } from 'api/db/seed/story'
import { connect } from 'api/db/sql'
import { mapOf } from 'api/hotspot/map'
import { readMeasured } from 'api/hotspot/measure'
import { readHotspots } from 'api/hotspot/queries'
import { readHotspotRule } from 'api/hotspot/setting'
import { falseDiscovery } from 'geo/false-discovery'
import { judgeSites } from 'geo/hotspot'
import { random } from 'geo/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'

let db: Database
let seconds: number

beforeAll(async () => {
  db = await openTestDatabase()
  const began = performance.now()
  await loadPack(db, 'zhuzhou')
  seconds = (performance.now() - began) / 1000
  console.log(`pack zhuzhou loaded in ${seconds.toFixed(1)} s (${db.kind})`)
})
afterAll(() => db.close())

/** Every fact with its past; a report's key is random. */
async function fingerprint() {
  const tables = ['unit', 'park', 'project', 'plan', 'milestone', 'investment', 'report', 'issue']
  const hashes = tables.map(
    (table) =>
      db.sql`select md5(string_agg((to_jsonb(t) - 'key')::text, ',' order by id, during)) as hash
               from ${db.sql(`${table}_history`)} t`,
  )
  const rows = await Promise.all(hashes)
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]?.[0]?.['hash']]))
}

/** What figure.csv says, as numbers. */
async function figure(key: string): Promise<number[]> {
  const pack = await readPack('zhuzhou')
  const row = pack.figure.find((one) => one.key === key)
  return (row?.value ?? '').split('/').map(Number)
}

/** The list of 2023 as it stands on the demo's first morning. */
const list = () => db.sql`
  (select p.*, l.kind, l.annual_wan, l.collective_start from project p
     join plan l on l.project_id = p.id and l.year = 2023
    where (l.removed_on is null or l.removed_on > '2023-05-31')
      and not exists (select from plan u where u.project_id = p.parent_id and u.year = 2023)) as listed`

test('the list adds up to the published totals', async () => {
  const [row] = await db.sql`
    select count(*)::int as count, sum(total_wan) as total, sum(annual_wan) as annual from ${list()}`
  expect(row).toEqual({
    count: (await figure('project_count_2023'))[0],
    total: 54_300_000,
    annual: 11_350_000,
  })
  expect(await figure('project_total_investment_2023')).toEqual([5430])
  expect(await figure('project_annual_plan_2023')).toEqual([1135])
})

test('categories stand in the proportions of 2024', async () => {
  const rows = await db.sql`
    select category, count(*)::int as count, sum(total_wan) as total, sum(annual_wan) as annual
      from ${list()} group by category`
  for (const row of rows) {
    const [count = 0, total = 0, annual = 0] = await figure(`plan_2024_${row['category']}`)
    expect(Math.abs(row['count'] - (549 * count) / 570)).toBeLessThan(1)
    expect(Math.abs(row['total'] - (54_300_000 * total) / 4437)).toBeLessThan(1)
    expect(Math.abs(row['annual'] - (11_350_000 * annual) / 1024)).toBeLessThan(1)
  }
  expect(rows).toHaveLength(4)
})

test('the collective starts of the first quarter are the published 103', async () => {
  const rows = await db.sql`
    select category, count(*)::int as count, sum(total_wan) as total, sum(annual_wan) as annual
      from ${list()} where collective_start is not null group by category order by total desc`
  expect(rows.map((row) => [row['category'], row['count'], row['total']])).toEqual([
    ['industry', 77, 1_833_000],
    ['infrastructure', 22, 343_000],
    ['livelihood', 4, 100_000],
  ])
  const annual = rows.reduce((sum, row) => sum + row['annual'], 0)
  expect(annual).toBe(1_257_000)
  expect(await figure('collective_start_2023q1_annual_plan')).toEqual([125.7])
})

test('preliminary projects carry huge totals and almost no plan', async () => {
  const [row] = await db.sql`
    select count(*)::int as count, sum(total_wan) as total, sum(annual_wan) as annual
      from ${list()} where kind = 'preliminary'`
  expect(row).toEqual({ count: 94, total: 22_660_000, annual: 70_000 })
  expect(await figure('preliminary_2022')).toEqual([94, 2266, 7])
})

test('319.4 亿 are done by the end of May, and every plan adds up month by month', async () => {
  const [done] = await db.sql`
    select sum(i.actual_wan) as done from investment i join ${list()} on listed.id = i.project_id
     where i.month between '2023-01-01' and '2023-05-01'`
  expect(done).toEqual({ done: 3_194_000 })
  expect(await figure('progress_2023_m5')).toEqual([319.4])
  const wrong = await db.sql`
    select l.project_id from plan l left join investment i on i.project_id = l.project_id
     where l.year = 2023 group by l.project_id, l.annual_wan
    having sum(i.planned_wan) <> l.annual_wan or count(i.planned_wan) <> 12`
  expect([...wrong]).toEqual([])
})

test('531 of 549 projects have told of April or May', async () => {
  const [row] = await db.sql`
    select count(*)::int as fresh from ${list()}
     where exists (select from report r where r.project_id = listed.id and r.month >= '2023-04-01')`
  expect(row).toEqual({ fresh: 531 })
})

test('every point lies in the polygon of its unit', async () => {
  const outside = await db.sql`
    select p.code from project p join unit u on u.id = p.unit_id
      left join unit o on o.name = case u.name when '株洲经开区' then '石峰区' else u.name end
     where p.location is null or not (case when o.boundary is null
       then exists (select from unit a where st_covers(a.boundary, p.location))
       else st_covers(o.boundary, p.location) end)`
  expect([...outside]).toEqual([])
  const [units] = await db.sql`
    select count(*) filter (where reports)::int as reporting, count(boundary)::int as drawn from unit`
  expect(units).toEqual({ reporting: 11, drawn: 9 })
  const parks = await db.sql`
    select k.name from park k join unit u on u.id = k.unit_id
      join unit o on o.name = case u.name when '株洲经开区' then '石峰区' else u.name end
     where k.boundary_quality = 'approximate' and st_within(k.boundary, o.boundary)`
  expect(parks).toHaveLength(18)
})

test('the 195 published projects are published, everything else is synthetic', async () => {
  const counts = await db.sql`
    select provenance, count(*)::int as count, count(source_title)::int as sourced,
           count(total_wan)::int as totals from project group by provenance order by 1`
  expect(counts.map((row) => ({ ...row }))).toEqual([
    { provenance: 'published', count: 195, sourced: 195, totals: 79 },
    { provenance: 'synthetic', count: 487, sourced: 0, totals: 487 },
  ])
  const [others] = await db.sql`
    select (select count(*)::int from plan where provenance <> 'synthetic') as plan,
           (select count(*)::int from report where provenance <> 'synthetic') as report,
           (select count(*)::int from investment where provenance <> 'synthetic') as investment,
           (select count(*)::int from project p join report r on r.project_id = p.id
             where p.provenance = 'published' and r.cause is not null) as blamed`
  expect(others).toEqual({ plan: 0, report: 0, investment: 0, blamed: 0 })
})

test('delay is as likely anywhere, but for the two planted places', async () => {
  const rows = await db.sql`
    select k.name as park, count(*)::int as count,
           count(*) filter (where exists
             (select from report r where r.project_id = listed.id and r.cause is not null))::int as late
      from ${list()} left join park k on k.id = listed.park_id
     where kind = 'construction' and listed.provenance = 'synthetic'
     group by k.name having count(*) >= 10`
  const share = (row: (typeof rows)[number]) => row['late'] / row['count']
  const planted = rows.filter((row) => /金山|网岭/.test(row['park'] ?? ''))
  const others = rows.filter((row) => !planted.includes(row))
  expect(planted).toHaveLength(2)
  for (const row of planted) expect(share(row)).toBeGreaterThan(0.5)
  for (const row of others) expect(share(row)).toBeLessThan(0.35)
})

test('the past is told in the order in which it became known', async () => {
  const rows = await db.sql`
    select (select count(*)::int from plan_history where during @> '2023-01-30T12:00:00+08'::timestamptz) as before_list,
           (select count(*)::int from plan_history where during @> '2023-02-01T00:00:00+08'::timestamptz) as january,
           (select count(*)::int from report_history where during @> '2023-03-01T00:00:00+08'::timestamptz
              and month = '2023-01-01') as told,
           (select count(*)::int from report_history where during @> '2023-03-01T00:00:00+08'::timestamptz
              and month > '2023-01-01') as untold,
           (select max(at) from change) as last`
  expect(rows[0]).toMatchObject({ beforeList: 0, january: 552, untold: 0 })
  expect(rows[0]?.['told']).toBeGreaterThan(540)
  expect(Date.parse(rows[0]?.['last'])).toBeLessThan((await packStart('zhuzhou')).getTime())
  expect(await packStart('zhuzhou')).toEqual(new Date('2023-05-31T09:00:00+08:00'))
})

test('sixty problems are on their way, each with the steps that brought it there', async () => {
  const [sum] = await db.sql`
    select count(*)::int as issues, count(distinct cause)::int >= 8 as causes,
           count(distinct state)::int >= 8 as states, count(*) filter (where holder <> 'none')::int as open,
           count(*) filter (where due_at < '2023-05-31 09:00+08')::int > 3 as overdue,
           count(*) filter (where due_at > '2023-05-31 09:00+08')::int > 3 as in_time,
           bool_and(provenance = 'synthetic') as synthetic
      from issue`
  expect(sum).toMatchObject({ issues: 60, causes: true, states: true, overdue: true, inTime: true })
  expect(sum?.['open']).toBeGreaterThan(20)
  const apart = await db.sql`
    select i.id from issue i
     where (i.state, i.holder, i.due_at) is distinct from (
       select (s.state, s.holder, s.due_at) from issue_step s where s.issue_id = i.id order by s.id desc limit 1)
        or (i.holder = 'lead') <> exists (
             select from (select * from issue_step s where s.issue_id = i.id order by s.id desc limit 1) s
              where s.department_id = i.lead_department_id)`
  expect(apart).toHaveLength(0)
  const published = await db.sql`
    select from issue i join project p on p.id = i.project_id where p.provenance = 'published'`
  expect(published).toHaveLength(0)
})

test('the settings make the pack the city, and it is not loaded twice', async () => {
  const rows =
    await db.sql`select key, value from setting where key in ('city', 'clock', 'basemap')`
  const settings = Object.fromEntries(rows.map((row) => [row['key'], row['value']]))
  expect(settings['city']).toMatchObject({ name: '株洲市', pack: 'zhuzhou' })
  expect(settings['clock']).toEqual({ start: '2023-05-31T09:00:00+08:00' })
  expect(settings['basemap'].features).toHaveLength(9)
  expect(await wantsPack(db)).toBe(false)
  await expect(loadPack(db, 'zhuzhou')).rejects.toThrow(/^PACK_NOT_EMPTY: /)
})

test('the same pack gives the same story twice', async () => {
  const tell = async () => {
    const pack = await readPack('zhuzhou')
    const story = tellStory(pack, outlines(await readCounties(pack.head.boundary)))
    return createHash('sha256').update(JSON.stringify(story)).digest('hex')
  }
  expect(await tell()).toBe(await tell())
})

test('a loading that was cut short is done again, and gives the same rows', async () => {
  const before = await fingerprint()
  await db.sql`update setting set value = value || '{"state":"loading"}' where key = 'pack'`
  await db.transact(
    { actor: '测试员', reason: '装载中断' },
    (tx) => tx`delete from report where month = '2023-05-01'`,
  )
  expect(await wantsPack(db)).toBe(true)
  await loadPack(db, 'zhuzhou')
  expect(await wantsPack(db)).toBe(false)
  expect(await fingerprint()).toEqual(before)
})

test('two servers that fill one database take turns: one loads, the other finds it loaded', async ({
  skip,
}) => {
  const url = await databaseUrl(db)
  if (!url) skip('embedded: one server only')
  const before = await fingerprint()
  await db.sql`update setting set value = value || '{"state":"loading"}' where key = 'pack'`
  const sql = connect(url ?? '', { max: 3, applicationName: 'onemap' })
  const other = databaseOn(sql, db.clock, null, () => sql.end())
  const loaded = await Promise.all([loadPack(db, 'zhuzhou'), loadPack(other, 'zhuzhou')])
  await other.close()
  expect([...loaded].sort()).toEqual([false, true])
  expect(await fingerprint()).toEqual(before)
})

test('an unknown pack is refused by name', async () => {
  await expect(packStart('nowhere')).rejects.toThrow(/^PACK_UNKNOWN: .*nowhere/)
})

test('the two planted places are the hotspots, with the cause that was planted, and no other', async () => {
  const view = await viewOf(db)
  const rule = await readHotspotRule(db.sql)
  for (const basis of ['cell', 'project'] as const) {
    const { places } = await readHotspots(db.sql, view, { ...rule, basis }, true)
    const found = places.map(({ name, traits }) => [
      name,
      traits.find(({ kind }) => kind === 'cause')?.name,
    ])
    expect(found).toEqual([
      ['荷塘产业开发区（金山工业园）', '征地拆迁'],
      ['攸县高新区（网岭循环经济园）', '水电气路配套'],
    ])
    // Nearly all of the two places, and little around them.
    expect(places.map(({ projectIds }) => projectIds.length)).toEqual([expect.closeTo(29, -1), 13])
  }
})

test('on 1,000 shuffles of the same delays at most 5 % of the maps show any', async () => {
  const view = await viewOf(db)
  const measured = await readMeasured(db.sql, view)
  const dice = random('shuffles of the demo')
  for (const filter of [
    {},
    { measure: 'slip' },
    { measure: 'issue' },
    { weighted: true },
  ] as const) {
    const rule = await readHotspotRule(db.sql, filter)
    const { placed, frame } = mapOf(measured, rule)
    const weight = rule.weighted ? placed.map(({ fact }) => fact.annualWan ?? 0) : undefined
    const values = placed.map(({ value }) => value)
    let [shown, byNormalCurve] = [0, 0]
    for (let round = 0; round < 1000; round++) {
      const { p, groups } = judgeSites({ value: dice.shuffle(values), weight }, frame, rule)
      if (groups > 0) shown += 1
      if (falseDiscovery(p).some((one) => one <= rule.q)) byNormalCurve += 1
    }
    console.log(
      `${JSON.stringify(filter)}: ${shown} of 1,000 shuffled maps show a hotspot, ${byNormalCurve} by the normal curve`,
    )
    expect(shown).toBeLessThanOrEqual(50)
    // Which is why the normal curve does not decide.
    expect(byNormalCurve).toBeGreaterThan(100)
  }
})
