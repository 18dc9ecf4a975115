import { addDays } from '../calendar/days.ts'
import { chinaDate } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { Self } from '../dispatch/owner.ts'
import type { MapRow } from '../map/derive.ts'
import { idText } from '../person/viewer.ts'
import { readReportRule } from '../report/queries.ts'
import { dueOf } from '../report/rules.ts'
import type { Candidate } from './candidate.ts'
import type { ProposedKind } from './contract.ts'

/** What the proposals are made from: the projects in sight, as whom the asker acts, the clock's day. */
export interface Sight {
  rows: readonly MapRow[]
  self: Self
  today: string
}

type Propose = (sql: Query, sight: Sight) => Promise<Candidate[]>

/** What the data propose, by kind. */
export const proposals: Readonly<Record<ProposedKind, Propose>> = {
  order_project: withoutOrder,
  start_overdue: notBegun,
  step_overdue: ownSteps,
  order_overdue: unanswered,
  report_missing: notFiled,
  issue_escalated: escalated,
}

const projectsWith = async (sql: Query, rows: ReturnType<typeof sql>): Promise<Set<number>> =>
  new Set((await sql<{ projectId: number }[]>`${rows}`).map(({ projectId }) => projectId))

/** Red and silent projects that no open order is about: to be taken in hand. */
async function withoutOrder(sql: Query, { rows, today }: Sight): Promise<Candidate[]> {
  const ordered = await projectsWith(
    sql,
    sql`select distinct tp.project_id from dispatch_task_project tp
          join dispatch_task t on t.id = tp.task_id where t.ended_at is null`,
  )
  return rows
    .filter(({ light, fact }) => (light === 'red' || light === 'stale') && !ordered.has(fact.id))
    .map((row) => ({
      key: `order_project-${row.fact.id}`,
      kind: 'order_project',
      title: row.light,
      projects: [row.fact.id],
      act: { do: 'open' },
      link: `/desk?project=${row.fact.id}&open=send`,
      since: lateSince(row, today),
    }))
}

/** A lag in points of the year's plan is that share of the year; without one, since the start was due or the last word. */
function lateSince({ light, lagPoints, fact }: MapRow, today: string): string {
  const { plannedStart, started, built, reportedMonth } = fact
  const days = [
    light === 'red' && lagPoints !== null && lagPoints < 0
      ? addDays(today, Math.round(lagPoints * 3.65))
      : null,
    started === null && built === null && plannedStart !== null ? plannedStart : null,
    light !== 'stale'
      ? null
      : reportedMonth
        ? monthAfter(reportedMonth)
        : `${fact.planYear ?? today.slice(0, 4)}-01-01`,
  ]
  return days.flatMap((day) => (day !== null && day <= today ? [day] : [])).sort()[0] ?? today
}

const monthAfter = (month: string) => `${addDays(month, 31).slice(0, 7)}-01`

/** Past the planned start without a beginning, and no open issue that says what holds it. */
async function notBegun(sql: Query, { rows, today }: Sight): Promise<Candidate[]> {
  const raised = await projectsWith(
    sql,
    sql`select distinct project_id from issue where project_id is not null and holder <> 'none'`,
  )
  return rows.flatMap(({ fact }) => {
    const { id, plannedStart, started, built, planKind, sideState } = fact
    const isDue = plannedStart !== null && plannedStart < today && !started && !built
    if (!isDue || planKind !== 'construction' || sideState !== null || raised.has(id)) return []
    return [
      {
        key: `start_overdue-${id}`,
        kind: 'start_overdue' as const,
        title: plannedStart,
        projects: [id],
        act: { do: 'open' as const },
        link: `/desk?project=${id}&open=raise`,
        since: plannedStart,
      },
    ]
  })
}

/** Steps that the asker's departments answer for, past their day and not done. */
async function ownSteps(sql: Query, { self, today }: Sight): Promise<Candidate[]> {
  const rows = await sql<{ id: number; name: string; projectId: number; plannedOn: string }[]>`
    select m.id, m.name, m.project_id, coalesce(m.revised_date, m.original_date) as planned_on
      from milestone m join project p on p.id = m.project_id
      join department d on d.name = m.party and d.id = any(${idText(self.departments)}::bigint[])
     where m.actual_date is null and p.side_state is null
       and coalesce(m.revised_date, m.original_date) < ${today}::date`
  return rows.map(({ id, name, projectId, plannedOn }) => ({
    key: `step_overdue-${id}`,
    kind: 'step_overdue',
    title: name,
    projects: [projectId],
    act: { do: 'open' },
    link: `/desk?project=${projectId}`,
    since: plannedOn,
  }))
}

/** Orders that the asker sent, past their day and not answered: to be pressed. */
async function unanswered(sql: Query, { self, today }: Sight): Promise<Candidate[]> {
  const rows = await sql<
    {
      id: number
      dispatchId: number
      number: string
      title: string
      dueOn: string
      projects: number[]
    }[]
  >`
    select t.id, t.dispatch_id, d.number, d.title, t.due_on, coalesce(
             (select json_agg(tp.project_id order by tp.project_id) from dispatch_task_project tp
               where tp.task_id = t.id), '[]') as projects
      from dispatch_task t join dispatch d on d.id = t.dispatch_id
     where t.state in ('sent', 'acknowledged', 'in_progress') and t.due_on < ${today}::date
       and d.sender_id = any(${idText(self.persons)}::bigint[])`
  return rows.map(({ id, dispatchId, number, title, dueOn, projects }) => ({
    key: `order_overdue-${id}`,
    kind: 'order_overdue',
    title: `${number} ${title}`,
    projects,
    act: { do: 'remind', noun: 'dispatch', id },
    link: `/desk?open=dispatch&dispatch=${dispatchId}`,
    since: dueOn,
  }))
}

/** Projects whose last due month was not filed: those who answer for them are reminded. */
async function notFiled(sql: Query, { rows, today }: Sight): Promise<Candidate[]> {
  const rule = await readReportRule(sql)
  const ended = `${addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)}-01`
  const month = dueOf(ended, rule) < today ? ended : `${addDays(ended, -1).slice(0, 7)}-01`
  const dueOn = dueOf(month, rule)
  return rows.flatMap(({ fact, light }) => {
    const { id, planKind, sideState, reportedMonth } = fact
    const isOver = light === 'finished' || sideState !== null || planKind === null
    if (isOver || (reportedMonth !== null && reportedMonth >= month)) return []
    return [
      {
        key: `report_missing-${id}-${month}`,
        kind: 'report_missing' as const,
        title: month.slice(0, 7),
        projects: [id],
        act: { do: 'remind' as const, noun: 'report' as const, id },
        link: `/desk?project=${id}`,
        since: dueOn,
      },
    ]
  })
}

/** Issues that have gone up the ladder, for who stands above it. */
async function escalated(sql: Query): Promise<Candidate[]> {
  const rows = await sql<{ id: number; title: string; projectId: number | null; since: string }[]>`
    select id, title, project_id, held_since as since from issue where state = 'escalated'`
  return rows.map(({ id, title, projectId, since }) => ({
    key: `issue_escalated-${id}`,
    kind: 'issue_escalated',
    title,
    projects: projectId === null ? [] : [projectId],
    act: { do: 'open' },
    link: `/desk?open=issue&issue=${id}`,
    since: chinaDate(new Date(since)),
  }))
}
