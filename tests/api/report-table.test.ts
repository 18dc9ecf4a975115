import { readSource } from 'api/import/read-source'
import { ReportTable } from 'api/report/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
})
afterAll(() => site.close())

const table = async (query: string) =>
  ReportTable.parse(await (await site.get(`/api/report/table?${query}`)).json())

test('the month’s table adds up counted construction projects; preliminary ones stand apart', async () => {
  const april = await table('month=2023-04-01')
  expect(april).toMatchObject({ dueOn: '2023-05-05', year: 2023 })
  expect(april.timeShare).toBeCloseTo(120 / 365, 12)
  expect(april.total).toMatchObject({
    projects: 6,
    reported: 5,
    inTime: 5,
    annualWan: 72_000,
    monthWan: 4300,
    doneWan: 19_200,
  })
  expect(april.total.doneShare).toBeCloseTo(19_200 / 72_000, 12)
  expect(april.total.aheadOfTime).toBeCloseTo((19_200 / 72_000 - 120 / 365) * 100, 9)
  expect(
    april.planKind.map(({ key, projects, doneShare }) => [key, projects, doneShare === null]),
  ).toEqual([
    ['construction', 6, false],
    ['preliminary', 1, true],
  ])
  expect(april.unit.map(({ name, projects, doneWan }) => [name, projects, doneWan])).toEqual([
    ['攸县', 3, 8000],
    ['荷塘区', 3, 11_200],
  ])
  for (const group of [april.category, april.unit])
    for (const field of ['projects', 'reported', 'annualWan', 'monthWan', 'doneWan'] as const)
      expect(group.reduce((sum, row) => sum + row[field], 0)).toBe(april.total[field])
})

test('as known on an earlier day nothing of later reports is in it', async () => {
  const then = await table('month=2023-04-01&asOf=2023-05-03')
  expect(then.total).toMatchObject({ reported: 0, monthWan: 0, doneWan: 14_900 })
})

test('the workbook holds the same figures as numbers, and names as text', async () => {
  await site.deps.db.transact({ actor: '测试', reason: '改名' }, async (tx) => {
    await tx`update unit set name = '=1+1' where id = 1`
  })
  const answer = await site.get('/api/report/table.xlsx?month=2023-04-01')
  expect(answer.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('全市2023-04投资完成情况.xlsx')}`,
  )
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const rows = readSource(bytes, 'table.xlsx').sheets[0]?.rows ?? []
  expect(rows[0]?.[0]).toBe('全市重点项目2023年4月投资完成情况')
  const named = new Map(rows.map((row) => [row[0], row.slice(1)]))
  expect(named.get('合计')).toEqual([
    6,
    5,
    5,
    72_000,
    4300,
    19_200,
    expect.stringMatching(/^26\.666/),
    expect.closeTo(-6.21, 2),
  ])
  expect(named.get('前期项目')?.slice(0, 3)).toEqual([1, 0, 0])
  expect(named.get('=1+1')?.[0]).toBe(3)
})

test('a month that is none is refused', async () => {
  expect((await site.get('/api/report/table?month=2023-04-15')).status).toBe(400)
  expect((await site.get('/api/report/table')).status).toBe(400)
})
