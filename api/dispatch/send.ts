import { checkGeometry } from 'geo/geojson'
import type { Transaction } from '../db/sql.ts'
import { ApiFailure, type FailureDetail, fieldFailure, notFound } from '../http/failure.ts'
import { notify } from '../notice/write.ts'
import { idText } from '../person/viewer.ts'
import type { Area, DispatchInput, Owner, OwnerKind } from './contract.ts'
import { enterLadder } from './ladder.ts'
import { ownerKey } from './owner.ts'
import { numberOf, readDispatchRule } from './setting.ts'
import { notices, toldTasks } from './tell.ts'

interface Sending {
  senderId: number
  senderName: string
  today: string
}

/**
 * Sends an order with all of its tasks, or nothing of it. Repeats and racing deliveries of one key are
 * one order.
 * @returns its id, and false where it had been sent before.
 * @throws ApiFailure 422 `DUE_PAST`, `OWNER_UNKNOWN`, `OWNER_TWICE`, `AREA_INVALID`; 404
 * `PROJECT_NOT_FOUND`, `ISSUE_NOT_FOUND`; 409 `DISPATCH_CHANGED`.
 */
export async function sendDispatch(
  tx: Transaction,
  input: DispatchInput,
  sending: Sending,
): Promise<{ id: number; created: boolean }> {
  check(input, sending.today)
  const year = Number(sending.today.slice(0, 4))
  // Whoever sends the same key at the same time waits here, and finds it sent.
  const [next] = await tx<
    { serial: number }[]
  >`select next_dispatch_serial(${year}::integer) as serial`
  const stored = await storedOrder(tx, input, sending)
  if (stored !== null) return { id: stored, created: false }
  const units = await checkReferences(tx, input)
  const id = await insertOrder(tx, input, sending, { year, serial: next?.serial ?? 1 })
  const tasks: number[] = []
  for (const task of input.tasks) {
    tasks.push(await insertTask(tx, id, task, { input, units, sending }))
  }
  for (const task of await toldTasks(tx, tasks, sending.today)) {
    const title = `新的调度单：${task.title}`
    const text = `${sending.senderName}下达 ${task.number}，请签收并于 ${task.dueOn} 前反馈。${input.demand}`
    const told = { event: 'sent', kind: 'dispatch_received' as const, title, text }
    await notify(tx, notices(task, task.people, told))
  }
  return { id, created: true }
}

function check({ dueOn, tasks, area }: DispatchInput, today: string): void {
  if (dueOn < today) {
    const message = `完成期限 ${dueOn} 已经过去，今天是 ${today}`
    throw fieldFailure(422, 'DUE_PAST', message, 'dueOn', dueOn)
  }
  const owners = tasks.map(({ owner }) => ownerKey(owner))
  const twice = owners.findIndex((key, index) => owners.indexOf(key) !== index)
  if (twice >= 0) {
    const message = '同一承办方在一张调度单里只能有一项任务，请合并'
    throw fieldFailure(422, 'OWNER_TWICE', message, `tasks.${twice}.owner`, owners[twice])
  }
  if (area) checkArea(area)
}

/** @throws ApiFailure 422 `AREA_INVALID`: what is wrong with a drawn area must not reach the database. */
export function checkArea(area: Area): void {
  const checked = checkGeometry(area, { vertices: 10_000, findings: 1 })
  if (checked.ok) return
  const message = `选择的区域不是有效的多边形（${checked.findings[0]?.code ?? ''}），请重新圈选`
  throw fieldFailure(422, 'AREA_INVALID', message, 'area', null)
}

/** The order that this key already is; null where it is none yet. */
async function storedOrder(
  tx: Transaction,
  input: DispatchInput,
  { senderId }: Sending,
): Promise<number | null> {
  const [stored] = await tx<{ id: number; senderId: number; title: string; demand: string }[]>`
    select id, sender_id, title, demand from dispatch where key = ${input.key}`
  if (!stored) return null
  const details = (['title', 'demand'] as const).flatMap((field): FailureDetail[] => {
    if (stored[field] === input[field]) return []
    const message = `已下达的是“${stored[field]}”`
    return [{ field, value: stored[field], code: 'DIFFERENT', message }]
  })
  if (stored.senderId === senderId && details.length === 0) return stored.id
  const message = '这张调度单已经下达，内容与现在所填不同；如要更改，请撤回后另下一张'
  throw new ApiFailure(409, 'DISPATCH_CHANGED', message, details)
}

async function insertOrder(
  tx: Transaction,
  input: DispatchInput,
  { senderId }: Sending,
  { year, serial }: { year: number; serial: number },
): Promise<number> {
  const { key, title, demand, origin, priority, dueOn } = input
  const number = numberOf(await readDispatchRule(tx), year, serial)
  const area = input.area ? JSON.stringify(input.area) : null
  const [order] = await tx<{ id: number }[]>`
    insert into dispatch (key, number, year, serial, title, demand, origin, area, priority, due_on,
                          sender_id, sent_at)
    values (${key}, ${number}, ${year}, ${serial}, ${title}, ${demand}, ${origin},
            st_setsrid(st_geomfromgeojson(${area}::text), 4326), ${priority}, ${dueOn}, ${senderId}, app_now())
    returning id`
  if (!order) throw new ApiFailure(500, 'INTERNAL', '调度单没有写入')
  await tx`
    insert into dispatch_issue (dispatch_id, issue_id)
    select ${order.id}, i from unnest(${idText([...new Set(input.issueIds)])}::bigint[]) i`
  return order.id
}

async function insertTask(
  tx: Transaction,
  dispatch: number,
  { owner, projectIds }: DispatchInput['tasks'][number],
  given: { input: DispatchInput; units: ReadonlyMap<number, number>; sending: Sending },
): Promise<number> {
  const { input, units, sending } = given
  const { dueOn } = input
  const column = (kind: OwnerKind) => (owner.kind === kind ? owner.id : null)
  const [task] = await tx<{ id: number }[]>`
    insert into dispatch_task (dispatch_id, person_id, department_id, unit_id, park_id, first_due_on, due_on)
    values (${dispatch}, ${column('person')}, ${column('department')}, ${column('unit')},
            ${column('park')}, ${dueOn}, ${dueOn}) returning id`
  if (!task) throw new ApiFailure(500, 'INTERNAL', '任务没有写入')
  await tx`
    insert into dispatch_task_project (task_id, project_id)
    select ${task.id}, p from unnest(${idText([...new Set(projectIds)])}::bigint[]) p`
  await tx`
    insert into dispatch_step (task_id, action, state, by_id, by_name, at, due_on)
    values (${task.id}, 'send', 'sent', ${sending.senderId}, ${sending.senderName}, app_now(), ${dueOn})`
  const places = projectIds.flatMap((id) => units.get(id) ?? [])
  if (places.length === 0 && owner.kind === 'unit') places.push(owner.id)
  await enterLadder(tx, task.id, { units: places, dueOn, today: sending.today })
  return task.id
}

/** The unit of each project. @throws ApiFailure for what the sender cannot see, or nobody knows. */
async function checkReferences(
  tx: Transaction,
  { tasks, issueIds }: DispatchInput,
): Promise<Map<number, number>> {
  for (const [index, { owner }] of tasks.entries()) await checkOwner(tx, owner, index)
  const wanted = [...new Set(tasks.flatMap(({ projectIds }) => projectIds))]
  const projects = await tx<{ id: number; unitId: number }[]>`
    select id, unit_id from project where id = any(${idText(wanted)}::bigint[])`
  const units = new Map(projects.map(({ id, unitId }) => [id, unitId]))
  const missing = wanted.find((id) => !units.has(id))
  if (missing !== undefined) throw notFound('project', '项目', missing)
  await checkIssues(tx, issueIds)
  return units
}

/** @throws ApiFailure 404 `ISSUE_NOT_FOUND`. */
export async function checkIssues(tx: Transaction, ids: readonly number[]): Promise<void> {
  const issues = await tx<{ id: number }[]>`
    select id from issue where id = any(${idText(ids)}::bigint[])`
  const missing = ids.find((id) => !issues.some((issue) => issue.id === id))
  if (missing !== undefined) throw notFound('issue', '问题', missing)
}

const ownerWords: Record<OwnerKind, string> = {
  person: '人员',
  department: '部门',
  unit: '填报单位',
  park: '园区',
}

async function checkOwner(tx: Transaction, { kind, id }: Owner, index: number): Promise<void> {
  const alive = kind === 'person' ? tx`and kind = 'person' and disabled_at is null` : tx``
  const [found] = await tx`select id from ${tx(kind)} where id = ${id} ${alive}`
  if (found) return
  const message = `没有编号为 ${id} 的${ownerWords[kind]}`
  throw fieldFailure(422, 'OWNER_UNKNOWN', message, `tasks.${index}.owner.id`, id)
}
