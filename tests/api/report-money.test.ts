import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { ProjectDetail } from 'api/project/contract'
import { Report, ReportTable } from 'api/report/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const file = (body: object) =>
  site.send('POST', '/api/report', { key: randomUUID(), month: '2023-05-01', ...body })
const failure = async (response: Response) => {
  const { error } = ApiError.parse(await response.json())
  return { status: response.status, ...error }
}
const stored = (project: number, month = '2023-05-01') => db.sql`
  select fund_source, planned_wan, actual_wan from investment
   where project_id = ${project} and month = ${month} order by fund_source`
const detail = async (id: number) =>
  ProjectDetail.parse(await (await site.get(`/api/project/${id}`)).json())

describe('money by fund source', () => {
  const sources = [
    { fundSource: '专项债券', actualWan: 600.5 },
    { fundSource: '企业自筹', actualWan: 399.5 },
  ]

  test('adds up to the total, is told again with the report and counts once', async () => {
    const answer = await file({ projectId: 1, sources, actualWan: 1000 })
    expect(answer.status).toBe(201)
    expect(Report.parse(await answer.json())).toMatchObject({ actualWan: 1000, sources })
    expect([...(await stored(1))]).toEqual([
      { fundSource: 'total', plannedWan: 1000, actualWan: null },
      { fundSource: '专项债券', plannedWan: null, actualWan: 600.5 },
      { fundSource: '企业自筹', plannedWan: null, actualWan: 399.5 },
    ])
    const { doneWan, reports } = await detail(1)
    expect([doneWan, reports[0]?.actualWan]).toEqual([5000, 1000])
    const table = await site.get('/api/report/table?month=2023-05-01')
    expect(ReportTable.parse(await table.json()).total.monthWan).toBe(1000)
  })

  test('told anew as one total leaves no part beside it; the same total keeps the parts', async () => {
    const [{ key } = { key: '' }] = await db.sql<{ key: string }[]>`
      select key from report where project_id = 1 and month = '2023-05-01'`
    const same = { projectId: 1, replaces: key, actualWan: 1000 }
    const kept = Report.parse(await (await file(same)).json())
    expect(kept.sources).toEqual(sources)
    const other = { projectId: 1, replaces: kept.key, actualWan: 900 }
    expect(Report.parse(await (await file(other)).json())).toMatchObject({
      actualWan: 900,
      sources: [],
    })
    expect([...(await stored(1))]).toEqual([
      { fundSource: 'total', plannedWan: 1000, actualWan: 900 },
    ])
    expect((await detail(1)).doneWan).toBe(4900)
  })

  test('that does not add up names both sums', async () => {
    const refusal = await failure(await file({ projectId: 2, sources, actualWan: 1001 }))
    expect(refusal).toMatchObject({ status: 422, code: 'SOURCES_UNEQUAL' })
    expect(refusal.message).toContain('1,000.00')
    expect(refusal.message).toContain('1,001.00')
  })

  test.each([
    ['nobody’s source', [{ fundSource: '彩票', actualWan: 1 }], 'FUND_SOURCE_UNKNOWN', '财政资金'],
    [
      'one source twice',
      [
        { fundSource: '财政资金', actualWan: 1 },
        { fundSource: '财政资金', actualWan: 2 },
      ],
      'SOURCE_TWICE',
      '财政资金',
    ],
  ])('%s is refused with what would be right', async (_, told, code, hint) => {
    const refusal = await failure(await file({ projectId: 2, sources: told }))
    expect(refusal).toMatchObject({ status: 422, code })
    expect(refusal.message).toContain(hint)
    expect([...(await stored(2))]).toEqual([
      { fundSource: 'total', plannedWan: 1000, actualWan: null },
    ])
  })

  test('is the city’s own list where it has one', async () => {
    await db.sql`insert into setting (key, value) values ('fund_source', '["彩票公益金"]')`
    const own = [{ fundSource: '彩票公益金', actualWan: 12 }]
    expect((await file({ projectId: 2, sources: own })).status).toBe(201)
    const refusal = await failure(await file({ projectId: 3, sources }))
    expect(refusal.code).toBe('FUND_SOURCE_UNKNOWN')
    await db.sql`delete from setting where key = 'fund_source'`
    const city = await (await site.get('/api/city')).json()
    expect(city.fundSources).toContain('企业自筹')
  })

  test('whatever is told, by total or by source, in any order, is what the month counts', async () => {
    const amounts = fc.dictionary(
      fc.constantFrom('财政资金', '专项债券', '银行贷款', '其他资金'),
      fc.integer({ min: 0, max: 50_000_00 }).map((cents) => cents / 100),
      { minKeys: 1 },
    )
    const told = fc.oneof(
      amounts.map((all) => ({
        sources: Object.entries(all).map(([fundSource, actualWan]) => ({ fundSource, actualWan })),
      })),
      fc.integer({ min: 0, max: 50_000_00 }).map((cents) => ({ actualWan: cents / 100 })),
    )
    let replaces: string | undefined
    await fc.assert(
      fc.asyncProperty(told, async (body) => {
        const answer = await file({ projectId: 8, ...body, ...(replaces ? { replaces } : {}) })
        const report = Report.parse(await answer.json())
        replaces = report.key
        const sum =
          'sources' in body
            ? body.sources.reduce((all, one) => all + Math.round(one.actualWan * 100), 0)
            : Math.round(body.actualWan * 100)
        expect(Math.round((report.actualWan ?? 0) * 100)).toBe(sum)
        const [counted] = await db.sql<{ wan: number }[]>`
          select sum(actual_wan) as wan from investment where project_id = 8 and month = '2023-05-01'`
        expect(Math.round((counted?.wan ?? 0) * 100)).toBe(sum)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a month below zero', () => {
  test('is refused with what it would do to the sum, until it says why', async () => {
    const body = { projectId: 6, actualWan: -200.5 }
    const refusal = await failure(await file(body))
    expect(refusal).toMatchObject({ status: 422, code: 'CORRECTION_NEEDED' })
    expect(refusal.message).toContain('从 4,000.00 降到 3,799.50')
    expect((await failure(await file({ ...body, correction: true }))).code).toBe(
      'CORRECTION_NEEDED',
    )
    const told = { ...body, correction: true, correctionNote: '审计核减一季度多报' }
    const answer = await file(told)
    expect(answer.status).toBe(201)
    expect(Report.parse(await answer.json()).correctionNote).toBe('审计核减一季度多报')
    expect((await detail(6)).doneWan).toBe(3799.5)
  })

  test('of one source counts too, though the total stays above', async () => {
    const sources = [
      { fundSource: '银行贷款', actualWan: -50 },
      { fundSource: '企业自筹', actualWan: 150 },
    ]
    const refusal = await failure(await file({ projectId: 4, sources }))
    expect(refusal.code).toBe('CORRECTION_NEEDED')
    expect(refusal.message).toContain('银行贷款')
  })
})

describe('what is unusual', () => {
  const body = { projectId: 3, actualWan: 11_000, percent: 10 }

  test('is asked about with its figures, and stored with the answers', async () => {
    const asked = await failure(await file({ ...body, ask: true }))
    expect(asked).toMatchObject({ status: 409, code: 'REPORT_DOUBTS' })
    expect(asked.details?.map((one) => one.value)).toEqual([
      { code: 'overAnnual', told: 13_000, beside: 12_000 },
      { code: 'overTotal', told: 13_000, beside: 10_000 },
      { code: 'percentFell', told: 10, beside: 32 },
    ])
    const doubts = [
      { code: 'overAnnual', answer: '提前实施二期' },
      { code: 'overTotal', answer: '概算正在调整' },
      { code: 'percentFell', answer: '设计变更后重新测算' },
    ]
    const half = await file({ ...body, ask: true, doubts: doubts.slice(0, 1) })
    expect((await failure(half)).details).toHaveLength(2)
    const answer = await file({ ...body, ask: true, doubts })
    expect(answer.status).toBe(201)
    expect(Report.parse(await answer.json()).doubts).toEqual([
      { code: 'overAnnual', told: 13_000, beside: 12_000, answer: '提前实施二期' },
      { code: 'overTotal', told: 13_000, beside: 10_000, answer: '概算正在调整' },
      { code: 'percentFell', told: 10, beside: 32, answer: '设计变更后重新测算' },
    ])
  })

  test('is never refused: without the question the report is taken and the doubt stands', async () => {
    const answer = await file({ projectId: 4, actualWan: 20, percent: 5 })
    expect(answer.status).toBe(201)
    expect(Report.parse(await answer.json()).doubts).toEqual([
      { code: 'percentFell', told: 5, beside: 16, answer: null },
    ])
  })
})
