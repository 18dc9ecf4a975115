import { randomUUID } from 'node:crypto'
import { BodyItemList, BodyList } from 'api/body/contract'
import type { Database } from 'api/db/database'
import { DispatchDetail, DispatchList, type DispatchTask, Proposal } from 'api/dispatch/contract'
import { ApiError } from 'api/http/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asking, TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { putLadder } from '../support/ladder.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  await putLadder(site)
})
afterAll(() => site.close())

const code = async (response: Response) => [
  response.status,
  ApiError.parse(await response.json()).error.code,
]
/** To the manager of unit 1 about projects 3 and 4, and to the park about project 1. */
const order = () => ({
  key: randomUUID(),
  title: '关于加快推进大桥等项目的调度',
  demand: '说明滞后原因和整改措施',
  origin: 'filter',
  priority: 'urgent',
  dueOn: '2023-06-07',
  tasks: [
    { owner: { kind: 'unit', id: 1 }, projectIds: [3, 4] },
    { owner: { kind: 'park', id: 1 }, projectIds: [1] },
  ],
})
const send = async (body: object = order(), by: Asking = site) => {
  const answer = await by.send('POST', '/api/dispatch', body)
  expect(answer.status, await answer.clone().text()).toBe(201)
  return DispatchDetail.parse(await answer.json())
}
const taskOf = ({ taskRows }: DispatchDetail, kind: string): DispatchTask => {
  const found = taskRows.find(({ owner }) => owner.kind === kind)
  if (!found) throw new Error(`no task of a ${kind}`)
  return found
}
const step = (by: Asking, task: Pick<DispatchTask, 'id' | 'state'>, action: string, more = {}) =>
  by.send('POST', `/api/dispatch/task/${task.id}/step`, {
    key: randomUUID(),
    action,
    seen: task.state,
    ...more,
  })
const stepped = async (answer: Response) => {
  expect(answer.status, await answer.clone().text()).toBe(200)
  return DispatchDetail.parse(await answer.json())
}

describe('a proposal', () => {
  const propose = async (body: object, by: Asking = site) =>
    by.send('POST', '/api/dispatch/proposal', body)

  test('makes one task for each owner of the selection, with people, sums and due days', async () => {
    await db.transact(
      { actor: '测试', reason: '牵头部门' },
      (tx) => tx`update project set lead_department = '自然资源局' where id in (1, 3)`,
    )
    const answer = await propose({ projectIds: [1, 3, 4, 8] })
    expect(answer.status).toBe(200)
    const proposal = Proposal.parse(await answer.json())
    expect(
      proposal.tasks.map(({ owner, projectIds }) => [owner.kind, owner.name, projectIds]),
    ).toEqual([
      ['park', '荷塘产业开发区', [1, 8]],
      ['department', '自然资源局', [1, 3]],
      ['unit', '攸县', [3, 4]],
    ])
    expect(proposal.tasks[2]?.owner.people.map(({ name }) => name)).toEqual(['李县长'])
    // Project 8 is a part of project 1.
    expect(proposal.totals).toMatchObject({ projects: 4, totalWan: 45_000, annualWan: 36_000 })
    expect(proposal.title).toBe('关于加快推进按期产业园等 4 个项目的调度')
    expect(proposal.dueOn).toEqual({
      ordinary: '2023-06-14',
      urgent: '2023-06-07',
      critical: '2023-06-02',
    })
  })

  test('takes the projects of an area, as far as they are seen', async () => {
    const box = (lon: number, lat: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [lon, lat],
          [lon + 0.1, lat],
          [lon + 0.1, lat + 0.1],
          [lon, lat + 0.1],
          [lon, lat],
        ],
      ],
    })
    const area = box(113.15, 27.8)
    const found = Proposal.parse(await (await propose({ area })).json())
    expect(found.projects.map(({ id }) => id)).toEqual([1])
    expect(await code(await propose({ area }, site.as('unit')))).toEqual([422, 'SELECTION_EMPTY'])
    expect(await code(await propose({ area: box(100, 20) }))).toEqual([422, 'SELECTION_EMPTY'])
    const bow = {
      ...area,
      coordinates: [
        [
          [113, 27],
          [114, 28],
          [114, 27],
          [113, 28],
          [113, 27],
        ],
      ],
    }
    expect(await code(await propose({ area: bow }))).toEqual([422, 'AREA_INVALID'])
  })

  test('is not made of nothing, of what nobody knows or what is not seen', async () => {
    expect(await code(await propose({}))).toEqual([400, 'INVALID'])
    expect(await code(await propose({ projectIds: [999] }))).toEqual([404, 'PROJECT_NOT_FOUND'])
    expect(await code(await propose({ issueIds: [999] }))).toEqual([404, 'ISSUE_NOT_FOUND'])
    expect(await code(await propose({ projectIds: [1] }, site.as('unit')))).toEqual([
      404,
      'PROJECT_NOT_FOUND',
    ])
    expect(await code(await propose({ projectIds: [1] }, site.as('helper')))).toEqual([
      403,
      'FORBIDDEN',
    ])
  })
})

describe('an order', () => {
  test('sent five times at once is one order with one number, told to each owner once', async () => {
    const body = order()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => site.send('POST', '/api/dispatch', body)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    const bodies = await Promise.all(answers.map((answer) => answer.json()))
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1)
    expect(DispatchDetail.parse(bodies[0])).toMatchObject({ state: 'open', senderName: '王调度' })
    expect(bodies[0].number).toMatch(/^调〔2023〕\d+号$/)
    const told = await db.sql<{ name: string }[]>`
      select p.name from notice n join person p on p.id = n.person_id
       where n.noun = 'dispatch_task' and n.row_id in ${db.sql(
         bodies[0].taskRows.map((task: DispatchTask) => task.id),
       )} order by p.name`
    expect(told.map(({ name }) => name)).toEqual(['李县长', '陈主任'])
    expect(
      await code(await site.send('POST', '/api/dispatch', { ...body, title: '另一张' })),
    ).toEqual([409, 'DISPATCH_CHANGED'])
  })

  test('has numbers without a gap, whoever sends', async () => {
    const sent = await Promise.all([
      send(),
      send(
        { ...order(), tasks: [{ owner: { kind: 'unit', id: 1 }, projectIds: [3] }] },
        site.as('unit'),
      ),
      send(),
    ])
    const serials = await db.sql<{ serial: number }[]>`select serial from dispatch order by serial`
    expect(serials.map(({ serial }) => serial)).toEqual(serials.map((_, index) => index + 1))
    expect(new Set(sent.map(({ number }) => number)).size).toBe(3)
  })

  test.each([
    ['a day that is past', { dueOn: '2023-05-30' }, [422, 'DUE_PAST']],
    ['an owner twice', { tasks: [order().tasks[0], order().tasks[0]] }, [422, 'OWNER_TWICE']],
    [
      'nobody as its owner',
      { tasks: [{ owner: { kind: 'person', id: 999 } }] },
      [422, 'OWNER_UNKNOWN'],
    ],
    [
      'one good and one unknown project',
      { tasks: [order().tasks[0], { owner: { kind: 'park', id: 1 }, projectIds: [999] }] },
      [404, 'PROJECT_NOT_FOUND'],
    ],
  ])('is refused whole: %s', async (_, patch, expected) => {
    const before = await db.sql`select count(*) as n from dispatch_task`
    const body = { ...order(), ...patch }
    expect(await code(await site.send('POST', '/api/dispatch', body))).toEqual(expected)
    expect([...(await db.sql`select count(*) as n from dispatch_task`)]).toEqual([...before])
  })

  test('goes from hand to hand until each task is checked, and only then is closed', async () => {
    const sent = await send()
    const [unit, park] = [site.as('unit'), site.as('park')]
    const own = DispatchDetail.parse(await (await unit.get(`/api/dispatch/${sent.id}`)).json())
    // The other owner's task is of another unit.
    expect(own.taskRows.map(({ owner }) => owner.kind)).toEqual(['unit'])
    expect(taskOf(own, 'unit').actions).toEqual(['acknowledge'])

    let seen = await stepped(await step(unit, taskOf(own, 'unit'), 'acknowledge'))
    expect(await code(await step(unit, taskOf(seen, 'unit'), 'answer'))).toEqual([
      422,
      'NOTE_MISSING',
    ])
    seen = await stepped(await step(unit, taskOf(seen, 'unit'), 'progress', { note: '已进场' }))
    seen = await stepped(
      await step(unit, taskOf(seen, 'unit'), 'answer', {
        note: '已复工',
        links: ['https://example.gov.cn/1.pdf'],
      }),
    )
    expect(await code(await step(unit, taskOf(seen, 'unit'), 'check'))).toEqual([
      403,
      'DISPATCH_FORBIDDEN',
    ])
    seen = await stepped(await step(site, taskOf(seen, 'unit'), 'return', { note: '缺照片' }))
    expect(taskOf(seen, 'unit')).toMatchObject({ state: 'in_progress', dueOn: '2023-06-07' })
    seen = await stepped(await step(unit, taskOf(seen, 'unit'), 'answer', { note: '已补' }))
    seen = await stepped(await step(site, taskOf(seen, 'unit'), 'check'))
    expect(seen).toMatchObject({
      state: 'open',
      tasks: { total: 2, checked: 1, unacknowledged: 1 },
    })

    let other = await stepped(await step(park, taskOf(sent, 'park'), 'acknowledge'))
    other = await stepped(await step(park, taskOf(other, 'park'), 'answer', { note: '完成' }))
    const closed = await stepped(await step(site, taskOf(other, 'park'), 'check'))
    expect(closed).toMatchObject({ state: 'closed', tasks: { checked: 2 }, mayRecall: false })
    expect(taskOf(closed, 'unit').steps.map(({ action, byName }) => [action, byName])).toEqual([
      ['send', '王调度'],
      ['acknowledge', '李县长'],
      ['progress', '李县长'],
      ['answer', '李县长'],
      ['return', '王调度'],
      ['answer', '李县长'],
      ['check', '王调度'],
    ])
    expect(taskOf(closed, 'unit').body).toBeNull()
  })

  test('is acknowledged once, by five at a time; another key is told that it was done', async () => {
    const task = taskOf(await send(), 'unit')
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => step(site.as('unit'), task, 'acknowledge', { key })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const race = taskOf(await send(), 'unit')
    const raced = await Promise.all(
      Array.from({ length: 5 }, () => step(site.as('unit'), race, 'acknowledge')),
    )
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
    const steps = await db.sql<{ n: number }[]>`
      select count(*) as n from dispatch_step where action = 'acknowledge' and task_id in (${task.id}, ${race.id})`
    expect(steps[0]?.n).toBe(2)
  })

  test('with both last tasks checked at a time is closed', async () => {
    const seen = await send()
    for (const kind of ['unit', 'park'] as const) {
      const own = await stepped(await step(site.as(kind), taskOf(seen, kind), 'acknowledge'))
      const more = { note: '完成' }
      await stepped(await step(site.as(kind), taskOf(own, kind), 'answer', more))
    }
    const ready = DispatchDetail.parse(await (await site.get(`/api/dispatch/${seen.id}`)).json())
    await Promise.all(ready.taskRows.map((task) => step(site, task, 'check')))
    expect(await (await site.get(`/api/dispatch/${seen.id}`)).json()).toMatchObject({
      state: 'closed',
    })
  })

  test('is recalled by its sender alone, with a reason, and the owners are told', async () => {
    const sent = await send()
    const recall = (by: Asking, body: object) =>
      by.send('POST', `/api/dispatch/${sent.id}/recall`, body)
    const key = randomUUID()
    expect(await code(await recall(site.as('leader'), { key, reason: '有误' }))).toEqual([
      403,
      'DISPATCH_FORBIDDEN',
    ])
    expect(await code(await recall(site, { key, reason: ' ' }))).toEqual([400, 'INVALID'])
    for (const _ of [1, 2]) {
      const seen = await stepped(await recall(site, { key, reason: '对象有误' }))
      expect(seen).toMatchObject({ state: 'recalled', tasks: { total: 2 }, mayRecall: false })
    }
    const told = await db.sql`
      select id from notice where kind = 'dispatch_recalled' and text like '%对象有误%'`
    expect(told).toHaveLength(2)
  })

  test('gets more time when its sender agrees, and keeps the first day', async () => {
    const unit = site.as('unit')
    let seen = await stepped(await step(unit, taskOf(await send(), 'unit'), 'acknowledge'))
    const ask = (dueOn: string) =>
      step(unit, taskOf(seen, 'unit'), 'ask_extension', { dueOn, note: '汛期停工' })
    expect(await code(await ask('2023-06-07'))).toEqual([422, 'DUE_NOT_LATER'])
    seen = await stepped(await ask('2023-06-20'))
    expect(taskOf(seen, 'unit')).toMatchObject({ askedDueOn: '2023-06-20', dueOn: '2023-06-07' })
    seen = await stepped(await step(site, taskOf(seen, 'unit'), 'grant_extension'))
    expect(taskOf(seen, 'unit')).toMatchObject({
      askedDueOn: null,
      dueOn: '2023-06-20',
      firstDueOn: '2023-06-07',
      body: { name: '攸县项目专班', nextOn: '2023-06-28' },
    })
  })

  test('is seen by those whom it concerns', async () => {
    const sent = await send()
    const ids = async (by: Asking, query = '') =>
      DispatchList.parse(await (await by.get(`/api/dispatch?limit=500${query}`)).json()).rows.map(
        ({ id }) => id,
      )
    for (const login of ['leader', 'dispatcher', 'unit', 'park', 'department'] as const)
      expect(await ids(site.as(login)), login).toContain(sent.id)
    for (const login of ['helper', 'inspector'] as const)
      expect(await ids(site.as(login)), login).not.toContain(sent.id)
    expect(await ids(site.as('unit'), '&box=mine')).toContain(sent.id)
    expect(await ids(site, '&box=mine')).not.toContain(sent.id)
    expect(await ids(site, '&box=sent&project=3')).toContain(sent.id)
    expect(await ids(site, '&project=2')).not.toContain(sent.id)
    expect(await ids(site, '&overdue=true')).not.toContain(sent.id)
    expect(await code(await site.as('helper').get(`/api/dispatch/${sent.id}`))).toEqual([
      404,
      'DISPATCH_NOT_FOUND',
    ])
  })

  test('to one person opens the projects of that task to the person, until it has ended', async () => {
    const [helper] = await db.sql<{ id: number }[]>`select id from person where login = 'helper'`
    const body = {
      ...order(),
      tasks: [{ owner: { kind: 'person', id: helper?.id }, projectIds: [5] }],
    }
    const by = site.as('helper')
    // Who may see what is kept for a second.
    const shown = () => expect.poll(async () => (await by.get('/api/project/5')).status)
    await shown().toBe(404)
    const sent = await send(body)
    await shown().toBe(200)
    const seen = await (await by.get(`/api/dispatch/${sent.id}`)).json()
    expect(seen.taskRows[0]).toMatchObject({ projects: [{ id: 5 }], actions: ['acknowledge'] })
    const reason = '不需要了'
    await site.send('POST', `/api/dispatch/${sent.id}/recall`, { key: randomUUID(), reason })
    await shown().toBe(404)
  })
})

describe('the ladder', () => {
  test('shows each body with what stands before it', async () => {
    const { rows } = BodyList.parse(await (await site.get('/api/body')).json())
    expect(rows.map(({ name, level }) => [name, level])).toEqual([
      ['市级领导小组', 1],
      ['项目建设攻坚专班', 2],
      ['攸县项目专班', 3],
      ['荷塘区项目专班', 3],
    ])
    const own = rows.find(({ name }) => name === '攸县项目专班')
    const items = BodyItemList.parse(
      await (await site.get(`/api/body/${own?.id}/item?limit=5`)).json(),
    )
    expect(items.total).toBe(own?.open)
    expect(items.rows[0]).toMatchObject({ noun: 'dispatch_task', owner: '攸县', before: [] })
    expect(await code(await site.get('/api/body/999/item'))).toEqual([404, 'BODY_NOT_FOUND'])
  })

  test('is a tree, changed by one at a time, and keeps what it has handled', async () => {
    const { version, rows } = BodyList.parse(await (await site.get('/api/body')).json())
    const bodies = rows.map((row) => ({
      code: row.code,
      name: row.name,
      level: row.level,
      parentCode: rows.find(({ id }) => id === row.parentId)?.code ?? null,
      unitId: row.unitId,
      mayClose: row.mayClose,
      mayExtend: row.mayExtend,
      mayEscalate: row.mayEscalate,
      escalateAfterWd: row.escalateAfterWd,
    }))
    const put = (changed: object[], seen = version) =>
      site.send('PUT', '/api/body', { seen, bodies: changed, reason: '调整' })
    const cycle = bodies.map((body) => (body.level === 1 ? { ...body, parentCode: 'b-yx' } : body))
    expect(await code(await put(cycle))).toEqual([422, 'LADDER_INVALID'])
    expect(await code(await put([...bodies, bodies[0] ?? {}]))).toEqual([422, 'LADDER_INVALID'])
    expect(await code(await put(bodies.filter(({ code }) => code !== 'b-yx')))).toEqual([
      409,
      'BODY_IN_USE',
    ])
    expect(await code(await put(bodies, version - 1))).toEqual([409, 'BODY_CHANGED'])
    const same = BodyList.parse(await (await put(bodies)).json())
    expect(same.version).toBe(version)
    const renamed = bodies.map((body) =>
      body.level === 1 ? { ...body, name: '市重点项目指挥部' } : body,
    )
    const after = BodyList.parse(await (await put(renamed)).json())
    expect(after.version).toBeGreaterThan(version)
    expect(after.rows[0]?.name).toBe('市重点项目指挥部')
    expect(await code(await site.as('unit').send('PUT', '/api/body', {}))).toEqual([
      403,
      'FORBIDDEN',
    ])
  })
})
