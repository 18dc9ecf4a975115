import type { Query } from '../db/sql.ts'
import { fieldFailure, notFound } from '../http/failure.ts'
import { daysLeft } from './clock.ts'
import {
  type Issue,
  IssueAction,
  type IssueDetail,
  type IssueFilter,
  type IssueList,
  type IssueRule,
  type IssueStep,
} from './contract.ts'
import { issuesOn } from './known.ts'
import { type Courts, doerOf } from './parties.ts'
import { passing } from './passing.ts'
import { isOpen, mayEdit, refusal } from './rules.ts'
import { readFacts } from './store.ts'

/** Who asks, and when. */
export interface Asking {
  courts: Courts
  now: Date
  /** The issues as they stood then; absent: now. */
  asOf?: string | null
}

/** The issues of a filter that the transaction may see, soonest due first, page by page. */
export async function listIssues(
  sql: Query,
  { cursor, limit, ...filter }: Omit<IssueFilter, 'asOf'>,
  asking: Asking,
): Promise<IssueList> {
  const rows = await sql<Row[]>`${issuePage(sql, { ...filter, cursor, limit: limit + 1 }, asking)}`
  const [counted] = await sql<{ total: number }[]>`
    select count(*) as total from ${issuesOn(sql, asking.asOf ?? null)} i where ${passing(sql, filter, asking)}`
  const page = rows.slice(0, limit).map((row) => issueOf(row, asking.now))
  const last = page.at(-1)
  const next = rows.length > limit && last ? `${last.dueAt ?? ''}~${last.id}` : null
  return { rows: page, total: counted?.total ?? 0, next }
}

/** The statement that reads a page: one walk along the index of due dates. */
export function issuePage(
  sql: Query,
  { cursor, limit, ...filter }: Omit<IssueFilter, 'asOf'>,
  asking: Asking,
) {
  return sql`${shown(
    sql,
    sql`
      select i.* from ${issuesOn(sql, asking.asOf ?? null)} i where ${passing(sql, filter, asking)} ${after(sql, cursor)}
       order by ${order(sql)} limit ${limit}`,
  )} order by ${order(sql)}`
}

const order = (sql: Query) => sql`coalesce(i.due_at, timestamptz 'infinity'), i.id`

/** @throws ApiFailure 400 `CURSOR_INVALID`. */
function after(sql: Query, cursor: string | undefined) {
  if (cursor === undefined) return sql``
  const [, due = '', id] = /^([\dT:.Z-]*)~(\d{1,15})$/.exec(cursor) ?? []
  if (id === undefined || (due !== '' && Number.isNaN(Date.parse(due)))) {
    const message = '翻页位置无效，请从第一页重新开始'
    throw fieldFailure(400, 'CURSOR_INVALID', message, 'cursor', cursor)
  }
  return sql`and (coalesce(i.due_at, timestamptz 'infinity'), i.id)
    > (${due === '' ? 'infinity' : due}::text::timestamptz, ${id}::text::bigint)`
}

type Row = Omit<Issue, 'project' | 'unit' | 'park' | 'isOverdue' | 'dueInDays' | Lead> & {
  projectId: number | null
  projectName: string | null
  unitId: number | null
  unitName: string | null
  parkId: number | null
  parkName: string | null
  departmentId: number | null
  departmentName: string | null
  leadUnitId: number | null
  leadUnitName: string | null
  personId: number | null
  personName: string | null
}
type Lead = 'leadDepartment' | 'leadUnit' | 'leadPerson'

/** Rows of issue with the names of what they name. */
export function shown(sql: Query, issues: ReturnType<Query>) {
  return sql`
    select i.id, i.key, i.title, i.enterprise, i.cause, c.name as cause_name, i.severity, i.sensitive,
           i.state, i.holder, i.body_id, i.held_since, i.received_at, i.due_at,
           i.paused_at is not null as is_paused, i.ask, i.version, i.provenance,
           p.id as project_id, p.name as project_name, u.id as unit_id, u.name as unit_name,
           k.id as park_id, k.name as park_name, d.id as department_id, d.name as department_name,
           v.id as lead_unit_id, v.name as lead_unit_name, n.id as person_id, n.name as person_name
      from (${issues}) i
      left join cause c on c.code = i.cause
      left join project p on p.id = i.project_id
      left join unit u on u.id = coalesce(p.unit_id, i.unit_id)
      left join park k on k.id = coalesce(p.park_id, i.park_id)
      left join department d on d.id = i.lead_department_id
      left join unit v on v.id = i.lead_unit_id
      left join person n on n.id = i.lead_person_id`
}

/** A row as the wire shows it. */
export function issueOf(row: Row, now: Date): Issue {
  const {
    projectId,
    projectName,
    unitId,
    unitName,
    parkId,
    parkName,
    departmentId,
    departmentName,
    leadUnitId,
    leadUnitName,
    personId,
    personName,
    ...issue
  } = row
  const due = issue.dueAt === null ? null : new Date(issue.dueAt)
  return {
    ...issue,
    project: named(projectId, projectName),
    unit: named(unitId, unitName),
    park: named(parkId, parkName),
    leadDepartment: named(departmentId, departmentName),
    leadUnit: named(leadUnitId, leadUnitName),
    leadPerson: named(personId, personName),
    isOverdue: due !== null && isOpen(issue.state) && due < now,
    dueInDays: due === null ? null : daysLeft(now, due),
  }
}

const named = (id: number | null, name: string | null) =>
  id === null || name === null ? null : { id, name }

type More = Omit<
  IssueDetail,
  keyof Issue | 'raiserName' | 'mergedInto' | 'merged' | 'steps' | 'actions' | 'mayEdit'
> & { raiserName: string | null; mergedIntoId: number | null; mergedIntoTitle: string | null }

/**
 * One issue with its steps and what the one who asks may do now.
 * @throws ApiFailure `ISSUE_NOT_FOUND`.
 */
export async function findIssue(
  sql: Query,
  id: number,
  { courts, now }: Asking,
  rule: IssueRule,
): Promise<IssueDetail> {
  const [row] = await sql<Row[]>`${shown(sql, sql`select * from issue where id = ${id}`)}`
  const found = row && (await readFacts(sql, id))
  const more = await readMore(sql, id)
  if (!found || !more) throw notFound('issue', '问题', id)
  const doer = doerOf(courts, found.concerned)
  const { mergedIntoId, mergedIntoTitle, raiserName, ...fields } = more
  return {
    ...issueOf(row, now),
    ...fields,
    raiserName: raiserName ?? '',
    // Who only looks on has no business with the telephone.
    raiserPhone: doer.parties.length > 0 ? fields.raiserPhone : null,
    mergedInto: named(mergedIntoId, mergedIntoTitle),
    merged: await sql<{ id: number; name: string }[]>`
      select id, title as name from issue where merged_into_id = ${id} order by id`,
    steps: await stepsOf(sql, id),
    actions: IssueAction.options.filter(
      (action) => refusal(found.facts, action, doer, rule) === null,
    ),
    mayEdit: mayEdit(found.facts.state, doer),
  }
}

async function readMore(sql: Query, id: number): Promise<More | undefined> {
  const [row] = await sql<More[]>`
    select i.description, i.channel, i.source_text, i.report_id, i.raiser_id,
           coalesce(i.raiser_name, r.name) as raiser_name, i.raiser_phone,
           i.raiser_name is not null as is_external,
           st_asgeojson(i.location)::json as location, i.assigned_at, i.accepted_at, i.contacted_at,
           i.contact_due, i.done_at, i.verified_at, i.confirmed_at, i.closed_at, i.first_due,
           i.finish_due, i.paused_at, i.ask_days, i.returned, i.extended, i.reopened, i.escalated,
           i.rating, i.merged_into_id, m.title as merged_into_title
      from issue i
      left join person r on r.id = i.raiser_id
      left join issue m on m.id = i.merged_into_id
     where i.id = ${id}`
  return row
}

async function stepsOf(sql: Query, id: number): Promise<IssueStep[]> {
  return sql<IssueStep[]>`
    select s.id, s.action, s.at, s.by_name, s.note, s.evidence, s.days, s.rating, s.state, s.holder,
           coalesce(n.name, d.name, u.name) as holder_name, s.due_at
      from issue_step s
      left join department d on d.id = s.department_id
      left join unit u on u.id = s.unit_id
      left join person n on n.id = s.person_id
     where s.issue_id = ${id}
     order by s.id`
}
