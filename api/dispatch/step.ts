import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { notify } from '../notice/write.ts'
import type { RecallInput, StepInput, TaskState } from './contract.ts'
import { handOn, leaveLadder, postpone } from './ladder.ts'
import { capacityOn, ownerOf, type Self } from './owner.ts'
import { orderState, type Task, transition } from './rules.ts'
import { tellOfStep } from './tell-step.ts'

/** Who takes a step, and the clock's day. */
export interface Acting {
  self: Self
  personId: number | null
  name: string
  today: string
}

type Stored = Task & {
  id: number
  dispatchId: number
  senderId: number
  personId: number | null
  departmentId: number | null
  unitId: number | null
  parkId: number | null
  body: { id: number; mayClose: boolean; mayExtend: boolean; mayEscalate: boolean } | null
}

/**
 * Takes one step of a task. Repeats of one key are one step; of two people who act on what they both
 * saw, one is told that the other was first.
 * @returns the order's id.
 * @throws ApiFailure 404 `DISPATCH_TASK_NOT_FOUND`; 403 `DISPATCH_FORBIDDEN`; 409 `DISPATCH_STATE`,
 * `DISPATCH_TASK_CHANGED`, `STEP_KEY_REUSED`; 422 `NOTE_MISSING`, `DUE_NOT_LATER`, `DUE_PAST`.
 */
export async function takeStep(
  tx: Transaction,
  id: number,
  input: StepInput,
  acting: Acting,
): Promise<number> {
  const task = await lockTask(tx, id)
  if (await isTaken(tx, input, id)) return task.dispatchId
  if (task.state !== input.seen) {
    const message = '这项任务在您查看期间已有新的进展，请看过后再办理'
    throw fieldFailure(409, 'DISPATCH_TASK_CHANGED', message, 'seen', task.state)
  }
  await apply(tx, task, input, acting)
  await endOrder(tx, task.dispatchId)
  return task.dispatchId
}

/**
 * Takes back every task of an order that is still open; what is checked stays done.
 * @throws ApiFailure 404 `DISPATCH_NOT_FOUND`; 403 `DISPATCH_FORBIDDEN`; 409 `DISPATCH_STATE`.
 */
export async function recallDispatch(
  tx: Transaction,
  id: number,
  { key, reason }: RecallInput,
  acting: Acting,
): Promise<void> {
  const [order] = await tx<{ senderId: number; state: string }[]>`
    select sender_id, state from dispatch where id = ${id} for update`
  if (!order) throw notFound('dispatch', '调度单', id)
  const open = await tx<{ id: number }[]>`
    select id from dispatch_task where dispatch_id = ${id} and ended_at is null order by id`
  if (order.state !== 'open') {
    if (await wasRecalled(tx, id, key)) return
    throw new ApiFailure(409, 'DISPATCH_STATE', '这张调度单已经结束，不能撤回')
  }
  if (!acting.self.persons.includes(order.senderId)) {
    throw new ApiFailure(403, 'DISPATCH_FORBIDDEN', '只有下达人可以撤回')
  }
  for (const [index, row] of open.entries()) {
    const step: Step = {
      key: index === 0 ? key : null,
      action: 'recall',
      note: reason,
      links: [],
      dueOn: null,
    }
    await apply(tx, await lockTask(tx, row.id), step, acting)
  }
  await endOrder(tx, id)
}

async function wasRecalled(tx: Transaction, id: number, key: string): Promise<boolean> {
  const [step] = await tx`
    select s.id from dispatch_step s join dispatch_task t on t.id = s.task_id
     where t.dispatch_id = ${id} and s.key = ${key}`
  return step !== undefined
}

/** The order is locked before its tasks, by everybody: two last steps at a time would both see it open. */
async function lockTask(tx: Transaction, id: number): Promise<Stored> {
  await tx`
    select from dispatch where id = (select dispatch_id from dispatch_task where id = ${id}) for update`
  const [task] = await tx<Stored[]>`
    select t.id, t.dispatch_id, d.sender_id, t.person_id, t.department_id, t.unit_id, t.park_id,
           t.state, t.first_due_on, t.due_on, t.asked_due_on, b.parent_id is not null as may_climb,
           case when b.id is not null then jsonb_build_object('id', b.id, 'mayClose', b.may_close,
             'mayExtend', b.may_extend, 'mayEscalate', b.may_escalate) end as body
      from dispatch_task t join dispatch d on d.id = t.dispatch_id
      left join dispatch_task_body i on i.task_id = t.id and i.left_on is null
      left join body b on b.id = i.body_id
     where t.id = ${id} for update of t`
  if (!task) throw notFound('dispatch_task', '调度任务', id)
  return task
}

/** Whether this very step was taken before. @throws ApiFailure 409 `STEP_KEY_REUSED`. */
async function isTaken(tx: Transaction, { key, action }: StepInput, id: number): Promise<boolean> {
  const [step] = await tx<{ taskId: number; action: string }[]>`
    select task_id, action from dispatch_step where key = ${key}`
  if (!step) return false
  if (step.taskId === id && step.action === action) return true
  const message = 'key 已用于另一步办理，每一步须有自己的 key'
  throw fieldFailure(409, 'STEP_KEY_REUSED', message, 'key', key)
}

type Step = Omit<StepInput, 'key' | 'seen'> & { key: string | null }

async function apply(tx: Transaction, task: Stored, step: Step, acting: Acting): Promise<void> {
  const owner = ownerOf(task)
  if (!owner) throw new ApiFailure(500, 'INTERNAL', '任务没有承办方')
  const capacity = capacityOn(acting.self, { owner, senderId: task.senderId, body: task.body })
  const { task: next, refusal } = transition(task, step, capacity, acting.today)
  if (refusal) {
    const { status, code, message, field } = refusal
    if (!field) throw new ApiFailure(status, code, message)
    throw fieldFailure(status, code, message, field, step[field])
  }
  await store(tx, task, next)
  const to = await moveOnLadder(tx, task, { step, next, today: acting.today })
  const note = to === null ? step.note : `提级到${to}：${step.note ?? ''}`
  const days: Partial<Record<Step['action'], string | null>> = {
    ask_extension: next.askedDueOn,
    grant_extension: next.dueOn,
  }
  const dueOn = days[step.action] ?? null
  await tx`
    insert into dispatch_step (key, task_id, action, state, by_id, by_name, at, note, links, due_on)
    values (${step.key}, ${task.id}, ${step.action}, ${next.state}, ${acting.personId}, ${acting.name},
            app_now(), ${note}, ${JSON.stringify(step.links)}::text::jsonb, ${dueOn})`
  await notify(tx, await tellOfStep(tx, task.id, { ...step, note, dueOn }, acting))
}

async function store(tx: Transaction, task: Stored, next: Task): Promise<void> {
  const { state, dueOn, askedDueOn } = next
  const first = (column: 'acknowledged_at' | 'answered_at', in_: TaskState) =>
    state === in_ && task.state !== in_ ? tx`app_now()` : tx`${tx(column)}`
  const ended = state === 'checked' || state === 'recalled'
  await tx`
    update dispatch_task
       set state = ${state}, due_on = ${dueOn}, asked_due_on = ${askedDueOn},
           acknowledged_at = ${first('acknowledged_at', 'acknowledged')},
           answered_at = ${first('answered_at', 'answered')},
           ended_at = ${ended ? tx`app_now()` : null}
     where id = ${task.id}`
}

/** The name of the body that a matter was handed on to; null where it was not. */
async function moveOnLadder(
  tx: Transaction,
  task: Stored,
  { step, next, today }: { step: Step; next: Task; today: string },
): Promise<string | null> {
  if (next.state === 'checked' || next.state === 'recalled') await leaveLadder(tx, task.id, today)
  else if (next.dueOn !== task.dueOn) await postpone(tx, task.id, next.dueOn)
  else if (step.action === 'escalate') return handOn(tx, task.id, { dueOn: next.dueOn, today })
  return null
}

/** An order ends with the last of its tasks, those included that the asker does not see. */
async function endOrder(tx: Transaction, id: number): Promise<void> {
  const rows = await tx<{ state: TaskState }[]>`select dispatch_task_states(${id}) as state`
  const state = orderState(rows.map((row) => row.state))
  if (state === 'open') return
  await tx`
    update dispatch set state = ${state}, ended_at = app_now() where id = ${id} and state = 'open'`
}
