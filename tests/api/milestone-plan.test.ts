import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import type { MilestonePlan } from 'api/milestone/plan/contract'
import { changePlan, decidePlan, proposePlan, submitPlan } from 'api/milestone/plan/write'
import { milestonesOf } from 'api/milestone/queries'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { addPlanning, type People } from '../support/milestone-city.ts'

let db: Database
let site: TestApp
let people: People
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  people = await addPlanning(db)
})
afterAll(() => site.close())

const author = { actor: '测试员', reason: '节点计划' }
const propose = (projectId: number, given: object = {}) =>
  db.transact(author, (tx) =>
    proposePlan(
      tx,
      { key: randomUUID(), projectId, template: 'small', startOn: '2023-06-01', ...given },
      people.owner,
    ),
  )
const change = (
  plan: MilestonePlan,
  steps: { code: string; limitDays?: number; plannedOn?: string | null }[],
) => db.transact(author, (tx) => changePlan(tx, plan.id, { seen: plan.edition, steps }))
const submit = (plan: MilestonePlan) =>
  db.transact(author, (tx) => submitPlan(tx, plan.id, plan.edition, people.owner))
const decide = (
  plan: MilestonePlan,
  decision: 'approved' | 'refused',
  who = people.dispatcher,
  note = '',
) =>
  db.transact(author, (tx) => decidePlan(tx, plan.id, { seen: plan.edition, decision, note }, who))
const days = ({ steps }: MilestonePlan) => steps.map((one) => [one.code, one.plannedOn])
const ofProject = (id: number) =>
  milestonesOf(db.sql, { asOf: null, date: '2023-05-31', year: 2023 }, id)

describe('a plan', () => {
  test('is proposed by the network, with the critical steps marked and what is known kept', async () => {
    const { plan, created } = await propose(5)
    expect(created).toBe(true)
    expect(plan.steps).toMatchObject([
      { code: 'preliminary', plannedOn: '2023-06-08', critical: true, known: null },
      { code: 'site', plannedOn: '2023-06-25', critical: false, slackDays: 10 },
      { code: 'eia', plannedOn: '2023-07-07', critical: true },
      { code: 'permit', plannedOn: '2023-07-12', critical: true },
      { code: 'start', plannedOn: '2023-07-19', critical: true },
      { code: 'finish', plannedOn: '2024-05-09', critical: true },
    ])
    // The small city's third project has begun in February.
    const begun = await propose(3)
    expect(begun.plan.steps.slice(3)).toMatchObject([
      { code: 'permit', tooEarly: false },
      { code: 'start', plannedOn: '2023-02-01', known: 'actual', tooEarly: false },
      { code: 'finish', known: null, critical: true },
    ])
  })

  test('changed in one limit, the days and the critical step move; a day by hand stays', async () => {
    const { plan } = await propose(5)
    const longer = await change(plan, [{ code: 'site', limitDays: 30 }])
    expect(longer.edition).toBe(2)
    expect(longer.steps).toMatchObject([
      { code: 'preliminary' },
      { code: 'site', critical: true },
      { code: 'eia', critical: false },
      { code: 'permit', plannedOn: '2023-07-26' },
      {},
      {},
    ])
    const hand = await change(longer, [{ code: 'permit', plannedOn: '2023-09-01' }])
    expect(hand.steps[3]).toMatchObject({
      plannedOn: '2023-09-01',
      proposedOn: '2023-07-26',
      byHand: true,
    })
    expect(hand.steps[4]?.plannedOn).toBe('2023-09-08')
    const back = await change(hand, [{ code: 'permit', plannedOn: null }])
    expect(days(back)).toEqual(days(longer))
    await expect(change(longer, [])).rejects.toMatchObject({ code: 'PLAN_CHANGED' })
    await expect(change(back, [{ code: 'nothing' }])).rejects.toMatchObject({
      code: 'STEP_UNKNOWN',
    })
  })

  test('submitted and approved becomes the original dates, once, by somebody else', async () => {
    const { plan } = await propose(5)
    await expect(decide(plan, 'approved')).rejects.toMatchObject({ code: 'PLAN_STATE' })
    const early = await change(plan, [{ code: 'permit', plannedOn: '2023-06-02' }])
    await expect(submit(early)).rejects.toMatchObject({ code: 'STEP_EARLY' })
    const sound = await change(early, [{ code: 'permit', plannedOn: null }])
    const submitted = await submit(sound)
    await expect(propose(5)).rejects.toMatchObject({ code: 'PLAN_OPEN' })
    await expect(decide(submitted, 'approved', people.owner)).rejects.toMatchObject({
      code: 'OWN_PROPOSAL',
    })
    await expect(decide(submitted, 'refused')).rejects.toMatchObject({ code: 'NOTE_MISSING' })
    const refused = await decide(submitted, 'refused', people.dispatcher, '环评时限偏短')
    const again = await submit(await change(refused, [{ code: 'eia', limitDays: 25 }]))
    const [one, two] = await Promise.allSettled([
      decide(again, 'approved'),
      decide(again, 'refused', people.other, '不同意'),
    ])
    const won = [one, two].filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    const originals = (await ofProject(5)).map((row) => [row.code, row.originalDate])
    expect(originals).toEqual(one.status === 'fulfilled' ? days(again) : [])
  })

  test('the same key five times at once is one plan', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 5 }, () => propose(4, { key })))
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(answers.map(({ plan }) => plan.id)).size).toBe(1)
    await expect(propose(6, { key })).rejects.toMatchObject({ code: 'PLAN_KEY_REUSED' })
    await expect(propose(4, { template: 'none' })).rejects.toMatchObject({
      code: 'TEMPLATE_UNKNOWN',
      message: expect.stringContaining('small（小模板）'),
    })
  })

  test('overwrites no original: what a step has stays, the others get theirs', async () => {
    const { plan } = await propose(7)
    await db.transact(
      author,
      (tx) => tx`
      insert into milestone (project_id, kind, name, original_date, original_precision)
      values (7, 'finish', '竣工', '2023-12-31', 'year')`,
    )
    const submitted = await submit(plan)
    await expect(decide(submitted, 'approved')).rejects.toMatchObject({ code: 'PLAN_STALE' })
    const refused = await decide(submitted, 'refused', people.dispatcher, '有了日期')
    const anew = await change(refused, [])
    expect(anew.steps.at(-1)).toMatchObject({ known: 'original', plannedOn: '2023-12-31' })
    await expect(change(anew, [{ code: 'finish', plannedOn: '2024-01-31' }])).rejects.toMatchObject(
      { code: 'STEP_KNOWN' },
    )
    await decide(await submit(anew), 'approved')
    const rows = await ofProject(7)
    expect(rows.at(-1)).toMatchObject({ originalDate: '2023-12-31', originalPrecision: 'year' })
    expect(rows.map(({ code }) => code)).toEqual([
      'preliminary',
      'site',
      'eia',
      'permit',
      'start',
      'finish',
    ])
    expect(rows[1]).toMatchObject({ party: '自然资源局', limitDays: 10, critical: false })
  })
})
