import { randomUUID } from 'node:crypto'
import { DispatchList } from 'api/dispatch/contract'
import { IssueList } from 'api/issue/contract'
import { PhotoList } from 'api/photo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

const day = (text: string) => new Date(`${text}T10:00:00+08:00`)
let now = day('2023-05-10')
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity({}, { now: () => now, simulated: true })
  await site.send('PUT', '/api/issue/cause', { code: 'land', name: '征地拆迁' })
})
afterAll(() => site.close())

async function sent(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await site.send('POST', `/api${path}`, body)
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
  return answer.json()
}
const issuesOn = async (query: string) =>
  IssueList.parse(await (await site.get(`/api/issue?${query}`)).json())

test('the list of issues of a past day: those received by then, as they stood, with the clocks of then', async () => {
  const raised = await sent('/issue', {
    key: randomUUID(),
    projectId: 3,
    title: '征地未完',
    channel: 'meeting',
  })
  now = day('2023-05-12')
  await sent(`/issue/${raised['id']}/step`, {
    key: randomUUID(),
    version: raised['version'],
    action: 'screen',
    cause: 'land',
  })
  now = day('2023-05-31')
  expect((await issuesOn('asOf=2023-05-09')).total).toBe(0)
  const first = await issuesOn('asOf=2023-05-11&project=3')
  expect(first.rows.map(({ title, state }) => [title, state])).toEqual([['征地未完', 'collected']])
  const [later] = (await issuesOn('asOf=2023-05-13')).rows
  expect(later?.state).toBe('screened')
  expect((await issuesOn('asOf=2023-05-13&state=collected')).total).toBe(0)
})

test('an issue that was typed in later stands as its steps tell', async () => {
  const { db } = site.deps
  await db.transact({ actor: '测试员', reason: '补录' }, async (tx) => {
    const [issue] = await tx<{ id: number }[]>`
      insert into issue (key, project_id, title, channel, raiser_name, state, holder, held_since, received_at, closed_at)
      values (gen_random_uuid(), 1, '旧事', 'meeting', '某企业', 'not_accepted', 'none',
              '2023-04-20T02:00Z', '2023-04-10T02:00Z', '2023-04-20T02:00Z') returning id`
    for (const [action, at, state, holder] of [
      ['raise', '2023-04-10T02:00Z', 'collected', 'manager'],
      ['refuse', '2023-04-20T02:00Z', 'not_accepted', 'none'],
    ] as const) {
      await tx`
        insert into issue_step (key, issue_id, action, at, state, holder)
        values (gen_random_uuid(), ${issue?.id ?? 0}, ${action}, ${at}, ${state}, ${holder})`
    }
  })
  const open = async (asOf: string) => (await issuesOn(`open=true&project=1&asOf=${asOf}`)).total
  expect([await open('2023-04-09'), await open('2023-04-15'), await open('2023-04-21')]).toEqual([
    0, 1, 0,
  ])
})

test('orders and files of a past day', async () => {
  now = day('2023-05-20')
  await sent('/dispatch', {
    key: randomUUID(),
    title: '调度大桥',
    demand: '说明滞后原因',
    origin: 'filter',
    priority: 'urgent',
    dueOn: '2023-05-26',
    tasks: [{ owner: { kind: 'unit', id: 1 }, projectIds: [3] }],
  })
  now = day('2023-05-31')
  const on = async (asOf: string) => {
    const answer = await site.get(`/api/dispatch?project=3&asOf=${asOf}`)
    return DispatchList.parse(await answer.json()).rows.map(({ tasks }) => tasks.overdue)
  }
  expect([await on('2023-05-19'), await on('2023-05-21'), await on('2023-05-30')]).toEqual([
    [],
    [0],
    [1],
  ])
  const files = await site.get('/api/photo?project=3&asOf=2023-05-21')
  expect(PhotoList.parse(await files.json()).rows).toEqual([])
})
