import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import type { Milestone, MilestoneInput } from 'api/milestone/contract'
import { milestonesOf } from 'api/milestone/queries'
import { decideRevision, listRevisions, proposeRevision } from 'api/milestone/revision'
import { readLedger } from 'api/milestone/slip/ledger'
import { readSlip, readSlipRows } from 'api/milestone/slip/queries'
import { correctOriginal, setMilestone, verifyActual } from 'api/milestone/write'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { addPlanning, type People } from '../support/milestone-city.ts'

let db: Database
let site: TestApp
let people: People
const today = '2023-05-31'
const view = { asOf: null, date: today, year: 2023 }
const author = { actor: '测试员', reason: '节点' }
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  people = await addPlanning(db)
  await db.transact(
    author,
    (tx) => tx`
      insert into milestone (project_id, kind, name, original_date, original_precision) values
        (2, 'finish', '竣工', '2023-04-28', 'day'), (3, 'finish', '竣工', '2023-05-31', 'month'),
        (4, 'finish', '竣工', '2023-03-31', 'month'), (7, 'finish', '竣工', '2023-02-28', 'month')`,
  )
})
afterAll(() => site.close())

const finishOf = async (project: number): Promise<Milestone> => {
  const rows = await milestonesOf(db.sql, view, project)
  const finish = rows.find(({ kind }) => kind === 'finish')
  if (!finish) throw new Error(`project ${project} has no finish`)
  return finish
}
const set = (input: Partial<MilestoneInput>) =>
  db.transact(author, (tx) =>
    setMilestone(tx, { projectId: 2, kind: 'finish', reason: '节点', ...input }, today),
  )
const propose = (milestone: Milestone, given: object = {}) =>
  db.transact(author, (tx) =>
    proposeRevision(
      tx,
      milestone.id,
      {
        key: randomUUID(),
        toDate: '2023-09-30',
        causeCode: 'land',
        text: '红线内尚有 12 户未签约',
        seen: milestone.revisedDate ?? milestone.originalDate ?? '',
        ...given,
      },
      { who: people.owner, today },
    ),
  )
const decide = (
  id: number,
  decision: 'approved' | 'refused',
  who = people.dispatcher,
  note = '理由',
) => db.transact(author, (tx) => decideRevision(tx, id, { decision, note }, { who, today }))
const figures = async () => {
  const { total } = await readSlip(db.sql, view, undefined)
  return [total.lateOriginal, total.lateRevised]
}

describe('a forecast and an actual date', () => {
  test('a forecast later than the plan needs a cause, one in the past is refused', async () => {
    await expect(set({ forecastDate: '2023-07-31' })).rejects.toMatchObject({
      code: 'SLIP_NEEDS_CAUSE',
    })
    await expect(set({ forecastDate: '2023-05-30', cause: '资金' })).rejects.toMatchObject({
      code: 'FORECAST_PAST',
    })
    const saved = await set({ forecastDate: '2023-07-31', cause: '资金' })
    expect(saved).toMatchObject({ forecastDate: '2023-07-31', originalDate: '2023-04-28' })
  })

  test('an actual date needs its evidence, lies neither ahead nor before 1990, and is verified once seen', async () => {
    const project = { projectId: 8 }
    const refused = (given: object) => expect(set({ ...project, ...given })).rejects
    await refused({ actualDate: '2023-05-20' }).toMatchObject({ code: 'EVIDENCE_MISSING' })
    await refused({ actualDate: '2023-06-01', evidence: '验' }).toMatchObject({
      code: 'ACTUAL_FUTURE',
    })
    await refused({ actualDate: '1989-12-31', evidence: '验' }).toMatchObject({
      code: 'ACTUAL_EARLY',
    })
    await refused({ evidence: '株建验〔2023〕7 号' }).toMatchObject({ code: 'EVIDENCE_ALONE' })
    const done = await set({
      ...project,
      actualDate: '2023-05-20',
      evidence: '株建验〔2023〕7 号',
    })
    expect(done).toMatchObject({ verifiedAt: null })
    const verify = (date: string) =>
      db.transact(author, (tx) => verifyActual(tx, done.id, date, people.dispatcher))
    await expect(verify('2023-05-21')).rejects.toMatchObject({ code: 'MILESTONE_CHANGED' })
    expect(await verify('2023-05-20')).toMatchObject({ verifiedBy: '调度员' })
    // Another paper has been seen by nobody.
    expect(await set({ ...project, evidence: '株建验〔2023〕8 号' })).toMatchObject({
      verifiedAt: null,
      verifiedBy: null,
    })
    expect(await set({ ...project, actualDate: null })).toMatchObject({ evidence: null })
  })
})

describe('an original date', () => {
  test('stays, whoever writes; only a correction with its reason changes it, and is told', async () => {
    const { id } = await finishOf(7)
    for (const write of [
      `update milestone set original_date = '2024-02-28' where id = ${id}`,
      `update milestone set original_date = null, original_precision = null where id = ${id}`,
      `update milestone set original_precision = 'day' where id = ${id}`,
      `update milestone set project_id = 1 where id = ${id}`,
      `delete from milestone where id = ${id}`,
    ]) {
      await expect(db.transact(author, (tx) => tx.unsafe(write))).rejects.toThrow('ORIGINAL_FIXED')
    }
    const correct = (originalDate: string, seen: string) =>
      db.transact({ actor: '调度员', reason: '导入时月份录错' }, (tx) =>
        correctOriginal(tx, id, { originalDate, seen, reason: '导入时月份录错' }),
      )
    await expect(correct('2023-08-31', '2023-03-31')).rejects.toMatchObject({
      code: 'MILESTONE_CHANGED',
    })
    expect(await correct('2023-08-31', '2023-02-28')).toMatchObject({
      originalDate: '2023-08-31',
      originalPrecision: 'day',
    })
    const [row] = await readLedger(db.sql, view, 7)
    expect(row).toMatchObject({
      isCorrection: true,
      field: 'original',
      from: '2023-02-28',
      to: '2023-08-31',
      days: 184,
      proposer: '调度员',
      text: '导入时月份录错',
    })
    await expect(
      db.transact(
        author,
        (tx) => tx`update milestone set original_date = '2024-01-01' where id = ${id}`,
      ),
    ).rejects.toThrow('ORIGINAL_FIXED')
  })
})

describe('a re-baseline', () => {
  test('approved by another, moves the plan; late against the original does not fall by it', async () => {
    const before = await figures()
    const finish = await finishOf(4)
    const { revision } = await propose(finish)
    expect(revision).toMatchObject({
      state: 'proposed',
      fromDate: '2023-03-31',
      toDate: '2023-09-30',
      days: 183,
      slipDays: 183,
      cause: '征地拆迁',
    })
    expect(await figures()).toEqual(before)
    await expect(decide(revision.id, 'approved', people.owner)).rejects.toMatchObject({
      code: 'OWN_PROPOSAL',
    })
    await decide(revision.id, 'approved')
    expect(await finishOf(4)).toMatchObject({
      originalDate: '2023-03-31',
      revisedDate: '2023-09-30',
      cause: '征地拆迁',
    })
    const [original = 0, revised = 0] = before
    expect(await figures()).toEqual([original, revised - 1])
    const rows = await readSlipRows(db.sql, view, { against: 'original' })
    expect(rows).toHaveLength(original)
    expect(rows.find(({ projectId }) => projectId === 4)).toMatchObject({ days: 61 })
    const [entry] = await readLedger(db.sql, view, 4)
    expect(entry).toMatchObject({
      field: 'revised',
      from: '2023-03-31',
      to: '2023-09-30',
      days: 183,
      workingDays: 126,
      cause: '征地拆迁',
      text: '红线内尚有 12 户未签约',
      proposer: '县区填报员',
      approver: '调度员',
      slipDays: 183,
    })
  })

  test('refused with a reason, changes nothing, and makes room for the next', async () => {
    const finish = await finishOf(2)
    const { revision } = await propose(finish)
    await expect(propose(finish)).rejects.toMatchObject({ code: 'REVISION_OPEN' })
    await expect(decide(revision.id, 'refused', people.dispatcher, '')).rejects.toMatchObject({
      code: 'NOTE_MISSING',
    })
    await decide(revision.id, 'refused')
    await expect(decide(revision.id, 'approved')).rejects.toMatchObject({
      code: 'REVISION_DECIDED',
    })
    expect((await finishOf(2)).revisedDate).toBe(null)
    await propose(finish, { toDate: '2023-10-31' })
    const rows = await listRevisions(db.sql, { project: 2 })
    expect(rows.map(({ state }) => state)).toEqual(['proposed', 'refused'])
  })

  test('five parallel repeats of a key are one; two who decide at once: one wins', async () => {
    const finish = await finishOf(3)
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 5 }, () => propose(finish, { key })))
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    const id = answers[0]?.revision.id ?? 0
    expect(new Set(answers.map(({ revision }) => revision.id))).toEqual(new Set([id]))
    await expect(propose(finish, { key, toDate: '2023-12-31' })).rejects.toMatchObject({
      code: 'REVISION_KEY_REUSED',
    })
    const both = await Promise.allSettled([
      decide(id, 'approved'),
      decide(id, 'refused', people.other),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const won = both[0]?.status === 'fulfilled'
    expect((await finishOf(3)).revisedDate).toBe(won ? '2023-09-30' : null)
  })

  test.each([
    [{ toDate: '2023-05-31' }, 'TO_DATE_PAST'],
    [{ toDate: '2023-12-31' }, 'SAME_DATE'],
    [{ causeCode: 'moon' }, 'CAUSE_UNKNOWN'],
    [{ seen: '2023-12-30' }, 'PLAN_DATE_CHANGED'],
  ])('%o is refused: %s', async (given, code) => {
    const milestone = await finishOf(1)
    await expect(propose(milestone, given)).rejects.toMatchObject({ code })
  })

  test('is not proposed for what is done', async () => {
    await expect(propose(await finishOf(6))).rejects.toMatchObject({ code: 'MILESTONE_DONE' })
  })
})
