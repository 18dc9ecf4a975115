import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { ComparisonField, ComparisonRow } from './contract.ts'

/** A milestone, report or issue that differs, with its project as the later view knows it. */
interface Found {
  projectId: number | null
  projectName: string | null
  unitId: number | null
  subject: string
  field: ComparisonField
  issueId: number | null
  before: string | null
  after: string | null
}

const dates = ['original', 'revised', 'forecast', 'actual'] as const

/** The dates of milestones that differ; of projects that both views know. */
export async function compareMilestones(
  sql: Query,
  from: View,
  to: View,
): Promise<ComparisonRow[]> {
  const known = (view: View) => factTable(sql, 'milestone', view.asOf)
  const rows = await sql<Found[]>`
    select p.id as project_id, p.name as project_name, p.unit_id, coalesce(b.name, a.name) as subject,
           f.field, null as issue_id, f.before::text as before, f.after::text as after
      from ${known(from)} a
      full join ${known(to)} b on b.id = a.id
      join ${factTable(sql, 'project', from.asOf)} o on o.id = coalesce(b.project_id, a.project_id)
      join ${factTable(sql, 'project', to.asOf)} p on p.id = o.id
      cross join lateral (values
        (${dates[0]}::text, a.original_date, b.original_date), (${dates[1]}, a.revised_date, b.revised_date),
        (${dates[2]}, a.forecast_date, b.forecast_date), (${dates[3]},
         case when a.actual_date <= ${from.date}::date then a.actual_date end,
         case when b.actual_date <= ${to.date}::date then b.actual_date end)) f(field, before, after)
     where f.before is distinct from f.after
     order by p.id, f.field`
  return rows.map((row) => rowOf('milestone', row))
}

/** The reports that were filed, verified, returned or taken back. */
export async function compareReports(sql: Query, from: View, to: View): Promise<ComparisonRow[]> {
  const known = (view: View) => sql`
    (select id, project_id, month, status from ${factTable(sql, 'report', view.asOf)} t
      where month <= ${view.date}::date)`
  const rows = await sql<Found[]>`
    select p.id as project_id, p.name as project_name, p.unit_id,
           to_char(coalesce(b.month, a.month), 'YYYY-MM') as subject, 'report' as field,
           null as issue_id, a.status as before, b.status as after
      from ${known(from)} a
      full join ${known(to)} b on b.id = a.id
      join ${factTable(sql, 'project', to.asOf)} p on p.id = coalesce(b.project_id, a.project_id)
     where a.status is distinct from b.status
     order by p.id, coalesce(b.month, a.month)`
  return rows.map((row) => rowOf('report', row))
}

/**
 * The issues that were received and those that were closed between the two instants, by their own
 * times: one that was typed in later was there nevertheless.
 */
export async function compareIssues(sql: Query, from: Date, to: Date): Promise<ComparisonRow[]> {
  const within = (column: string) =>
    sql`i.${sql(column)} > ${from.toISOString()} and i.${sql(column)} <= ${to.toISOString()}`
  const rows = await sql<Found[]>`
    select p.id as project_id, p.name as project_name, p.unit_id, i.title as subject, f.field,
           i.id as issue_id, f.before, f.after
      from issue i
      left join project p on p.id = i.project_id
      cross join lateral (values
        ('opened'::text, null::text, 'open'::text, ${within('received_at')}),
        ('closed', 'open', i.state, ${within('closed_at')})) f(field, before, after, told)
     where f.told
     order by i.id, f.field`
  return rows.map((row) => rowOf('issue', row))
}

function rowOf(kind: ComparisonRow['kind'], row: Found): ComparisonRow {
  const { projectId: id, projectName: name, unitId, ...rest } = row
  const project = id === null || name === null || unitId === null ? null : { id, name, unitId }
  return { kind, project, ...rest }
}
