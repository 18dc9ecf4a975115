import { type FactTable, factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Provenance } from '../http/contract.ts'
import { inPlanYear, monthMoney } from '../investment/month-money.ts'
import { isListed } from '../plan/listed.ts'
import { aboveEach, insideListed } from './above.ts'
import type { Category, PositionQuality } from './contract.ts'

/**
 * What stage, light and sums of one project are derived from, as known in a View.
 * Amounts in 万元, dates `YYYY-MM-DD`; milestone dates after the view's date are already null.
 */
export interface ProjectFact {
  id: number
  code: string
  name: string
  /** Lower-case pinyin initials. */
  searchText: string
  ownerEnterprise: string | null
  unitId: number
  parkId: number | null
  parentId: number | null
  category: Category
  industry: string | null
  sideState: 'suspended' | 'removed' | 'terminated' | null
  totalWan: number | null
  lon: number | null
  lat: number | null
  positionQuality: PositionQuality
  provenance: Provenance
  planKind: 'construction' | 'preliminary' | null
  /** The year whose list it is on, which may be before the view's date; null when on none. */
  planYear: number | null
  /** The day it joined the year's list later than January (增补), null from the start. */
  listedOn: string | null
  annualWan: number | null
  /** False for a child whose parent is on the same year's list. */
  counted: boolean
  /** First day of the last month with a submitted or verified report in the plan year. */
  reportedMonth: string | null
  /** Planned and done from January of the plan year to reportedMonth. */
  plannedWan: number | null
  doneWan: number | null
  /** Done in reportedMonth alone: null where that report came without money. */
  reportedWan: number | null
  /** Planned from January of the plan year to the last month that has ended, reported or not. */
  dueWan: number | null
  plannedStart: string | null
  plannedFinish: string | null
  signed: string | null
  preliminary: string | null
  permitted: string | null
  started: string | null
  /** First sight of works (construction or structure milestone). */
  built: string | null
  finished: string | null
  produced: string | null
}

/**
 * Reads the facts of all projects, or of those given, in order of id. Reports and money meet in one
 * sorted pass, not in a join: without statistics a planner takes both for one row each and loops over
 * the square.
 */
export async function readFacts(
  sql: Query,
  view: View,
  ids?: readonly number[],
): Promise<ProjectFact[]> {
  const table = (name: FactTable) => factTable(sql, name, view.asOf)
  const only = (column: string) =>
    ids ? sql`and ${sql(column)} = any(${`{${ids.join()}}`}::bigint[])` : sql``
  const done = (...kinds: string[]) =>
    sql`min(actual_date) filter (where kind in ${sql(kinds)} and actual_date <= ${view.date}::date)`
  const planned = (kind: string) =>
    sql`min(coalesce(revised_date, original_date)) filter (where kind = ${kind})`
  return sql<ProjectFact[]>`
    with recursive shown as (
      select * from ${table('project')} t where true ${only('id')}
    ), listed as (
      select project_id, kind, year, annual_wan, added_on from ${table('plan')} t
       where ${isListed(sql, view)}
    ), above as (${aboveEach(sql, table('project'), sql`shown`)}), inside as (${insideListed(sql)}), spent as (
      select project_id, month,
             ${monthMoney(sql, 'planned_wan')} as planned, ${monthMoney(sql, 'actual_wan')} as actual
        from ${table('investment')} t
       where ${inPlanYear(sql, view)} ${only('project_id')}
       group by project_id, month
    ), told as (
      select project_id, month from ${table('report')} t
       where status in ('submitted', 'verified') and month <= ${view.date}::date
         and ${inPlanYear(sql, view)} ${only('project_id')}
    ), money as (
      select project_id, reported_month,
             sum(planned) filter (where month <= reported_month) as planned_wan,
             sum(actual) filter (where month <= reported_month) as done_wan,
             sum(actual) filter (where month = reported_month) as reported_wan,
             sum(planned) filter (where month + interval '1 month' <= ${view.date}::date + 1) as due_wan
        from (select project_id, month, planned, actual,
                     max(told) over (partition by project_id) as reported_month
                from (select project_id, month, planned, actual, null::date as told from spent
                      union all
                      select project_id, month, null, null, month from told) both_kinds) w
       group by project_id, reported_month
    ), dated as (
      select project_id, ${planned('start')} as planned_start, ${planned('finish')} as planned_finish,
             ${done('signing')} as signed, ${done('preliminary')} as preliminary,
             ${done('permit')} as permitted, ${done('start')} as started,
             ${done('construction', 'structure')} as built,
             ${done('finish')} as finished, ${done('production')} as produced
        from ${table('milestone')} t where true ${only('project_id')}
       group by project_id
    )
    select p.id, p.code, p.name, p.search_text, p.owner_enterprise, p.unit_id, p.park_id, p.parent_id,
           p.category, p.industry, p.side_state, p.total_wan,
           st_x(p.location) as lon, st_y(p.location) as lat, p.position_quality, p.provenance,
           l.kind as plan_kind, l.year as plan_year, l.annual_wan, l.added_on as listed_on,
           i.id is null as counted,
           m.reported_month, m.planned_wan, m.done_wan, m.reported_wan, m.due_wan,
           d.planned_start, d.planned_finish, d.signed, d.preliminary, d.permitted, d.started,
           d.built, d.finished, d.produced
      from shown p
      left join listed l on l.project_id = p.id
      left join inside i on i.id = p.id
      left join money m on m.project_id = p.id
      left join dated d on d.project_id = p.id
     order by p.id`
}
