import { daysBetween } from '../calendar/days.ts'
import { factTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import { idText } from '../person/viewer.ts'
import type {
  Area,
  Dispatch,
  DispatchDetail,
  DispatchFilter,
  DispatchList,
  DispatchTask,
  NamedOwner,
  TaskState,
} from './contract.ts'
import { capacityOn, ownedBy, ownerKey, ownerOf, readPeople, type Self } from './owner.ts'
import { actionsOn } from './rules.ts'

/** Who asks, and the clock's day. */
export interface Reader {
  self: Self
  today: string
  /** The orders as they stood then; absent: now. */
  asOf?: string | null
}

type ListFilter = Omit<DispatchFilter, 'asOf'>

/** The states in which a task waits for its owner. */
const owing = ['sent', 'acknowledged', 'in_progress']
export const isOwing = (state: TaskState): boolean => owing.includes(state)

/** An order with how its visible tasks stand, as the contract's Dispatch. */
function orders(sql: Query, { today, asOf = null }: Reader) {
  return sql`
    select d.id, d.number, d.title, d.origin, d.priority, d.due_on, d.sender_id,
           p.name as sender_name, d.sent_at, d.state, d.ended_at, c.next_due_on,
           jsonb_build_object('total', c.total, 'unacknowledged', c.unacknowledged,
             'answered', c.answered, 'checked', c.checked, 'overdue', c.overdue) as tasks
      from ${factTable(sql, 'dispatch', asOf)} d join person p on p.id = d.sender_id
      left join lateral (
        select count(*) as total, count(*) filter (where state = 'sent') as unacknowledged,
               count(*) filter (where state = 'answered') as answered,
               count(*) filter (where state = 'checked') as checked,
               count(*) filter (where ${owes(sql)} and due_on < ${today}::date) as overdue,
               min(due_on) filter (where ${owes(sql)}) as next_due_on
          from ${factTable(sql, 'dispatch_task', asOf)} t where dispatch_id = d.id
      ) c on true`
}

const owes = (sql: Query) => sql`state in ('sent', 'acknowledged', 'in_progress')`

/** Orders that the asker may see: open ones first, by the day that they are due on, then the latest. */
export async function listDispatches(
  sql: Query,
  filter: ListFilter,
  reader: Reader,
): Promise<DispatchList> {
  const where = condition(sql, filter, reader)
  const rows = await sql<Dispatch[]>`
    ${orders(sql, reader)} where ${where}
     order by d.state <> 'open', c.next_due_on nulls last, d.sent_at desc, d.id desc
     limit ${filter.limit} offset ${filter.offset}`
  const [counted] = await sql<{ total: number }[]>`
    select count(*) as total from ${factTable(sql, 'dispatch', reader.asOf ?? null)} d where ${where}`
  return { total: counted?.total ?? 0, rows: [...rows] }
}

function condition(sql: Query, filter: ListFilter, { self, today, asOf = null }: Reader) {
  const task = factTable(sql, 'dispatch_task', asOf)
  const { box, state, project, overdue } = filter
  const sent = sql`d.sender_id = any(${idText(self.persons)}::bigint[])`
  const waits = sql`exists (select from ${task} t where t.dispatch_id = d.id
    and (${ownedBy(sql, self)} and ${owes(sql)} or ${sent} and (state = 'answered' or asked_due_on is not null)))`
  const boxes = { all: sql`true`, sent, mine: waits }
  return sql`${boxes[box]}
    ${state === undefined ? sql`` : sql`and d.state = ${state}`}
    ${
      project === undefined
        ? sql``
        : sql`and exists (select from ${task} t
                join ${factTable(sql, 'dispatch_task_project', asOf)} tp on tp.task_id = t.id
                where t.dispatch_id = d.id and tp.project_id = ${project})`
    }
    ${
      overdue === undefined
        ? sql``
        : sql`and ${overdue} = exists (select from ${task} t where t.dispatch_id = d.id
                and ${owes(sql)} and due_on < ${today}::date)`
    }`
}

/**
 * One order with its tasks, as far as the asker may see them, and what may be done to each.
 * @throws ApiFailure 404 `DISPATCH_NOT_FOUND`.
 */
export async function readDispatch(
  sql: Query,
  id: number,
  reader: Reader,
): Promise<DispatchDetail> {
  const [order] = await sql<Dispatch[]>`${orders(sql, reader)} where d.id = ${id}`
  const [rest] = await sql<{ key: string; demand: string; area: string | null }[]>`
    select key, demand, st_asgeojson(area) as area from dispatch where id = ${id}`
  if (!order || !rest) throw notFound('dispatch', '调度单', id)
  const issues = await sql<{ id: number }[]>`
    select issue_id as id from dispatch_issue where dispatch_id = ${id} order by issue_id`
  const taskRows = await readTasks(sql, order, reader)
  return {
    ...order,
    key: rest.key,
    demand: rest.demand,
    issueIds: issues.map((row) => row.id),
    area: rest.area === null ? null : (JSON.parse(rest.area) as Area),
    taskRows,
    mayRecall: taskRows.some(({ actions }) => actions.includes('recall')),
  }
}

interface TaskRow {
  id: number
  personId: number | null
  departmentId: number | null
  unitId: number | null
  parkId: number | null
  ownerName: string | null
  phone: string | null
  state: TaskState
  firstDueOn: string
  dueOn: string
  askedDueOn: string | null
  acknowledgedAt: string | null
  answeredAt: string | null
  endedAt: string | null
  body:
    | ({ id: number; name: string; nextOn: string | null; hasParent: boolean } & BodyRights)
    | null
}
interface BodyRights {
  mayClose: boolean
  mayExtend: boolean
  mayEscalate: boolean
}

async function readTasks(
  sql: Query,
  order: Pick<Dispatch, 'id' | 'senderId'>,
  { self, today }: Reader,
): Promise<DispatchTask[]> {
  const rows = await sql<TaskRow[]>`
    select t.id, t.person_id, t.department_id, t.unit_id, t.park_id,
           coalesce(p.name, e.name, u.name, k.name) as owner_name, p.phone, t.state, t.first_due_on,
           t.due_on, t.asked_due_on, t.acknowledged_at, t.answered_at, t.ended_at,
           case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name,
             'nextOn', i.next_on, 'hasParent', b.parent_id is not null, 'mayClose', b.may_close,
             'mayExtend', b.may_extend, 'mayEscalate', b.may_escalate) end as body
      from dispatch_task t
      left join person p on p.id = t.person_id left join department e on e.id = t.department_id
      left join unit u on u.id = t.unit_id left join park k on k.id = t.park_id
      left join dispatch_task_body i on i.task_id = t.id and i.left_on is null
      left join body b on b.id = i.body_id
     where t.dispatch_id = ${order.id} order by t.id`
  const people = await readPeople(sql, today)
  const projects = await projectsOf(sql, order.id)
  const steps = await stepsOf(sql, order.id)
  return rows.map((row) => {
    const owner = namedOwner(row, people)
    const { body } = row
    const task = { ...row, mayClimb: body?.hasParent ?? false }
    return {
      id: row.id,
      owner,
      state: row.state,
      firstDueOn: row.firstDueOn,
      dueOn: row.dueOn,
      overdueDays: isOwing(row.state) ? Math.max(0, daysBetween(row.dueOn, today)) : 0,
      askedDueOn: row.askedDueOn,
      acknowledgedAt: row.acknowledgedAt,
      answeredAt: row.answeredAt,
      endedAt: row.endedAt,
      projects: projects.get(row.id) ?? [],
      body: body && { id: body.id, name: body.name, nextOn: body.nextOn },
      actions: actionsOn(task, capacityOn(self, { owner, senderId: order.senderId, body })),
      steps: steps.get(row.id) ?? [],
    }
  })
}

function namedOwner(row: TaskRow, people: ReadonlyMap<string, NamedOwner['people']>): NamedOwner {
  const owner = ownerOf(row)
  if (owner === null) throw new Error(`OWNER_MISSING: dispatch_task ${row.id}`)
  const name = row.ownerName ?? '—'
  const self = { id: owner.id, name, phone: row.phone }
  return {
    ...owner,
    name,
    people: owner.kind === 'person' ? [self] : (people.get(ownerKey(owner)) ?? []),
  }
}

/** Of each task, those of its projects that the asker may see. */
async function projectsOf(
  sql: Query,
  dispatch: number,
): Promise<Map<number, DispatchTask['projects']>> {
  const rows = await sql<{ taskId: number; id: number; name: string }[]>`
    select tp.task_id, p.id, p.name
      from dispatch_task t join dispatch_task_project tp on tp.task_id = t.id
      join project p on p.id = tp.project_id
     where t.dispatch_id = ${dispatch} order by p.id`
  return grouped(rows, ({ id, name }) => ({ id, name }))
}

async function stepsOf(sql: Query, dispatch: number): Promise<Map<number, DispatchTask['steps']>> {
  const rows = await sql<(DispatchTask['steps'][number] & { taskId: number })[]>`
    select s.task_id, s.id, s.action, s.state, s.by_name, s.at, s.note, s.links, s.due_on
      from dispatch_step s join dispatch_task t on t.id = s.task_id
     where t.dispatch_id = ${dispatch} order by s.id`
  return grouped(rows, ({ taskId: _, ...step }) => step)
}

function grouped<Row extends { taskId: number }, T>(
  rows: readonly Row[],
  of: (row: Row) => T,
): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) groups.set(row.taskId, [...(groups.get(row.taskId) ?? []), of(row)])
  return groups
}
