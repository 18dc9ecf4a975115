import { randomUUID } from 'node:crypto'
import { Comparison, type ComparisonRow } from 'api/comparison/contract'
import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

const author = { actor: '测试员', reason: '比较' }
let now = new Date('2023-05-31T09:00:00+08:00')
let site: TestApp
let db: Database
beforeAll(async () => {
  site = await openSmallCity({}, { now: () => now, simulated: true })
  db = site.deps.db
})
afterAll(() => site.close())

async function compare(from: string, to?: string, login: Login = 'dispatcher') {
  const query = new URLSearchParams({ from, ...(to ? { to } : {}) })
  const answer = await site.as(login).get(`/api/comparison?${query}`)
  expect(answer.status).toBe(200)
  return Comparison.parse(await answer.json())
}
const brief = ({ field, project, subject, before, after }: ComparisonRow) => [
  field,
  project?.name ?? null,
  subject,
  before,
  after,
]

test('what April told: lights, money and reports of each project, before and after', async () => {
  const { rows, totals, doneWan, lights } = await compare('2023-04-30', '2023-05-10')
  expect(rows.filter(({ kind }) => kind === 'report').map(brief)).toEqual(
    ['按期产业园', '落后标准厂房', '严重滞后大桥', '已完工学校', '暂停项目', '按期产业园一期'].map(
      (name) => ['report', name, '2023-04', null, 'submitted'],
    ),
  )
  expect(rows.filter(({ kind }) => kind === 'money').map(brief)).toContainEqual([
    'doneWan',
    '严重滞后大桥',
    null,
    1500,
    2000,
  ])
  expect(totals.find(({ kind }) => kind === 'report')).toEqual({
    kind: 'report',
    rows: 6,
    projects: 6,
  })
  // 一期 stands under its parent on the list and is not counted beside it.
  expect(doneWan).toBe(1000 + 800 + 500 + 1000 + 1000)
  expect(lights).toEqual([{ before: 'amber', after: 'red', projects: 1 }])
})

test('dates, the list and issues; a correction of today changes nothing between earlier days', async () => {
  const earlier = await compare('2023-03-31', '2023-04-30')
  now = new Date('2023-05-31T10:00:00+08:00')
  await db.transact(author, async (tx) => {
    await tx`update milestone set revised_date = '2023-06-30', revised_precision = 'day'
              where project_id = 6 and kind = 'finish'`
    await tx`update plan set removed_on = '2023-05-31' where project_id = 4`
    await tx`update investment set actual_wan = 600 where project_id = 3 and month = '2023-02-01'`
    await tx`delete from report where project_id = 2 and month = '2023-04-01'`
  })
  const raised = await site.send('POST', '/api/issue', {
    key: randomUUID(),
    projectId: 3,
    title: '桥头征地未完',
    channel: 'meeting',
  })
  expect(raised.status).toBe(201)
  now = new Date('2023-05-31T11:00:00+08:00')
  const { rows, opened, closed } = await compare('2023-05-30')
  const told = rows.filter(({ kind }) => kind !== 'light' && kind !== 'stage').map(brief)
  expect(told).toContainEqual(['revised', '已完工学校', '竣工', null, '2023-06-30'])
  expect(told).toContainEqual(['planKind', '无声医院', null, 'construction', null])
  expect(told).toContainEqual(['doneWan', '严重滞后大桥', null, 2000, 2100])
  expect(told).toContainEqual(['report', '落后标准厂房', '2023-04', 'submitted', null])
  expect(told).toContainEqual(['opened', '严重滞后大桥', '桥头征地未完', null, 'open'])
  expect([opened, closed]).toEqual([1, 0])
  expect(await compare('2023-03-31', '2023-04-30')).toEqual(earlier)
})

test('shows what lies within the scope, and refuses days in the wrong order', async () => {
  const { rows } = await compare('2023-04-30', '2023-05-10', 'unit')
  const names = new Set(rows.map(({ project }) => project?.name))
  expect([...names].sort()).toEqual(['严重滞后大桥', '已完工学校'].sort())
  const wrong = await site.get('/api/comparison?from=2023-05-10&to=2023-05-10')
  expect([wrong.status, (await wrong.json()).error.code]).toEqual([400, 'COMPARISON_ORDER'])
})

test('a look ends with a longer break, each person has its own, a wall has none', async () => {
  const look = async (login: Login) =>
    (await (await site.as(login).send('POST', '/api/comparison/look', {})).json()).since
  now = new Date('2023-06-01T09:00:00+08:00')
  expect(await look('dispatcher')).toBeNull()
  now = new Date('2023-06-01T11:00:00+08:00')
  expect(await look('dispatcher')).toBeNull()
  now = new Date('2023-06-02T08:00:00+08:00')
  expect(await look('dispatcher')).toBe('2023-06-01T03:00:00.000Z')
  now = new Date('2023-06-02T10:00:00+08:00')
  expect(await look('dispatcher')).toBe('2023-06-01T03:00:00.000Z')
  expect(await look('leader')).toBeNull()
  expect(await look('wall')).toBeNull()
  const since = await compare('2023-06-01T03:00:00.000Z')
  expect(since.from.asOf).toBe('2023-06-01T03:00:00.000Z')
})
