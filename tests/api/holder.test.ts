import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { HolderTotal, ProjectHolder } from 'api/holder/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { addPlanning } from '../support/milestone-city.ts'

let db: Database
let site: TestApp
const author = { actor: '测试数据', reason: '球在谁手里' }
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  await addPlanning(db)
  await db.transact(author, async (tx) => {
    // Project 3 has begun on 2023-02-01; from then on its owner has to finish.
    await tx`update project set owner_enterprise = '大桥公司' where id = 3`
    await tx`
      insert into milestone (project_id, kind, name, original_date, original_precision, party)
      values (3, 'finish', '竣工', '2023-09-30', 'day', 'enterprise')`
    const [issue] = await tx<{ id: number }[]>`
      insert into issue (key, project_id, title, channel, raiser_name, state, holder, received_at, held_since)
      values (${randomUUID()}, 3, '引桥拆迁', 'meeting', '大桥公司', 'in_hand', 'lead', '2023-03-01T01:00:00Z', '2023-03-06T01:00:00Z')
      returning id`
    const step = (at: string, holder: string, department: number | null) => tx`
      insert into issue_step (key, issue_id, action, at, state, holder, department_id)
      values (${randomUUID()}, ${issue?.id ?? 0}, 'assign', ${`${at}T01:00:00Z`}, 'assigned', ${holder}, ${department})`
    await step('2023-03-01', 'manager', null)
    await step('2023-03-06', 'lead', 1)
    await step('2023-04-01', 'manager', null)
    await step('2023-04-03', 'none', null)
    await tx`
      insert into milestone_revision (key, project_id, milestone_id, from_date, from_precision, to_date,
                                      cause_code, text, state, proposer, proposed_at)
      select ${randomUUID()}, 3, id, original_date, 'day', '2023-12-31', 'land', '拆迁', 'proposed',
             '李县长', '2023-05-22T01:00:00Z'
        from milestone where project_id = 3 and kind = 'finish'`
  })
})
afterAll(() => site.close())

const holder = async (path: string) =>
  ProjectHolder.parse(await (await site.get(`/api/holder?${path}`)).json())

test('a project’s days belong to who held its issues, to the approver, else to the step’s party', async () => {
  const { spans, totals, from, to, elapsedDays, now } = await holder('project=3')
  expect([from, to, elapsedDays]).toEqual(['2023-01-05', '2023-05-31', 146])
  expect(spans.map((one) => [one.from, one.holder.name, one.days, one.by, one.what])).toEqual([
    ['2023-01-05', '攸县', 27, 'step', '开工'],
    ['2023-02-01', '大桥公司', 28, 'step', '竣工'],
    ['2023-03-01', '调度办', 5, 'issue', '引桥拆迁'],
    ['2023-03-06', '自然资源局', 26, 'issue', '引桥拆迁'],
    ['2023-04-01', '调度办', 2, 'issue', '引桥拆迁'],
    ['2023-04-03', '大桥公司', 49, 'step', '竣工'],
    ['2023-05-22', '调度办', 9, 'approval', '竣工'],
  ])
  expect(totals.map((one) => [one.holder.name, one.days])).toEqual([
    ['大桥公司', 77],
    ['攸县', 27],
    ['自然资源局', 26],
    ['调度办', 16],
  ])
  expect(totals.reduce((sum, { days }) => sum + days, 0)).toBe(elapsedDays)
  expect(now).toEqual({ kind: 'dispatch', name: '调度办' })
})

test('a day before is told as it was known then; a finished project waits for nobody', async () => {
  // Written down on 31 May, the issue was known to nobody before: only its steps' own days count.
  const then = await holder('project=1&asOf=2023-03-31')
  expect(then.elapsedDays).toBe(85)
  expect(then.spans.reduce((sum, { days }) => sum + days, 0)).toBe(85)
  const finished = await holder('project=6')
  expect([finished.to, finished.now]).toEqual(['2023-03-20', null])
})

test('totals of a place add up, over its own projects only', async () => {
  const answer = await site.as('unit').get('/api/holder/total?from=2023-03-01')
  const total = HolderTotal.parse(await answer.json())
  expect(total.projects).toBe(4)
  expect(total.rows.reduce((sum, { days }) => sum + days, 0)).toBe(total.elapsedDays)
  // Three projects for 91 days, and the one that was finished on 20 March for 19.
  expect(total.elapsedDays).toBe(3 * 91 + 19)
  const office = total.rows.find(({ holder: one }) => one.kind === 'department')
  expect(office).toEqual({
    holder: { kind: 'department', name: '自然资源局' },
    days: 26,
    projects: 1,
    holdsNow: 0,
  })
  const foreign = await site.as('unit').get('/api/holder?project=1')
  expect(foreign.status).toBe(404)
})
