import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Transaction } from '../db/sql.ts'
import { ApiFailure, type FailureDetail, fieldFailure, notFound } from '../http/failure.ts'
import { advance } from './advance.ts'
import { knownCause } from './cause.ts'
import type { IssueStepInput } from './contract.ts'
import type { Concerned } from './parties.ts'
import { readIssueRule } from './rule.ts'
import { type Doer, type IssueFacts, isOpen, type Refusal, stateWords } from './rules.ts'
import { columnsOf, lockFacts } from './store.ts'
import { tellOfStep } from './tell.ts'

/** Who takes the step, and when. */
export interface Stepper {
  name: string
  doer: (issue: Concerned) => Doer
  now: Date
}

/**
 * Takes one step of an issue's way. The same key is the same step; of two at a time the first is
 * taken, and the other told the state.
 * @throws ApiFailure `ISSUE_NOT_FOUND`, 409 `ISSUE_STATE`, `ISSUE_RETURNED_ONCE`, `ISSUE_EXTENDED_OUT`,
 * `ISSUE_KEY_REUSED`, 403 `ISSUE_FORBIDDEN`, `ISSUE_SAME_PERSON`, 422 `ISSUE_INCOMPLETE` and those of what is named.
 */
export async function stepIssue(
  tx: Transaction,
  id: number,
  input: IssueStepInput,
  by: Stepper,
): Promise<void> {
  const { facts, concerned } = await lockFacts(tx, id)
  if (await isTaken(tx, id, input)) return
  if (input.action !== 'note' && input.version !== facts.version) throw overtaken(facts)
  const { key, version: _, ...given } = input
  if (given.cause !== undefined) given.cause = await knownCause(tx, given.cause)
  await checkNamed(tx, id, given)
  const doer = by.doer(concerned)
  const result = advance(facts, given, doer, by.now, await readIssueRule(tx))
  if ('refusal' in result) throw failureOf(result.refusal, facts)
  await keep(tx, id, facts, result.next)
  await tx`insert into issue_step ${tx({
    ...columnsOf(stepOf(result.next, given)),
    key,
    issue_id: id,
    by_id: doer.id,
    by_name: by.name,
    at: by.now.toISOString(),
  })}`
  const { action, note } = given
  await tellOfStep(tx, id, { key, action, note: note || null, byId: doer.id, now: by.now })
}

function stepOf(next: IssueFacts, given: Omit<IssueStepInput, 'key' | 'version'>) {
  const isLeads = next.holder === 'lead'
  return {
    action: given.action,
    note: given.note || null,
    evidence: given.evidence ?? null,
    days: given.days ?? null,
    rating: given.rating ?? null,
    state: next.state,
    holder: next.holder,
    departmentId: isLeads ? next.leadDepartmentId : null,
    unitId: isLeads ? next.leadUnitId : null,
    personId: isLeads ? next.leadPersonId : null,
    bodyId: next.holder === 'body' ? next.bodyId : null,
    dueAt: next.dueAt,
  }
}

async function isTaken(tx: Transaction, id: number, input: IssueStepInput): Promise<boolean> {
  const [same] = await tx<{ issueId: number; action: string }[]>`
    select issue_id, action from issue_step where key = ${input.key}`
  if (!same) return false
  if (same.issueId === id && same.action === input.action) return true
  const message = 'key 已用于另一步，每一步须有自己的 key'
  throw fieldFailure(409, 'ISSUE_KEY_REUSED', message, 'key', input.key)
}

async function keep(tx: Transaction, id: number, before: IssueFacts, next: IssueFacts) {
  const changed = Object.entries(next).filter(
    ([field, value]) => before[field as keyof IssueFacts] !== value,
  )
  if (changed.length === 0) return
  await tx`update issue set ${tx(columnsOf(Object.fromEntries(changed)))} where id = ${id}`
}

/** Departments, places, persons, bodies and issues that the step names have to be there. */
async function checkNamed(
  tx: Transaction,
  id: number,
  { departmentId, unitId, personId, bodyId, intoId }: Partial<IssueStepInput>,
): Promise<void> {
  if (departmentId !== undefined) {
    const [row] = await tx`select from department where id = ${departmentId}`
    if (!row) throw notFound('department', '部门', departmentId)
  }
  if (unitId !== undefined) {
    const [row] = await tx`select from unit where id = ${unitId}`
    if (!row) throw notFound('unit', '填报单位', unitId)
  }
  if (personId !== undefined) {
    const [row] = await tx`
      select from person where id = ${personId} and kind = 'person' and disabled_at is null`
    if (!row) throw notFound('person', '在岗人员', personId)
  }
  if (bodyId !== undefined) {
    const [row] = await tx`select from body where id = ${bodyId}`
    if (!row) throw notFound('body', '协调机构', bodyId)
  }
  if (intoId === undefined) return
  const [into] = await tx<Pick<IssueFacts, 'state'>[]>`
    select state from issue where id = ${intoId} for share`
  if (!into) throw notFound('issue', '问题', intoId)
  if (intoId !== id && isOpen(into.state)) return
  const message =
    intoId === id ? '不能并入自己' : `${intoId} 号问题${stateWords[into.state]}，不能并入`
  throw fieldFailure(422, 'ISSUE_MERGE', message, 'intoId', intoId)
}

/** The state as it is now goes along, so that the page can show it at once. */
function overtaken(facts: IssueFacts): ApiFailure {
  const message = `这个问题刚刚有了新进展，现在“${stateWords[facts.state]}”，请看过再办`
  return new ApiFailure(409, 'ISSUE_STATE', message, present(facts))
}

const present = ({ state, version }: IssueFacts): FailureDetail[] => [
  { field: 'state', value: state, code: 'CHANGED', message: stateWords[state] },
  { field: 'version', value: version, code: 'CHANGED', message: `第 ${version} 步` },
]

const statuses: Record<Refusal['code'], ContentfulStatusCode> = {
  ISSUE_STATE: 409,
  ISSUE_RETURNED_ONCE: 409,
  ISSUE_EXTENDED_OUT: 409,
  ISSUE_FORBIDDEN: 403,
  ISSUE_SAME_PERSON: 403,
  ISSUE_INCOMPLETE: 422,
}

function failureOf({ code, message, field }: Refusal, facts: IssueFacts): ApiFailure {
  if (field !== undefined) return fieldFailure(422, code, message, field, null)
  return new ApiFailure(
    statuses[code],
    code,
    message,
    code === 'ISSUE_STATE' ? present(facts) : undefined,
  )
}
