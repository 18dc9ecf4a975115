import { randomUUID } from 'node:crypto'
import { BodyItemList, BodyList } from 'api/body/contract'
import { escalateIssues } from 'api/body/job'
import { addDays } from 'api/calendar/days'
import type { Database } from 'api/db/database'
import { DispatchDetail } from 'api/dispatch/contract'
import { watchDispatches } from 'api/dispatch/job'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { putLadder } from '../support/ladder.ts'

let db: Database
let site: TestApp
let now = new Date('2023-04-20T09:00:00+08:00')
const moved = { simulated: true, now: () => now }
beforeAll(async () => {
  site = await openSmallCity({}, moved)
  db = site.deps.db
  const [leader] = await db.sql<{ id: number }[]>`select id from person where login = 'leader'`
  await putLadder(site, leader?.id ?? null)
  await site.send('PUT', '/api/issue/cause', { code: 'power', name: '杆线迁改' })
})
afterAll(() => site.close())
beforeEach(() => {
  now = new Date('2023-04-20T09:00:00+08:00')
})

const at = (day: string) => new Date(`${day}T08:00:00+08:00`)
const runOn = async (...days: string[]) => {
  for (const day of days) {
    now = at(day)
    await watchDispatches(db, now)
  }
}
/** Due on the last working day before the May holidays of 2023 (29 April to 3 May, 6 May is worked). */
const send = async (dueOn = '2023-04-27') => {
  const answer = await site.send('POST', '/api/dispatch', {
    key: randomUUID(),
    title: '节前督办',
    demand: '节前完成',
    origin: 'filter',
    dueOn,
    tasks: [{ owner: { kind: 'unit', id: 1 }, projectIds: [3] }],
  })
  const order = DispatchDetail.parse(await answer.json())
  return { order: order.id, task: order.taskRows[0]?.id ?? 0 }
}
const read = async (order: number) => {
  const [task] = DispatchDetail.parse(
    await (await site.get(`/api/dispatch/${order}`)).json(),
  ).taskRows
  return task
}
const told = async (task: number, kind: string) => {
  const rows = await db.sql<{ name: string; title: string }[]>`
    select p.name, n.title from notice n join person p on p.id = n.person_id
     where n.noun = 'dispatch_task' and n.row_id = ${task} and n.kind = ${kind} order by n.id`
  return rows.map(({ name, title }) => `${name}：${title.replace(/^.*号 ?/, '')}`)
}
const step = (task: number, action: string, seen: string, by = site.as('unit')) =>
  by.send('POST', `/api/dispatch/task/${task}/step`, {
    key: randomUUID(),
    action,
    seen,
    note: '好',
  })

describe('an order that nobody answers', () => {
  test('is warned of before, at and after its day, each once, counted in working days', async () => {
    const { task } = await send('2023-05-04')
    // Two working days before 4 May: 27 April; the make-up Sunday of 23 April is one too.
    await runOn('2023-04-23', '2023-04-26')
    expect(await told(task, 'dispatch_due')).toEqual([])
    await runOn('2023-04-27', '2023-04-27', '2023-05-01', '2023-05-04', '2023-05-04')
    await runOn('2023-05-05', '2023-05-05')
    expect(await told(task, 'dispatch_due')).toEqual([
      '李县长：还有 2 个工作日到期',
      '李县长：今天到期',
      '李县长：已逾期，期限是 2023-05-04',
      '王调度：已逾期，期限是 2023-05-04',
    ])
  })

  test('goes up the ladder on its own days, and stays at the top, of which those there are told', async () => {
    const { order, task } = await send()
    expect((await read(order))?.body).toMatchObject({ name: '攸县项目专班', nextOn: '2023-05-08' })
    // Holidays do not count, the make-up Saturday of 6 May does.
    await runOn('2023-05-07')
    expect((await read(order))?.body?.name).toBe('攸县项目专班')
    await runOn('2023-05-08')
    expect((await read(order))?.body).toMatchObject({
      name: '项目建设攻坚专班',
      nextOn: '2023-05-11',
    })
    // The server was away; three parallel runs find the same.
    now = at('2023-05-22')
    await Promise.all([1, 2, 3].map(() => watchDispatches(db, now)))
    await runOn('2023-06-30')
    expect((await read(order))?.body).toMatchObject({ name: '市级领导小组', nextOn: null })
    const steps = (await read(order))?.steps.filter(({ action }) => action === 'escalated')
    expect(steps?.map(({ note }) => note)).toEqual([
      '逾期未办结，2023-05-08 起由项目建设攻坚专班协调',
      '逾期未办结，2023-05-11 起由市级领导小组协调',
    ])
    expect(
      (await told(task, 'dispatch_escalated')).filter((one) => one.startsWith('周市长')),
    ).toEqual([
      '周市长：逾期未办结，提级到市级领导小组',
      '周市长：在市级领导小组仍未办结，已无上级机构',
    ])
    const { rows } = BodyList.parse(await (await site.get('/api/body')).json())
    const items = BodyItemList.parse(await (await site.get(`/api/body/${rows[0]?.id}/item`)).json())
    expect(items.rows[0]).toMatchObject({
      rowId: task,
      before: ['攸县项目专班', '项目建设攻坚专班'],
      enteredOn: '2023-05-11',
    })
  })

  test('gets its body’s days again when more time is granted, and none when it is checked', async () => {
    const { order, task } = await send()
    await step(task, 'acknowledge', 'sent')
    await runOn('2023-05-08')
    const ask = { key: randomUUID(), action: 'ask_extension', seen: 'acknowledged', note: '汛期' }
    const by = site.as('unit')
    await by.send('POST', `/api/dispatch/task/${task}/step`, { ...ask, dueOn: '2023-05-19' })
    expect((await step(task, 'grant_extension', 'acknowledged', site)).status).toBe(200)
    expect((await read(order))?.body?.nextOn).toBe('2023-05-24')
    await runOn('2023-05-23')
    expect((await read(order))?.body?.name).toBe('项目建设攻坚专班')
    expect((await step(task, 'answer', 'acknowledged')).status).toBe(200)
    expect((await step(task, 'check', 'answered', site)).status).toBe(200)
    await runOn('2023-05-24', '2023-06-30')
    expect(await read(order)).toMatchObject({ state: 'checked', body: null })
  })

  test('may be checked by the body that it has come to, and handed on by it', async () => {
    const { order, task } = await send()
    await step(task, 'acknowledge', 'sent')
    await runOn('2023-05-08')
    expect((await step(task, 'escalate', 'acknowledged')).status).toBe(403)
    expect((await step(task, 'escalate', 'acknowledged', site)).status).toBe(200)
    expect((await read(order))?.body?.name).toBe('市级领导小组')
    await step(task, 'answer', 'acknowledged')
    expect((await step(task, 'check', 'answered', site.as('leader'))).status).toBe(200)
    expect(await read(order)).toMatchObject({ state: 'checked' })
  })

  test('goes on where it was when a run ends half way', async () => {
    const orders = [await send(), await send(), await send()]
    const [, broken] = orders
    now = at('2023-05-09')
    const failing: Database = {
      ...db,
      transact: (author, write, when) =>
        db.transact(
          author,
          async (tx) => {
            const done = await write(tx)
            const [row] = await tx`
              select from dispatch_step where task_id = ${broken?.task ?? 0} and action = 'escalated'`
            if (row) throw new Error('CUT')
            return done
          },
          when,
        ),
    }
    await expect(watchDispatches(failing, now)).rejects.toThrow('CUT')
    await watchDispatches(db, now)
    for (const { order } of orders) {
      const task = await read(order)
      expect(task?.steps.filter(({ action }) => action === 'escalated')).toHaveLength(1)
      expect(task?.body?.name).toBe('项目建设攻坚专班')
    }
  })
})

describe('an issue that nobody solves', () => {
  test('is passed up to the lowest body, from there to the next, by one server at a time', async () => {
    const answer = await site.send('POST', '/api/issue', {
      key: randomUUID(),
      projectId: 3,
      title: '高压线未迁改',
      cause: 'power',
      channel: 'report',
    })
    const { id } = await answer.json()
    const step = async (action: string, more = {}) => {
      const issue = await (await site.get(`/api/issue/${id}`)).json()
      const body = { key: randomUUID(), action, version: issue.version, ...more }
      const taken = await site.send('POST', `/api/issue/${id}/step`, body)
      expect(taken.status, await taken.clone().text()).toBe(200)
    }
    await step('screen')
    await step('assign', { unitId: 1 })
    const stands = async () => {
      const { state, bodyId, escalated } = await (await site.get(`/api/issue/${id}`)).json()
      const { rows } = BodyList.parse(await (await site.get('/api/body')).json())
      return [state, rows.find((body) => body.id === bodyId)?.name, escalated]
    }
    const names: unknown[] = []
    for (let day = '2023-04-21'; day <= '2023-07-31'; day = addDays(day, 1)) {
      now = at(day)
      await Promise.all([1, 2].map(() => escalateIssues(db, now)))
      const [state, name, times] = await stands()
      if (times !== names.length) names.push(name)
      expect(state).toBe(names.length === 0 ? 'assigned' : 'escalated')
    }
    expect(names).toEqual(['攸县项目专班', '项目建设攻坚专班', '市级领导小组'])
    const { rows } = BodyList.parse(await (await site.get('/api/body')).json())
    const items = BodyItemList.parse(
      await (await site.get(`/api/body/${rows[0]?.id}/item?limit=500`)).json(),
    )
    expect(items.rows.find(({ noun }) => noun === 'issue')).toMatchObject({
      rowId: id,
      owner: '攸县',
      before: ['攸县项目专班', '项目建设攻坚专班'],
    })
  })
})

test('without a ladder an order is warned of and stays where it is', async () => {
  await db.transact({ actor: '测试', reason: '撤销' }, async (tx) => {
    await tx`update issue set body_id = null`
    await tx`delete from dispatch_task_body`
    await tx`delete from body`
  })
  const { order, task } = await send()
  await runOn('2023-06-30')
  expect(await read(order)).toMatchObject({ body: null, overdueDays: 64 })
  expect(await told(task, 'dispatch_escalated')).toEqual([])
  expect(await told(task, 'dispatch_due')).toHaveLength(2)
})
