import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { DispatchDetail } from 'api/dispatch/contract'
import { Inbox } from 'api/inbox/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asking, TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const inbox = async (login: Login) =>
  Inbox.parse(await (await site.as(login).get('/api/inbox')).json())
const kinds = async (login: Login, noun: string) =>
  (await inbox(login)).rows.filter(({ kind }) => kind.startsWith(noun)).map(({ kind }) => kind)

test('an order waits for its owner, then for its sender, then for nobody', async () => {
  const answer = await site.send('POST', '/api/dispatch', {
    key: randomUUID(),
    title: '督办',
    demand: '说明原因',
    origin: 'selection',
    dueOn: '2023-06-02',
    tasks: [{ owner: { kind: 'unit', id: 1 }, projectIds: [3] }],
  })
  const order = DispatchDetail.parse(await answer.json())
  const task = order.taskRows[0]?.id
  const step = (by: Asking, action: string, seen: string, more = {}) =>
    by.send('POST', `/api/dispatch/task/${task}/step`, {
      key: randomUUID(),
      action,
      seen,
      note: '好',
      ...more,
    })
  const unit = site.as('unit')
  expect(await kinds('unit', 'dispatch')).toEqual(['dispatch_acknowledge'])
  expect(
    (await inbox('unit')).rows.find(({ kind }) => kind === 'dispatch_acknowledge'),
  ).toMatchObject({
    title: `${order.number} 督办`,
    dueOn: '2023-06-02',
    overdueDays: 0,
    link: `/desk?open=dispatch&dispatch=${order.id}`,
  })
  expect(await kinds('dispatcher', 'dispatch')).toEqual([])
  await step(unit, 'acknowledge', 'sent')
  expect(await kinds('unit', 'dispatch')).toEqual(['dispatch_answer'])
  await step(unit, 'ask_extension', 'acknowledged', { dueOn: '2023-06-09' })
  expect(await kinds('dispatcher', 'dispatch')).toEqual(['dispatch_extension'])
  await step(site, 'refuse_extension', 'acknowledged')
  await step(unit, 'answer', 'acknowledged')
  expect(await kinds('unit', 'dispatch')).toEqual([])
  expect(await kinds('dispatcher', 'dispatch')).toEqual(['dispatch_check'])
  await step(site, 'check', 'answered')
  expect(await kinds('dispatcher', 'dispatch')).toEqual([])
  expect(await kinds('park', 'dispatch')).toEqual([])
})

test('months that were not filed wait for those who answer for the project, the oldest due day first', async () => {
  const unit = await inbox('unit')
  const reports = unit.rows.filter(({ kind }) => kind === 'report_file')
  // Project 4 has been silent since February, 5 has never told; 6 is finished.
  expect(reports.map(({ project, title, dueOn }) => [project?.id, title, dueOn])).toEqual([
    [5, '2023-01 起 4 个月', '2023-02-06'],
    [4, '2023-03 起 2 个月', '2023-04-06'],
  ])
  expect(reports[0]?.overdueDays).toBe(114)
  expect(unit.overdue).toBe(2)
  expect(await kinds('department', 'report')).toEqual([])
  const park = await inbox('park')
  expect(park.rows.filter(({ kind }) => kind === 'report_file')).toEqual([])
})

test('reports that were filed wait for the dispatch office, one entry a month; returned ones for the unit', async () => {
  const verify = (await inbox('dispatcher')).rows.filter(({ kind }) => kind === 'report_verify')
  expect(verify.map(({ title, count }) => [title, count])).toEqual([
    ['2023-01', 7],
    ['2023-02', 7],
    ['2023-03', 6],
    ['2023-04', 6],
  ])
  const [report] = await db.sql<{ id: number; key: string }[]>`
    select id, key from report where project_id = 3 and month = '2023-04-01'`
  const body = { key: report?.key, decision: 'returned', note: '金额不符' }
  expect((await site.send('POST', `/api/report/${report?.id}/review`, body)).status).toBe(200)
  const returned = (await inbox('unit')).rows.filter(({ kind }) => kind === 'report_returned')
  expect(returned).toMatchObject([{ project: { id: 3 }, title: '2023-04', dueOn: '2023-05-05' }])
})

test('an issue waits where its next step is', async () => {
  const answer = await site.as('unit').send('POST', '/api/issue', {
    key: randomUUID(),
    projectId: 3,
    title: '高压线未迁改',
    channel: 'report',
  })
  expect(answer.status).toBe(201)
  expect(await kinds('dispatcher', 'issue')).toEqual(['issue_screen'])
  expect(await kinds('unit', 'issue')).toEqual([])
})

test('a wall, and who administers, have an empty one', async () => {
  for (const login of ['wall', 'security', 'auditor'] as const) {
    expect(await inbox(login)).toMatchObject({ total: 0, rows: [] })
  }
  expect((await site.as(null).get('/api/inbox')).status).toBe(401)
})
