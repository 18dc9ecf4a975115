import { randomUUID } from 'node:crypto'
import { Agenda, type AgendaItem, DependantList, Reminded } from 'api/agenda/contract'
import type { Database } from 'api/db/database'
import { DispatchDetail } from 'api/dispatch/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const agenda = async (login: Login) =>
  Agenda.parse(await (await site.as(login).get('/api/agenda')).json())
const actOf = <Act>(item: AgendaItem | undefined) => (item ?? { act: {} }).act as Act
const find = async (login: Login, kind: AgendaItem['kind']) =>
  (await agenda(login)).rows.filter((row) => row.kind === kind)
const order = async (
  to: { kind: string; id: number },
  projects: number[],
  dueOn = '2023-06-02',
) => {
  const body = {
    key: randomUUID(),
    title: '督办',
    demand: '说明原因',
    origin: 'selection',
    dueOn,
    tasks: [{ owner: to, projectIds: projects }],
  }
  return DispatchDetail.parse(await (await site.send('POST', '/api/dispatch', body)).json())
}

test('three roles on the same data get three different lists', async () => {
  const lists = await Promise.all((['leader', 'dispatcher', 'unit'] as const).map(agenda))
  const keys = lists.map(({ rows }) => rows.map(({ key }) => key).join())
  expect(new Set(keys).size).toBe(3)
  const [leader, dispatcher, unit] = lists.map(({ rows }) => new Set(rows.map(({ kind }) => kind)))
  expect(leader).toContain('order_project')
  expect(dispatcher).toContain('report_verify')
  expect(unit).toContain('report_file')
  for (const { rows, rest } of lists) {
    expect(rows.length).toBeLessThanOrEqual(10)
    const keys = [...rows, ...rest].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  }
})

test('money, days and what waits are those of the projects, and open to their rows', async () => {
  const { rows } = await agenda('dispatcher')
  for (const { stakes, moneyWan, dependants, since, days } of rows) {
    expect(stakes.reduce((sum, stake) => sum + stake.moneyWan, 0)).toBeCloseTo(moneyWan, 2)
    expect(stakes.reduce((sum, stake) => sum + stake.dependants, 0)).toBe(dependants)
    expect(days).toBe(Math.max(0, (Date.parse('2023-05-31') - Date.parse(since)) / 86_400_000))
  }
  const ids = [...new Set(rows.flatMap(({ stakes }) => stakes.map(({ projectId }) => projectId)))]
  const listed = DependantList.parse(
    await (await site.get(`/api/agenda/row?project=${ids.join()}`)).json(),
  ).rows
  for (const { projectId, dependants } of rows.flatMap(({ stakes }) => stakes)) {
    expect(listed.filter((row) => row.projectId === projectId)).toHaveLength(dependants)
  }
  const refused = await site.get('/api/agenda/row?project=1,x')
  expect(refused.status).toBe(400)
})

test('a red project asks for an order until there is one', async () => {
  const before = await find('leader', 'order_project')
  const first = before[0]?.project?.id ?? 0
  expect(before[0]).toMatchObject({
    act: { do: 'open' },
    link: `/desk?project=${first}&open=send`,
  })
  await order({ kind: 'unit', id: 1 }, [first])
  const after = await find('leader', 'order_project')
  expect(after.map(({ project }) => project?.id)).not.toContain(first)
  expect(after).toHaveLength(before.length - 1)
})

test('one tap does what it says: the act is the step that the route takes', async () => {
  const sent = await order({ kind: 'unit', id: 1 }, [3])
  const task = sent.taskRows[0]?.id
  const items = await find('unit', 'dispatch_acknowledge')
  const item = items.find(({ act }) => act.do === 'task' && act.id === task)
  expect(item).toMatchObject({
    act: { do: 'task', action: 'acknowledge', seen: 'sent' },
    stakes: [{ projectId: 3 }],
  })
  const { action, seen } = actOf<{ action: string; seen: string }>(item)
  const step = { key: randomUUID(), action, seen }
  expect((await site.as('unit').send('POST', `/api/dispatch/task/${task}/step`, step)).status).toBe(
    200,
  )
  expect((await find('unit', 'dispatch_acknowledge')).map(({ key }) => key)).not.toContain(
    item?.key,
  )
  const [report] = await find('dispatcher', 'report_verify')
  const { id, key } = actOf<{ id: number; key: string }>(report)
  const review = { key, decision: 'verified' }
  expect((await site.send('POST', `/api/report/${id}/review`, review)).status).toBe(200)
  expect((await find('dispatcher', 'report_verify')).map((one) => one.key)).not.toContain(
    report?.key,
  )
})

test('who answers is reminded once a day, by who may, of what is there', async () => {
  const press = async (login: Login, body: object) => {
    const answer = await site.as(login).send('POST', '/api/agenda/reminder', body)
    if (!answer.ok) return [answer.status]
    const { people, told } = Reminded.parse(await answer.json())
    return [answer.status, people, told]
  }
  expect(await press('dispatcher', { noun: 'report', id: 4 })).toEqual([200, 1, 1])
  expect(await press('dispatcher', { noun: 'report', id: 4 })).toEqual([200, 1, 0])
  const [told] = await db.sql`select title, text from notice where key like 'agenda/report/4/%'`
  expect(told?.['title']).toMatch(/^催报：/)
  expect(await press('dispatcher', { noun: 'report', id: 999 })).toEqual([404])
  expect(await press('unit', { noun: 'report', id: 8 })).toEqual([404])
  const sent = await order({ kind: 'unit', id: 1 }, [3])
  const id = sent.taskRows[0]?.id
  expect(await press('dispatcher', { noun: 'dispatch', id })).toEqual([200, 1, 1])
  // Of a unit where nobody has an account nobody hears of it, and that is said.
  const silent = (await order({ kind: 'unit', id: 2 }, [3])).taskRows[0]?.id
  expect(await press('dispatcher', { noun: 'dispatch', id: silent })).toEqual([200, 0, 0])
  expect(await press('leader', { noun: 'dispatch', id })).toEqual([403])
  expect(await press('department', { noun: 'report', id: 5 })).toEqual([403])
})

test('the rule is the city’s own where it set one, and a damaged one is told', async () => {
  const rule = {
    name: '本市 v2',
    most: 2,
    mostOfKind: 1,
    moneyUnitWan: 100,
    exponent: { money: 0, days: 1, dependants: 0 },
    factor: { report_verify: 0 },
    proposes: {},
  }
  const set = (value: unknown) =>
    db.transact(
      { actor: '测试', reason: '规则' },
      (tx) => tx`
        insert into setting (key, value) values ('agenda_rule', ${JSON.stringify(value)}::text::jsonb)
        on conflict (key) do update set value = excluded.value`,
    )
  await set(rule)
  const own = await agenda('dispatcher')
  expect(own.rule).toBe('本市 v2')
  expect(own.rows.length).toBeLessThanOrEqual(2)
  expect(own.rows.map(({ kind }) => kind)).not.toContain('report_verify')
  await set({ ...rule, most: 99 })
  expect((await site.get('/api/agenda')).status).toBe(500)
  await db.transact(
    { actor: '测试', reason: '规则' },
    (tx) => tx`delete from setting where key = 'agenda_rule'`,
  )
})

test('a wall, and who administers, have nothing to decide', async () => {
  for (const login of ['wall', 'security', 'auditor'] as const) {
    expect(await agenda(login)).toMatchObject({ rows: [], rest: [] })
  }
})
