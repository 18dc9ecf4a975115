/*
 * The rule book and what the lights make of revised plans and of evidence, over the small city.
 */
import type { Disagreements } from 'api/light/contract'
import { Disagreements as DisagreementsShape } from 'api/light/contract'
import { LightBook, LightPreview, type LightRule } from 'api/light/rule/contract'
import { own, yinchuan } from 'api/light/rule/shipped'
import { ProjectDetail } from 'api/project/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { testStart } from '../support/database.ts'

let site: TestApp
let at = testStart
beforeAll(async () => {
  site = await openSmallCity({}, { now: () => at, simulated: true })
})
afterAll(() => site.close())

/** What is held in memory follows the news of a change. */
const soon = { timeout: 20_000 }
const write = (sql: string) =>
  site.deps.db.transact({ actor: '测试', reason: '改动' }, (tx) => tx.unsafe(sql))
const detail = async (id: number, query = '') =>
  ProjectDetail.parse(await (await site.get(`/api/project/${id}?${query}`)).json())
const adopt = (
  rule: LightRule,
  fromOn: string,
  login: Parameters<TestApp['as']>[0] = 'dispatcher',
) =>
  site.as(login).send('POST', '/api/light/adoption', { rule, fromOn, reason: '市政府常务会议定' })
const codeOf = async (response: Response) =>
  [response.status, (await response.json()).error.code] as const
const disagreements = async (query = ''): Promise<Disagreements> =>
  DisagreementsShape.parse(await (await site.get(`/api/light/evidence?${query}`)).json())

test('who changes colour is told for what the asker sees, and nothing changes', async () => {
  const send = async (login: 'dispatcher' | 'unit') =>
    LightPreview.parse(
      await (await site.as(login).send('POST', '/api/light/preview', { rule: yinchuan })).json(),
    )
  const all = await send('dispatcher')
  expect([all.from, all.to, all.projects]).toEqual(['本市 v1', '银川式 v1', 8])
  // P2 is 6.7 points behind, P3 16.7: amber and red by the own rule, green and amber by 银川's; but
  // nobody said that they are in the statistics, 120 days after their start.
  expect(all.rows.find(({ name }) => name === '落后标准厂房')).toMatchObject({
    from: 'amber',
    to: 'red',
    reason: expect.stringContaining('未填报是否入统'),
  })
  expect(all.revised.reduce((sum, { projects }) => sum + projects, 0)).toBe(8)
  const unit = await send('unit')
  expect(unit.projects).toBe(4)
  expect(unit.units.map(({ unitId }) => unitId)).toEqual(unit.changed > 0 ? [1] : [])
  expect((await detail(2)).light).toMatchObject({ state: 'amber', rule: '本市 v1' })
})

test('a rule judges from its day on; a day before it keeps the rule that was known then', async () => {
  const v2: LightRule = {
    ...own,
    version: 2,
    payment: { amberPoints: 7, redPoints: 15, redAbove: false },
  }
  expect(await codeOf(await adopt(v2, '2023-05-30'))).toEqual([422, 'LIGHT_FROM_PAST'])
  expect(await codeOf(await adopt({ ...v2, version: 3 }, '2023-06-01'))).toEqual([
    422,
    'LIGHT_RULE_VERSION',
  ])
  expect(await codeOf(await adopt(v2, '2023-06-01', 'unit'))).toEqual([403, 'FORBIDDEN'])
  const adopted = await adopt(v2, '2023-06-01')
  expect(adopted.status).toBe(201)
  const book = LightBook.parse(await adopted.json())
  expect(book.current).toMatchObject({ name: '本市', version: 1 })
  expect(book.adoptions).toMatchObject([{ version: 2, fromOn: '2023-06-01', person: '王调度' }])
  expect(await codeOf(await adopt({ ...v2, staleDays: 50 }, '2023-06-01'))).toEqual([
    409,
    'LIGHT_RULE_CHANGED',
  ])
  expect((await detail(2)).light).toMatchObject({ state: 'amber', rule: '本市 v1' })
  at = new Date('2023-06-01T09:00:00+08:00')
  const later = (await detail(2)).light
  expect(later).toMatchObject({ state: 'green', rule: '本市 v2' })
  expect(later.reason).toMatch(/落后 6.7 个百分点；规则 本市 v2 第 3 条$/)
  expect((await detail(2, 'asOf=2023-05-31')).light).toMatchObject({
    state: 'amber',
    rule: '本市 v1',
  })
  const map = await (await site.get('/api/map')).json()
  expect(map.rule).toBe('本市 v2')
  // The next day's decision goes before, as of that day alone.
  at = new Date('2023-06-02T09:00:00+08:00')
  await adopt(own, '2023-06-02', 'leader')
  expect((await detail(2)).light).toMatchObject({ state: 'amber', rule: '本市 v1' })
  expect((await detail(2, 'asOf=2023-06-01')).light.rule).toBe('本市 v2')
})

test('the book is not rewritten', async () => {
  await expect(write(`update light_adoption set from_on = '2023-01-01'`)).rejects.toThrow(
    'AUDIT_KEPT',
  )
  await expect(write(`delete from light_rule`)).rejects.toThrow('AUDIT_KEPT')
})

test('a revised date or plan counts in one form, the first one in the other', async () => {
  await write(
    `update milestone set actual_date = null, actual_precision = null where project_id = 2 and kind = 'start'`,
  )
  await write(
    `update milestone set revised_date = '2023-06-30', revised_precision = 'day' where project_id = 2 and kind = 'start'`,
  )
  const start = (await detail(2)).lights
  expect(start.revised).toEqual({ dates: true, money: false })
  expect(start.parts.start).toMatchObject({ state: 'none', causes: [{ code: 'startAhead' }] })
  expect(start.original).toMatchObject({ state: 'red', parts: { start: { state: 'red' } } })
  // P3 did half of its plan: halved, it is on plan; against the first one it is as late as before.
  await write(`update investment set planned_wan = 500 where project_id = 3`)
  const { light, lights } = await detail(3)
  expect(lights.revised).toEqual({ dates: false, money: true })
  expect(light).toMatchObject({ state: 'green', lagPoints: 0 })
  expect(lights.original).toMatchObject({ state: 'red', causes: [{ plannedWan: 4000 }] })
  expect((await detail(3, 'asOf=2023-05-30')).lights.original.state).toBe('red')
  await write(`update plan set annual_wan = 24000 where project_id = 1`)
  const first = (await detail(1)).lights.original.parts.payment
  expect(first.causes).toMatchObject([{ annualWan: 12_000 }])
  // Again and back again: what was first stays first.
  await write(`update investment set planned_wan = 700 where project_id = 3`)
  expect((await detail(3)).lights.original.causes).toMatchObject([{ plannedWan: 4000 }])
})

test('what is reported well and proved badly is listed by money, and leaves the list with its proof', async () => {
  await expect.poll(async () => (await disagreements()).total, soon).toBe(5)
  const before = await disagreements()
  // Nothing of the small city is proved: the green, amber and finished ones all disagree.
  expect(
    before.rows.map(({ name, light, evidence }) => [name, light.state, evidence.state]),
  ).toEqual([
    ['按期产业园', 'green', 'stale'],
    ['落后标准厂房', 'amber', 'stale'],
    ['严重滞后大桥', 'amber', 'stale'],
    ['已完工学校', 'finished', 'amber'],
    ['按期产业园一期', 'green', 'stale'],
  ])
  await write(`update report set status = 'verified' where project_id = 3 and month = '2023-04-01'`)
  await write(
    `update milestone set evidence = '竣备〔2023〕1 号' where project_id = 6 and kind = 'finish'`,
  )
  await expect.poll(async () => (await disagreements()).total, soon).toBe(3)
  const after = await disagreements()
  expect(after.rows.map(({ name }) => name)).toEqual([
    '按期产业园',
    '落后标准厂房',
    '按期产业园一期',
  ])
  // As known then, P3 was red and claimed nothing good.
  expect((await disagreements('asOf=2023-05-30')).total).toBe(4)
  const ofUnit = async () => (await (await site.as('unit').get('/api/light/evidence')).json()).total
  await expect.poll(ofUnit, soon).toBe(0)
})
