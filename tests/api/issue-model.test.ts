import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { ApiFailure } from 'api/http/failure'
import { advance, received } from 'api/issue/advance'
import { ruleV1 } from 'api/issue/clock'
import { IssueInput } from 'api/issue/contract'
import { type HeldFrom, heldTimes } from 'api/issue/holder-days'
import { raiseIssue } from 'api/issue/raise'
import { stepIssue } from 'api/issue/step'
import { readFacts } from 'api/issue/store'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { anyStep, type TakenStep } from '../support/issue-steps.ts'

let site: TestApp
let db: Database
let other: number
const author = { actor: '测试', reason: '随机步骤' }
const start = new Date('2023-05-31T09:00:00+08:00')

beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  await db.transact(author, async (tx) => {
    await tx`insert into cause (code, name) values ('land', '征地拆迁')`
    await tx`insert into department (code, name) values ('jtys', '交通运输局')`
    await tx`insert into body (code, name, level) values ('a', '市协调小组', 1), ('b', '区协调小组', 2)`
  })
  other = await raiseNew(start)
})
afterAll(() => site.close())

async function raiseNew(now: Date): Promise<number> {
  const input = IssueInput.parse({
    key: randomUUID(),
    projectId: 1,
    title: '测试问题',
    cause: 'land',
    channel: 'meeting',
  })
  const by = { id: 1, name: '周市长', now }
  return (await db.transact(author, (tx) => raiseIssue(tx, input, by), now)).id
}

test('the database keeps exactly what the rules make of random steps', async () => {
  const walks = fc.array(anyStep, { minLength: 20, maxLength: 60, size: 'max' })
  await fc.assert(fc.asyncProperty(walks, follow), { numRuns: 12, endOnFailure: true })
})

async function follow(steps: readonly TakenStep[]): Promise<void> {
  const id = await raiseNew(start)
  let model = received('normal', 'land', start, ruleV1)
  let at = start.getTime()
  for (const { given, by, parties, minutes } of steps) {
    at += minutes * 60_000
    const now = new Date(at)
    const step = { ...given, intoId: other }
    const expected = advance(model, step, { id: by, parties }, now, ruleV1)
    const input = { ...step, key: randomUUID(), version: model.version }
    const stepper = { name: '某人', doer: () => ({ id: by, parties }), now }
    const refused = await db
      .transact(author, (tx) => stepIssue(tx, id, input, stepper), now)
      .then(() => null)
      .catch((error: unknown) => (error instanceof ApiFailure ? error.code : error))
    expect(refused).toBe('refusal' in expected ? expected.refusal.code : null)
    if ('next' in expected) model = expected.next
    expect((await readFacts(db.sql, id))?.facts).toEqual(model)
  }
  const held = await db.sql<HeldFrom[]>`
    select at, holder, department_id, unit_id, person_id from issue_step where issue_id = ${id} order by id`
  const end = new Date(model.closedAt ?? at)
  const sum = heldTimes(held, end).reduce((total, { ms }) => total + ms, 0)
  expect(sum).toBe(end.getTime() - start.getTime())
}
