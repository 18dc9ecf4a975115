import { chinaDate } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { TaskState } from '../dispatch/contract.ts'
import type { InboxKind } from '../inbox/contract.ts'
import type { Waiting } from '../inbox/waiting.ts'
import { idText } from '../person/viewer.ts'
import type { Candidate } from './candidate.ts'
import type { AgendaAct } from './contract.ts'

/** Steps of the inbox that need no words: one tap settles them. */
const taps: Partial<Record<InboxKind, (id: number, more: More) => AgendaAct>> = {
  dispatch_acknowledge: (id) => ({ do: 'task', id, action: 'acknowledge', seen: 'sent' }),
  dispatch_check: (id) => ({ do: 'task', id, action: 'check', seen: 'answered' }),
  dispatch_extension: (id, { state }) =>
    state ? { do: 'task', id, action: 'grant_extension', seen: state } : { do: 'open' },
  milestone_plan: (id, { edition }) =>
    edition ? { do: 'plan', id, seen: edition } : { do: 'open' },
  milestone_revision: (id) => ({ do: 'revision', id }),
  issue_accept: (id, { version }) => ({
    do: 'issue',
    id,
    action: 'accept',
    version: version ?? 0,
  }),
}

interface More {
  state?: TaskState
  edition?: number
  version?: number
}

/**
 * What waits in the inbox as decisions, each with its projects and the step that settles it. Late
 * things wait since their day, others since they came.
 */
export async function fromInbox(sql: Query, waiting: readonly Waiting[]): Promise<Candidate[]> {
  const single = waiting.filter(({ kind }) => kind !== 'report_verify')
  const ids = (...kinds: InboxKind[]) =>
    single.filter(({ kind }) => kinds.includes(kind)).map(({ key }) => numberIn(key))
  const tasks = await tasksOf(
    sql,
    ids('dispatch_acknowledge', 'dispatch_answer', 'dispatch_check', 'dispatch_extension'),
  )
  const bodies = await projectsBefore(sql, ids('body_item'))
  const editions = await editionsOf(sql, ids('milestone_plan'))
  return single.map(({ key, kind, title, project, since, dueOn, link }) => {
    const id = numberIn(key)
    const task = kind.startsWith('dispatch_') ? tasks.get(id) : undefined
    const edition = kind === 'milestone_plan' ? editions.get(id) : undefined
    const version = Number(key.split('-')[2] ?? 0)
    const more = { ...(task && { state: task.state }), ...(edition && { edition }), version }
    return {
      key,
      kind,
      title,
      projects:
        task?.projects ??
        bodies.get(kind === 'body_item' ? id : 0) ??
        (project ? [project.id] : []),
      act: taps[kind]?.(id, more) ?? { do: 'open' },
      link,
      since: dueOn ?? chinaDate(new Date(since)),
    }
  })
}

/** The row's number in a key of the inbox: `dispatch_check-17`, `issue-4-2`. */
const numberIn = (key: string): number => Number(key.split('-')[1])

async function tasksOf(sql: Query, ids: readonly number[]) {
  const rows = await sql<{ id: number; state: TaskState; projects: number[] }[]>`
    select t.id, t.state, coalesce(
             (select json_agg(tp.project_id order by tp.project_id) from dispatch_task_project tp
               where tp.task_id = t.id), '[]') as projects
      from dispatch_task t where t.id = any(${idText(ids)}::bigint[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Projects of the overdue tasks that stand before each of these bodies. */
async function projectsBefore(sql: Query, ids: readonly number[]) {
  const rows = await sql<{ bodyId: number; projects: number[] }[]>`
    select i.body_id, json_agg(distinct tp.project_id) as projects
      from dispatch_task_body i join dispatch_task_project tp on tp.task_id = i.task_id
     where i.left_on is null and i.body_id = any(${idText(ids)}::bigint[]) group by i.body_id`
  return new Map(rows.map((row) => [row.bodyId, row.projects]))
}

async function editionsOf(sql: Query, ids: readonly number[]) {
  const rows = await sql<{ id: number; edition: number }[]>`
    select id, edition from milestone_plan where id = any(${idText(ids)}::bigint[])`
  return new Map(rows.map((row) => [row.id, row.edition]))
}

/** Reports that wait to be verified, one decision each. */
export async function unverified(sql: Query): Promise<Candidate[]> {
  const rows = await sql<
    { id: number; key: string; projectId: number; month: string; reportedAt: string }[]
  >`
    select id, key, project_id, month, reported_at from report where status = 'submitted'`
  return rows.map(({ id, key, projectId, month, reportedAt }) => ({
    key: `report_verify-${id}-${key}`,
    kind: 'report_verify',
    title: month.slice(0, 7),
    projects: [projectId],
    act: { do: 'report', id, key },
    link: `/desk?project=${projectId}`,
    since: chinaDate(new Date(reportedAt)),
  }))
}
