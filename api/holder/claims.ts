/*
 * What claims the ball of projects, read as known in a view: issues and orders by their steps, plans
 * and revisions while they wait for a decision, milestones by their dates. Instants become days of
 * China here.
 */
import { addDays } from '../calendar/days.ts'
import { chinaDate } from '../clock.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { MilestoneKind } from '../milestone/contract.ts'
import { kindOrder } from '../milestone/queries.ts'
import type { Holder } from './contract.ts'
import { type Claim, type StepFact, stepClaims } from './rules.ts'

/** Who decides on plans, screens issues and checks answers. */
const office: Holder = { kind: 'dispatch', name: '调度办' }

/** A project with what its spans are made of. */
export interface Court {
  projectId: number
  from: string
  /** The day of the view, or the end of the project; that day itself is not counted. */
  to: string
  hasEnded: boolean
  claims: Claim[]
  otherwise: Pick<Claim, 'holder' | 'what'>
}

interface ProjectRow {
  projectId: number
  unit: string
  enterprise: string | null
  /** When it was first recorded. */
  recordedAt: string
}

interface StepRow {
  projectId: number
  id: number
  kind: MilestoneKind
  name: string
  plannedOn: string | null
  doneOn: string | null
  party: string | null
}

interface ClaimRow {
  projectId: number
  by: Claim['by']
  id: number
  what: string
  since: string
  fromAt: string
  toAt: string | null
  holder: Holder['kind']
  name: string | null
}

/** Projects that the transaction sees, of one number or of a unit, with all that claims their days. */
export async function readCourts(
  sql: Query,
  view: View,
  where: { project?: number | undefined; unit?: number | undefined },
): Promise<Court[]> {
  const projects = await readProjects(sql, view, where)
  const only = new Set(projects.map(({ projectId }) => projectId))
  const steps = grouped(await readSteps(sql, view, where.project), only)
  const claims = grouped(await readClaims(sql, view, where.project), only)
  return projects.map((project) =>
    courtOf(project, steps.get(project.projectId) ?? [], claims.get(project.projectId) ?? [], view),
  )
}

function courtOf(
  project: ProjectRow,
  rows: readonly StepRow[],
  claimed: readonly ClaimRow[],
  { date }: View,
): Court {
  const { projectId, unit, enterprise, recordedAt } = project
  const own: Holder = { kind: 'unit', name: unit }
  const begun = rows.flatMap(({ doneOn }) => doneOn ?? [])
  const from = [chinaDate(new Date(recordedAt)), ...begun].sort()[0] ?? date
  const end = endOf(rows)
  const hasEnded = end !== null && end <= date
  const to = hasEnded ? end : date
  const party = (name: string | null): Holder => {
    if (name === 'enterprise') return enterprise ? { kind: 'enterprise', name: enterprise } : own
    return name === null || name === 'unit' ? own : { kind: 'department', name }
  }
  const steps = rows.map(
    ({ id, name, kind, plannedOn, doneOn, party: of }): StepFact => ({
      id,
      name,
      phase: kindOrder.indexOf(kind),
      plannedOn,
      doneOn,
      holder: party(of),
    }),
  )
  const claims = [
    ...claimed.map((row) => claimOf(row, own)),
    ...stepClaims(steps, from, addDays(to, 1)),
  ]
  return { projectId, from, to, hasEnded, claims, otherwise: { holder: own, what: '' } }
}

/** In production, or finished where no production is planned. */
function endOf(rows: readonly StepRow[]): string | null {
  const last = (kind: MilestoneKind) => rows.find((row) => row.kind === kind)
  return (last('production') ?? last('finish'))?.doneOn ?? null
}

function claimOf(row: ClaimRow, own: Holder): Claim {
  const { by, id, what, since, fromAt, toAt, holder, name } = row
  const day = (at: string) => chinaDate(new Date(at))
  return {
    by,
    id,
    what,
    holder: holder === 'dispatch' ? office : name === null ? own : { kind: holder, name },
    since,
    from: day(fromAt),
    to: toAt === null ? null : day(toAt),
  }
}

function readProjects(
  sql: Query,
  view: View,
  { project, unit }: { project?: number | undefined; unit?: number | undefined },
): Promise<ProjectRow[]> {
  return sql<ProjectRow[]>`
    select p.id as project_id, u.name as unit, p.owner_enterprise as enterprise,
           (select min(lower(h.during)) from project_history h where h.id = p.id) as recorded_at
      from ${factTable(sql, 'project', view.asOf)} p join unit u on u.id = p.unit_id
     where true ${project === undefined ? sql`` : sql`and p.id = ${project}`}
       ${unit === undefined ? sql`` : sql`and p.unit_id = ${unit}`}
     order by p.id`
}

function readSteps(sql: Query, view: View, project: number | undefined): Promise<StepRow[]> {
  return sql<StepRow[]>`
    select project_id, id, kind, name, coalesce(revised_date, original_date) as planned_on, party,
           case when actual_date <= ${view.date}::date then actual_date end as done_on
      from ${factTable(sql, 'milestone', view.asOf)} t
     where true ${project === undefined ? sql`` : sql`and project_id = ${project}`}
     order by ordinal, id`
}

/** Each state of an issue, order or proposal from its beginning to the next, while somebody has it. */
function readClaims(sql: Query, view: View, project: number | undefined): Promise<ClaimRow[]> {
  const of = (column: string) =>
    project === undefined ? sql`` : sql`and ${sql(column)} = ${project}`
  const known = (column: string) =>
    view.asOf === null ? sql`` : sql`and ${sql(column)} <= ${view.asOf}::timestamptz`
  // What was decided later was still waiting then.
  const until = (column: string) =>
    view.asOf === null
      ? sql`${sql(column)}`
      : sql`case when ${sql(column)} <= ${view.asOf}::timestamptz then ${sql(column)} end`
  return sql<ClaimRow[]>`
    with issue_turn as (
      select i.project_id, i.id, i.title, i.received_at, s.at, s.holder, s.department_id, s.unit_id,
             s.person_id, s.body_id, i.raiser_name, i.raiser_id,
             lead(s.at) over (partition by s.issue_id order by s.id) as next_at
        from issue_step s join issue i on i.id = s.issue_id
       where i.project_id is not null ${of('i.project_id')} ${known('s.at')}
    ), task_turn as (
      select tp.project_id, t.id, d.title, d.sent_at, s.at, s.state, t.department_id, t.unit_id,
             t.park_id, t.person_id,
             lead(s.at) over (partition by tp.id, t.id order by s.id) as next_at
        from dispatch_task_project tp
        join dispatch_task t on t.id = tp.task_id
        join dispatch d on d.id = t.dispatch_id
        join dispatch_step s on s.task_id = t.id
       where true ${of('tp.project_id')} ${known('s.at')}
    )
    select w.project_id, 'issue' as by, w.id, w.title as what, w.received_at as since, w.at as from_at,
           w.next_at as to_at,
           case w.holder when 'manager' then 'dispatch' when 'body' then 'body'
             when 'raiser' then 'person'
             else case when d.id is not null then 'department' when u.id is not null then 'unit' else 'person' end
           end as holder,
           case w.holder when 'manager' then null when 'body' then b.name
             when 'raiser' then coalesce(r.name, w.raiser_name)
             else coalesce(d.name, u.name, n.name) end as name
      from issue_turn w
      left join department d on d.id = w.department_id
      left join unit u on u.id = w.unit_id
      left join person n on n.id = w.person_id
      left join person r on r.id = w.raiser_id
      left join body b on b.id = w.body_id
     where w.holder <> 'none'
    union all
    select w.project_id, 'order', w.id, w.title, w.sent_at, w.at, w.next_at,
           case when w.state = 'answered' then 'dispatch' when d.id is not null then 'department'
             when u.id is not null or k.id is not null then 'unit' else 'person' end,
           case when w.state <> 'answered' then coalesce(d.name, u.name, k.name, n.name) end
      from task_turn w
      left join department d on d.id = w.department_id
      left join unit u on u.id = w.unit_id
      left join park k on k.id = w.park_id
      left join person n on n.id = w.person_id
     where w.state not in ('checked', 'recalled')
    union all
    select r.project_id, 'approval', r.id, m.name, r.proposed_at, r.proposed_at,
           ${until('r.decided_at')}, 'dispatch', null
      from milestone_revision r join milestone m on m.id = r.milestone_id
     where true ${of('r.project_id')} ${known('r.proposed_at')}
    union all
    select l.project_id, 'approval', l.id, '节点计划', l.submitted_at, l.submitted_at,
           ${until('l.decided_at')}, 'dispatch', null
      from milestone_plan l
     where l.state in ('submitted', 'approved', 'refused') and l.submitted_at is not null
       ${of('l.project_id')} ${known('l.submitted_at')}`
}

function grouped<Row extends { projectId: number }>(
  rows: readonly Row[],
  only: ReadonlySet<number>,
): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    if (!only.has(row.projectId)) continue
    const group = groups.get(row.projectId)
    if (group) group.push(row)
    else groups.set(row.projectId, [row])
  }
  return groups
}
