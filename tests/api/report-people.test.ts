import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { ProjectDetail } from 'api/project/contract'
import { Report, ReportDraft, ReportDraftList, ReportList, ReportQueue } from 'api/report/contract'
import { reminderOn, remindOfReports } from 'api/report/job'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asking, TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const failure = async (response: Response) => {
  const { error } = ApiError.parse(await response.json())
  return { status: response.status, ...error }
}
const file = (asking: Asking, body: object) =>
  asking.send('POST', '/api/report', { key: randomUUID(), month: '2023-05-01', ...body })
const filed = async (asking: Asking, body: object) =>
  Report.parse(await (await file(asking, body)).json())
const notices = (login: string) => db.sql<{ kind: string; title: string; text: string }[]>`
  select n.kind, n.title, n.text from notice n join person p on p.id = n.person_id
   where p.login = ${login} order by n.id`

describe('a draft', () => {
  const key = randomUUID()
  const save = (asking: Asking, fields: object, seen?: object) =>
    asking.send('PUT', '/api/report/draft', {
      projectId: 3,
      month: '2023-05-01',
      fields: { key, ...fields },
      ...(seen ? { seen } : {}),
    })
  const draftsOf = async (asking: Asking, project = 3) =>
    ReportDraftList.parse(await (await asking.get(`/api/report/draft?project=${project}`)).json())
      .rows

  test('is kept as typed, and is seen nowhere but by those who may file it', async () => {
    const before = await (await site.get('/api/project/3')).json()
    const saved = ReportDraft.parse(
      await (await save(site.as('unit'), { actualWan: '12.', progressText: '梁板' })).json(),
    )
    expect(saved).toMatchObject({
      savedBy: '李县长',
      savedAt: expect.stringMatching(/^2023-05-31/),
    })
    expect(saved.fields).toMatchObject({ key, actualWan: '12.', progressText: '梁板', percent: '' })
    expect(await draftsOf(site)).toHaveLength(1)
    expect((await site.as('leader').get('/api/report/draft?project=3')).status).toBe(403)
    expect(await draftsOf(site.as('park'))).toEqual([])
    // No list, figure, light or stream has heard of it.
    const after = ProjectDetail.parse(await (await site.get('/api/project/3')).json())
    expect(after).toEqual(before)
    const list = await (await site.get('/api/report?project=3&month=2023-05-01')).json()
    expect(ReportList.parse(list).rows).toEqual([])
    const told = await db.sql`select from change where noun like 'report_draft%'`
    expect(told).toHaveLength(0)
  })

  test('takes what two people write into different fields, and shows the same field to both', async () => {
    const one = await save(site.as('unit'), { percent: '45' }, { percent: '' })
    const two = await save(site, { problem: '缺用地指标' }, { problem: '' })
    expect([one.status, two.status]).toEqual([200, 200])
    const late = await failure(await save(site, { percent: '40' }, { percent: '' }))
    expect(late).toMatchObject({ status: 409, code: 'REPORT_DRAFT_CHANGED' })
    expect(late.details).toMatchObject([{ field: 'percent', value: '45' }])
    const chosen = await save(site, { percent: '40' }, { percent: '45' })
    expect(ReportDraft.parse(await chosen.json()).fields).toMatchObject({
      percent: '40',
      problem: '缺用地指标',
      progressText: '梁板',
    })
  })

  test('that twenty begin at once is one, with one key', async () => {
    const keys = Array.from({ length: 20 }, () => randomUUID())
    const answers = await Promise.all(
      keys.map((own) =>
        site.send('PUT', '/api/report/draft', {
          projectId: 4,
          month: '2023-05-01',
          fields: { key: own, nextStep: own },
        }),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const drafts = await draftsOf(site, 4)
    expect(drafts).toHaveLength(1)
    expect(keys).toContain(drafts[0]?.fields.key)
  })

  test('is used up by its report, and does not come back', async () => {
    await filed(site, { key, projectId: 3, actualWan: 12 })
    expect(await draftsOf(site)).toEqual([])
    expect((await failure(await save(site, { percent: '50' }))).code).toBe('REPORT_DRAFT_DONE')
    expect(await draftsOf(site)).toEqual([])
  })

  test('of a month to come, or of a foreign project, is none', async () => {
    const put = (asking: Asking, projectId: number, month: string) =>
      asking.send('PUT', '/api/report/draft', { projectId, month, fields: { key: randomUUID() } })
    expect((await failure(await put(site, 3, '2023-06-01'))).code).toBe('REPORT_MONTH_FUTURE')
    expect((await failure(await put(site.as('unit'), 1, '2023-05-01'))).code).toBe(
      'PROJECT_NOT_FOUND',
    )
  })
})

describe('a problem', () => {
  const issues = (project: number) => db.sql<
    { title: string; channel: string; reportId: number }[]
  >`
    select title, channel, report_id from issue where project_id = ${project}`

  test('is raised with the report as an issue, once, however often it is corrected', async () => {
    const issue = { key: randomUUID(), title: '施工用电容量不足', severity: 'urgent' }
    const report = await filed(site.as('unit'), { projectId: 6, actualWan: 1, issue })
    expect(await issues(6)).toMatchObject([
      { title: '施工用电容量不足', channel: 'report', reportId: report.id },
    ])
    const corrected = await filed(site.as('unit'), {
      projectId: 6,
      actualWan: 2,
      replaces: report.key,
      issue: { ...issue, key: randomUUID() },
    })
    expect([corrected.id, (await issues(6)).length]).toEqual([report.id, 1])
  })

  test('that cannot be raised takes the report with it', async () => {
    const issue = { key: randomUUID(), title: '缺资金', cause: 'no-such-cause' }
    expect((await failure(await file(site, { projectId: 8, actualWan: 1, issue }))).code).toBe(
      'CAUSE_UNKNOWN',
    )
    const rows = await db.sql`select from report where project_id = 8 and month = '2023-05-01'`
    expect(rows).toHaveLength(0)
  })
})

describe('a review', () => {
  const review = (report: Report, body: object) =>
    site.send('POST', `/api/report/${report.id}/review`, { key: report.key, ...body })

  test('is told to who filed the report, once', async () => {
    const report = await filed(site.as('park'), { projectId: 1, actualWan: 900, percent: 41 })
    for (const _ of [1, 2]) await review(report, { decision: 'returned', note: '与台账不符' })
    expect([...(await notices('park'))]).toEqual([
      {
        kind: 'report_returned',
        title: '按期产业园 2023-05 月报被退回',
        text: '退回原因：与台账不符。请更正后重新提交。',
      },
    ])
    const again = await filed(site.as('park'), { projectId: 1, actualWan: 950, percent: 41 })
    await review(again, { decision: 'verified' })
    expect((await notices('park')).map(({ kind }) => kind)).toEqual([
      'report_returned',
      'report_verified',
    ])
  })

  test('has a queue, furthest from the plan first, for those who review', async () => {
    const report = await filed(site, { projectId: 2, actualWan: 5000, percent: 20 })
    const { rows } = ReportQueue.parse(
      await (await site.get('/api/report/queue?month=2023-05-01')).json(),
    )
    expect(rows[0]).toMatchObject({
      report: { id: report.id, doubts: [{ code: 'percentFell', answer: null }] },
      project: '落后标准厂房',
      unit: '荷塘区',
      plannedWan: 1000,
      plannedSumWan: 5000,
      doneSumWan: 8200,
      percentBefore: 32,
      actualBeforeWan: 800,
      photos: 0,
    })
    expect(rows.map((row) => row.report.status)).not.toContain('verified')
    expect((await site.as('unit').get('/api/report/queue?month=2023-05-01')).status).toBe(403)
  })
})

describe('reminders', () => {
  test('come three working days before the due day, on it, a day and five after', () => {
    // 5 April 2023 is the Qingming Festival: due on the 6th, and the weekend between does not count.
    const on = (day: string) => {
      const { month, step } = reminderOn(day, { dueDay: 5 }) ?? {}
      return [month?.slice(0, 7), step]
    }
    expect(on('2023-03-30')).toEqual(['2023-02', 'later'])
    expect(on('2023-03-31')).toEqual(['2023-03', 'before'])
    expect(on('2023-04-05')).toEqual(['2023-03', 'before'])
    expect(on('2023-04-06')).toEqual(['2023-03', 'due'])
    expect(on('2023-04-07')).toEqual(['2023-03', 'late'])
    expect(on('2023-04-12')).toEqual(['2023-03', 'late'])
    expect(on('2023-04-13')).toEqual(['2023-03', 'later'])
  })

  test('reach those who answer for what is missing, each step once, and nobody else', async () => {
    const author = { actor: '测试', reason: '从头提醒' }
    await db.transact(author, async (tx) => {
      await tx`delete from issue_step`
      await tx`delete from issue`
      await tx`delete from report where month = '2023-05-01'`
    })
    const at = (day: string) => remindOfReports(db, new Date(`${day}T09:00:00+08:00`))
    await at('2023-05-30')
    for (const day of ['2023-05-31', '2023-05-31', '2023-06-02', '2023-06-05']) await at(day)
    const april = '2023-04 月报仍未报'
    const may = ['2023-05 月报 2023-06-05 到期', '2023-05 月报今天到期']
    const due = async (login: string) =>
      (await notices(login)).filter(({ kind }) => kind === 'report_due')
    expect((await due('unit')).map(({ title }) => title)).toEqual([april, ...may])
    expect((await due('park')).map(({ title }) => title)).toEqual(may)
    const rest = await db.sql`
      select from notice n join person p on p.id = n.person_id
       where n.kind = 'report_due' and p.login not in ('unit', 'park')`
    expect(rest).toHaveLength(0)
    // Project 6 is finished since March.
    expect((await due('unit'))[1]?.text).toBe(
      '还有 3 个项目没有填报：严重滞后大桥、无声医院、前期水库。应于 2023-06-05 前报。',
    )
  })
})
