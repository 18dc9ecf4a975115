import type { Database } from 'api/db/database'
import { Forecast, YearForecast } from 'api/forecast/contract'
import { importRows } from 'api/import/import-rows'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
const author = { actor: '测试数据', reason: '预测' }
const at = (day: string) => new Date(`${day}T09:00:00+08:00`)

/** Works of two years, planned for 12 months, that took `late` months more, spread evenly. */
function ledger(index: number, category: string, late: number) {
  const months = 12 + late
  const wan = Math.round(24_000 / months)
  const head = {
    code: `REF-${category}-${index}`,
    name: `往年${category}${index}`,
    category,
    totalWan: wan * months,
    plannedStart: '2020-01-01',
    plannedFinish: '2020-12-31',
    actualStart: '2020-01-01',
    actualFinish: new Date(Date.UTC(2020, months, 0)).toISOString().slice(0, 10),
  }
  const year = (first: number) => {
    const row: Record<string, number> = { year: 2020 + first / 12 }
    for (let month = 1; month <= 12; month++) {
      const key = String(month).padStart(2, '0')
      row[`planned${key}`] = first === 0 ? 2000 : 0
      row[`actual${key}`] = first + month <= months ? wan : 0
    }
    return { ...head, ...row }
  }
  return late > 0 ? [year(0), year(12)] : [year(0)]
}

beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  const rows = Array.from({ length: 13 }, (_, index) => ledger(index, 'industry', index % 5)).flat()
  await importRows(db, 'reference', rows, { author, at: at('2023-02-10') })
  await db.transact(
    author,
    async (tx) => {
      await tx`
        insert into milestone (project_id, kind, name, original_date, original_precision, forecast_date)
        values (2, 'finish', '竣工', '2024-01-31', 'day', '2024-02-29'),
               (3, 'finish', '竣工', '2024-06-30', 'day', null)`
    },
    at('2023-01-06'),
  )
})
afterAll(() => site.close())

const ask = async (query: string, who?: Login) => {
  const answer = await (who ? site.as(who) : site).get(`/api/forecast?${query}`)
  return Forecast.parse(await answer.json())
}
const year = async (query: string, who?: Login) => {
  const answer = await (who ? site.as(who) : site).get(`/api/forecast/year?${query}`)
  return YearForecast.parse(await answer.json())
}

describe('one project', () => {
  test('its finish by those that had done as much as late, with the class and the rows', async () => {
    const { finish, works, rule } = await ask('project=2')
    if (finish.state !== 'forecast') throw new Error(finish.reason)
    expect(rule).toBe('参照预测 v1')
    expect(finish.class).toEqual({
      width: 'category-size',
      category: 'industry',
      fromWan: 10_000,
      belowWan: 50_000,
    })
    expect([finish.n, finish.rows.length]).toEqual([13, 13])
    expect(works).toMatchObject({
      plannedStart: '2023-01-31',
      approvedFinish: '2024-01-31',
      ownerFinish: '2024-02-29',
      percent: 32,
      standsOn: '2023-04-30',
    })
    // 32 % in three of twelve months, when the works of the class took four and more.
    expect(works?.schedule?.index).toBeGreaterThan(1)
    expect(finish.p50 <= finish.p80).toBe(true)
    expect(finish.p50 > '2023-09-01' && finish.p80 < '2024-06-01').toBe(true)
  })

  test('its year: plan, done, straight line, season and a fan from the last month told to December', async () => {
    const { months, yearEnd, yearSchedule, season } = await ask('project=2')
    if (yearEnd.state !== 'forecast') throw new Error(yearEnd.reason)
    expect(months.map((month) => month.plannedSum)[11]).toBe(12_000)
    expect(months[3]).toMatchObject({ actualSum: 3200, evenSum: 4000, p50Sum: 3200, p80Sum: 3200 })
    expect(months[4]?.actualSum).toBeNull()
    expect(months[2]?.p50Sum).toBeNull()
    expect([months[11]?.p50Sum, months[11]?.p80Sum]).toEqual([yearEnd.p50Wan, yearEnd.p80Wan])
    expect(yearEnd.p80Wan).toBeLessThanOrEqual(yearEnd.p50Wan)
    expect(months[11]?.seasonSum).toBeCloseTo(12_000, 2)
    expect(season).toMatchObject({ years: 1, isPrior: false })
    expect(yearSchedule).toMatchObject({ earned: 3.2, elapsed: 4, variance: -0.8, index: 0.8 })
  })

  test('too few finished projects to compare with: no forecast, and how many there are', async () => {
    await db.sql`insert into setting (key, value) values ('forecast_rule',
      '{"version": 2, "least": 14, "sizesWan": [10000]}')`
    const { finish, yearEnd, rule } = await ask('project=2')
    await db.sql`delete from setting where key = 'forecast_rule'`
    expect(rule).toBe('参照预测 v2')
    expect(finish).toEqual({ state: 'none', reason: 'few', n: 13, least: 14 })
    expect(yearEnd).toEqual({ state: 'none', reason: 'few', n: 13, least: 14 })
  })

  test('a class of its own too small is widened, in a fixed order', async () => {
    const { finish, yearEnd } = await ask('project=3')
    expect(finish.state === 'forecast' && finish.class.width).toBe('all')
    expect(yearEnd.state === 'forecast' && yearEnd.class.width).toBe('all')
  })

  test.each([
    [4, 'no_plan', 'forecast'],
    [5, 'preliminary', 'preliminary'],
    [6, 'finished', 'finished'],
    [7, 'suspended', 'suspended'],
  ])('project %i says why not: %s, %s', async (project, finish, end) => {
    const told = await ask(`project=${project}`)
    expect(told.finish.state === 'none' && told.finish.reason).toBe(finish)
    expect(told.yearEnd.state === 'none' ? told.yearEnd.reason : 'forecast').toBe(end)
  })

  test('a past day is told by what was known then', async () => {
    const before = await ask('project=2&asOf=2023-02-09')
    expect(before.finish).toMatchObject({ reason: 'few', n: 0 })
    expect(before.season).toBeNull()
    const after = await ask('project=2&asOf=2023-03-31')
    expect(after.finish.state).toBe('forecast')
    expect(after.works).toMatchObject({ percent: 16, standsOn: '2023-02-28' })
    const then = JSON.stringify(after)
    // What is entered later, of that time too, changes nothing of it.
    await importRows(db, 'reference', ledger(90, 'industry', 20), { author, at: at('2023-05-30') })
    expect(JSON.stringify(await ask('project=2&asOf=2023-03-31'))).toBe(then)
    expect((await ask('project=2')).finish).toMatchObject({ n: 14 })
  })

  test('everybody gets the same forecast; a foreign project is not found', async () => {
    expect(await ask('project=3', 'unit')).toEqual(await ask('project=3'))
    expect((await site.as('unit').get('/api/forecast?project=1')).status).toBe(404)
    const wrong = await site.get('/api/forecast?project=abc')
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).toContain('应为')
  })
})

describe('the year’s end', () => {
  test('is of the counted construction projects; those without a forecast count with what is done', async () => {
    const told = await year('detail=true')
    expect([told.projects, told.forecast, told.annualWan]).toEqual([6, 4, 72_000])
    expect(told.without.map(({ id, reason }) => [id, reason])).toEqual([
      [6, 'finished'],
      [7, 'suspended'],
    ])
    expect(told.rows.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    const parts = told.rows.reduce((sum, row) => sum + row.p50Wan, 0)
    const done = told.without.reduce((sum, row) => sum + (row.doneWan ?? 0), 0)
    expect(Math.abs((told.p50Wan ?? 0) / (parts + done) - 1)).toBeLessThan(0.1)
    expect(told.p80Wan).toBeLessThan(told.p50Wan ?? 0)
    expect(await year('detail=true')).toEqual(told)
  })

  test('follows the scope, the place and what is written', async () => {
    const all = await year('')
    const [mine, place] = [await year('', 'unit'), await year('unit=1')]
    expect(mine.projects).toBe(3)
    expect(place).toEqual(mine)
    expect((await year('category=industry')).projects).toBe(3)
    await db.transact(author, (tx) => tx`update plan set annual_wan = 24000 where project_id = 2`)
    await expect.poll(async () => (await year('')).annualWan).toBe(all.annualWan + 12_000)
  })
})

describe('the archive', () => {
  test('says what a row lacks and refuses works that are not over; the same file again changes nothing', async () => {
    const [good] = ledger(50, 'livelihood', 0)
    const rows = [
      { ...good, code: 'A', category: null },
      { ...good, code: 'B', actualFinish: '2023-12-31' },
      { ...good, code: 'C', plannedFinish: '2019-12-31' },
    ]
    const report = await importRows(db, 'reference', rows, { author })
    const codes = report.rows.map(({ findings }) => findings.map(({ code }) => code))
    expect(codes).toEqual([['FIELD_MISSING'], ['NOT_FINISHED'], ['DATES_REVERSED']])
    expect(report.written).toBe(false)
    const again = await importRows(db, 'reference', ledger(1, 'industry', 1), { author })
    expect(again.counts).toMatchObject({ unchanged: 2, created: 0, changed: 0 })
    const more = ledger(1, 'industry', 1).map((row) => ({ ...row, actual05: 1 }))
    const changed = await importRows(db, 'reference', more, { author, dryRun: true })
    expect(changed.counts).toMatchObject({ changed: 2 })
  })

  test('is on no list and no map', async () => {
    const map = await (await site.get('/api/map')).json()
    expect(map.columns.id).toHaveLength(8)
    expect((await (await site.get('/api/project')).json()).total).toBe(8)
  })
})
