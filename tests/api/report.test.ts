import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { InvestmentCurve } from 'api/investment/contract'
import { Milestone } from 'api/milestone/contract'
import { ProjectDetail } from 'api/project/contract'
import { Report, ReportList } from 'api/report/contract'
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

const post = (body: unknown) => site.send('POST', '/api/report', body)
const code = async (response: Response) => [
  response.status,
  ApiError.parse(await response.json()).error.code,
]
const detail = async (id: number) =>
  ProjectDetail.parse(await (await site.get(`/api/project/${id}`)).json())

describe('a report', () => {
  test('of a silent project brings its money and its light back', async () => {
    expect((await detail(4)).light.state).toBe('stale')
    const response = await post({
      key: randomUUID(),
      projectId: 4,
      month: '2023-04-01',
      percent: 33.3,
      progressText: '装修',
      problem: '资金',
      cause: 'funds',
      nextStep: '贷款',
      inStatistics: true,
      actualWan: 1800.55,
    })
    expect(response.status).toBe(201)
    expect(Report.parse(await response.json())).toMatchObject({
      status: 'submitted',
      reporter: '王调度',
      actualWan: 1800.55,
      reportedAt: expect.stringMatching(/^2023-05-31T/),
    })
    expect(await detail(4)).toMatchObject({
      doneWan: 3800.55,
      reportedMonth: '2023-04-01',
      light: { state: 'green', lagPoints: -1.7 },
    })
  })

  test('delivered again, twenty times at once, is one report', async () => {
    const body = { key: randomUUID(), projectId: 1, month: '2023-05-01', actualWan: 900 }
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      201,
    ])
    const bodies = await Promise.all(answers.map((answer) => answer.json()))
    expect(new Set(bodies.map((one) => JSON.stringify(one))).size).toBe(1)
    const { rows } = ReportList.parse(
      await (await site.get('/api/report?project=1&month=2023-05-01')).json(),
    )
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['another one for the month', { projectId: 2, month: '2023-04-01' }, [409, 'REPORT_EXISTS']],
    ['a month to come', { projectId: 2, month: '2023-06-01' }, [422, 'REPORT_MONTH_FUTURE']],
    ['nobody’s project', { projectId: 999, month: '2023-05-01' }, [404, 'PROJECT_NOT_FOUND']],
    ['over 100 %', { projectId: 2, month: '2023-05-01', percent: 101 }, [400, 'INVALID']],
  ])('refused, nothing written: %s', async (_, body, expected) => {
    const before = await db.sql`select count(*) as n, sum(actual_wan) as wan from investment`
    expect(await code(await post({ key: randomUUID(), actualWan: 1, ...body }))).toEqual(expected)
    expect([
      ...(await db.sql`select count(*) as n, sum(actual_wan) as wan from investment`),
    ]).toEqual([...before])
  })

  test('with the same key and another content is refused, field by field, until it is a correction', async () => {
    const key = randomUUID()
    const first = { key, projectId: 3, month: '2023-05-01', percent: 20, actualWan: 123 }
    expect((await post(first)).status).toBe(201)
    const refusal = await post({ ...first, actualWan: 132 })
    expect(refusal.status).toBe(409)
    const { error } = ApiError.parse(await refusal.json())
    expect(error.code).toBe('REPORT_CHANGED')
    expect(error.details).toEqual([
      { field: 'actualWan', value: 123, code: 'DIFFERENT', message: '已收到的是“123”' },
    ])
    expect((await detail(3)).doneWan).toBe(2123)

    const correction = { ...first, key: randomUUID(), replaces: key, actualWan: 132 }
    for (const _ of [1, 2]) {
      const answer = await post(correction)
      expect(answer.status).toBe(200)
      expect(Report.parse(await answer.json())).toMatchObject({ percent: 20, actualWan: 132 })
    }
    expect((await detail(3)).doneWan).toBe(2132)
    expect(await code(await post(first))).toEqual([409, 'REPORT_EXISTS'])
    const past = await db.sql<{ key: string; reason: string }[]>`
      select key, reason from report_history where project_id = 3 and month = '2023-05-01'
       order by during`
    expect([...past]).toEqual([
      { key, reason: '2023-05 月报' },
      { key: correction.key, reason: '2023-05 月报更正' },
    ])
  })

  test('cannot borrow the key of another', async () => {
    const key = randomUUID()
    await post({ key, projectId: 2, month: '2023-05-01' })
    expect(await code(await post({ key, projectId: 3, month: '2023-05-01' }))).toEqual([
      409,
      'REPORT_KEY_REUSED',
    ])
  })
})

describe('a review', () => {
  const review = (id: number, body: object) => site.send('POST', `/api/report/${id}/review`, body)
  const april = async (project: number) => {
    const path = `/api/report?project=${project}&month=2023-04-01`
    const [report] = ReportList.parse(await (await site.get(path)).json()).rows
    if (!report) throw new Error(`no report of project ${project}`)
    return report
  }
  const next = () => ({ key: randomUUID(), projectId: 6, month: '2023-04-01', actualWan: 7 })

  test('verifies with name and time, once; what is verified cannot be corrected', async () => {
    const { id, key } = await april(8)
    for (const _ of [1, 2]) {
      const answer = await review(id, { key, decision: 'verified' })
      expect(Report.parse(await answer.json())).toMatchObject({
        status: 'verified',
        reviewer: '王调度',
        reviewedAt: expect.stringMatching(/^2023-05-31T/),
        reviewNote: null,
      })
    }
    const correction = { ...next(), projectId: 8, replaces: key }
    expect(await code(await post(correction))).toEqual([409, 'REPORT_VERIFIED'])
    const versions = await db.sql`select from report_history where id = ${id}`
    expect(versions).toHaveLength(2)
  })

  test('returns with a note: the money leaves the sum, the next report takes its place', async () => {
    const before = await detail(6)
    const { id, key } = await april(6)
    expect(await code(await review(id, { key, decision: 'returned', note: ' ' }))).toEqual([
      422,
      'REVIEW_NOTE_MISSING',
    ])
    const answer = await review(id, { key, decision: 'returned', note: '金额与台账不符' })
    expect(Report.parse(await answer.json())).toMatchObject({
      status: 'returned',
      reviewNote: '金额与台账不符',
    })
    expect(before.reportedMonth).toBe('2023-04-01')
    expect((await detail(6)).reportedMonth).toBe('2023-03-01')
    expect(await code(await review(id, { key, decision: 'verified' }))).toEqual([
      409,
      'REPORT_STATE',
    ])

    expect((await post(next())).status).toBe(200)
    expect(await april(6)).toMatchObject({ status: 'submitted', reviewer: null, reviewNote: null })
    expect(await detail(6)).toMatchObject({ reportedMonth: '2023-04-01', doneWan: 3007 })
    expect(await code(await review(id, { key, decision: 'verified' }))).toEqual([
      409,
      'REPORT_REPLACED',
    ])
  })

  test('of nothing is refused', async () => {
    const body = { key: randomUUID(), decision: 'verified' }
    expect(await code(await review(999, body))).toEqual([404, 'REPORT_NOT_FOUND'])
  })
})

test('a report is due on the 5th of the next month or the next working day, and late by its first filing', async () => {
  const path = '/api/report?project=2'
  const { rows } = ReportList.parse(await (await site.get(path)).json())
  const due = Object.fromEntries(rows.map(({ month, dueOn }) => [month.slice(0, 7), dueOn]))
  // 5 February and 5 March 2023 are Sundays, 5 April is the Qingming Festival.
  expect(due).toMatchObject({
    '2023-01': '2023-02-06',
    '2023-02': '2023-03-06',
    '2023-03': '2023-04-06',
    '2023-04': '2023-05-05',
  })
  const late = (month: string) => rows.find((row) => row.month === month)?.isLate
  expect(late('2023-04-01')).toBe(false)
  const key = randomUUID()
  await post({ key, projectId: 4, month: '2023-03-01', actualWan: 1 })
  const filed = async () =>
    ReportList.parse(await (await site.get('/api/report?project=4&month=2023-03-01')).json())
      .rows[0]
  expect((await filed())?.isLate).toBe(true)
  const [own] = rows.filter((row) => row.month === '2023-04-01')
  const correction = { key: randomUUID(), projectId: 2, month: '2023-04-01', replaces: own?.key }
  expect((await post({ ...correction, actualWan: 801 })).status).toBe(200)
  const corrected = ReportList.parse(await (await site.get(`${path}&month=2023-04-01`)).json())
  expect(corrected.rows[0]).toMatchObject({ key: correction.key, isLate: false })
})

test('the curve sums counted construction projects only, up to the month that began', async () => {
  const all = InvestmentCurve.parse(
    await (await site.get('/api/investment/curve?asOf=2023-05-30')).json(),
  )
  // Six counted construction projects (the child and the preliminary one are left out) plan 1,000 each.
  expect(all.months.map((month) => month.plannedWan)).toEqual(
    Array.from({ length: 12 }, () => 6000),
  )
  expect(all.months.map((month) => [month.actualWan, month.reporting])).toEqual([
    [5300, 6],
    [5300, 6],
    [4300, 5],
    [4300, 5],
    ...Array.from({ length: 8 }, () => [null, 0]),
  ])
  const park = InvestmentCurve.parse(
    await (await site.get('/api/investment/curve?park=1&asOf=2023-05-30')).json(),
  )
  expect(park.months[0]).toEqual({
    month: '2023-01-01',
    plannedWan: 1000,
    actualWan: 1000,
    reporting: 1,
  })
})

describe('a milestone', () => {
  const put = (body: object) =>
    site.send('PUT', '/api/milestone', { projectId: 3, kind: 'finish', reason: '节点', ...body })

  test('is made when missing, and keeps what is not given', async () => {
    const made = await put({ forecastDate: '2023-12-31', cause: '征地拆迁' })
    expect(Milestone.parse(await made.json())).toMatchObject({
      name: '竣工',
      code: 'finish',
      originalDate: null,
      forecastDate: '2023-12-31',
      cause: '征地拆迁',
    })
    const later = await put({ forecastDate: '2024-01-31' })
    expect(Milestone.parse(await later.json())).toMatchObject({
      forecastDate: '2024-01-31',
      cause: '征地拆迁',
    })
  })

  test('cannot have happened tomorrow', async () => {
    expect(await code(await put({ actualDate: '2023-06-01' }))).toEqual([422, 'ACTUAL_FUTURE'])
    expect((await put({ actualDate: '2023-05-31', evidence: '竣工验收备案表' })).status).toBe(200)
    expect((await detail(3)).stage).toBe('finished')
  })
})
