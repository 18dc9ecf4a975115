import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { isListed } from '../plan/listed.ts'
import { aboveEach, insideListed } from '../project/above.ts'
import type { CurveRow, InvestmentCurve, InvestmentMonth } from './contract.ts'
import { inPlanYear, monthMoney } from './month-money.ts'

/** Plan and actual of one project by month and fund source; months after the view's day have no actual. */
export async function investmentOf(
  sql: Query,
  view: View,
  project: number,
): Promise<InvestmentMonth[]> {
  return sql<InvestmentMonth[]>`
    select month, fund_source, planned_wan,
           case when month <= ${view.date}::date then actual_wan end as actual_wan, provenance
      from ${factTable(sql, 'investment', view.asOf)} t
     where project_id = ${project}
     order by month, fund_source`
}

interface Place {
  unit?: number | undefined
  park?: number | undefined
}

/** CTEs: the counted construction projects of the list, and what they spent by month, as `spent`. */
function spentByCounted(sql: Query, view: View, { unit, park }: Place) {
  const project = factTable(sql, 'project', view.asOf)
  return sql`
    listed as (
      select project_id, kind from ${factTable(sql, 'plan', view.asOf)} t
       where ${isListed(sql, view)}
    ), above as (${aboveEach(sql, project, project)}), counted as (
      select p.id, p.name, p.unit_id from ${project} p
        join listed l on l.project_id = p.id and l.kind = 'construction'
       where p.id not in (${insideListed(sql)})
         ${unit === undefined ? sql`` : sql`and p.unit_id = ${unit}`}
         ${park === undefined ? sql`` : sql`and p.park_id = ${park}`}
    ), spent as (
      select project_id, month, min(provenance) as provenance,
             ${monthMoney(sql, 'planned_wan')} as planned, ${monthMoney(sql, 'actual_wan')} as actual
        from ${factTable(sql, 'investment', view.asOf)} t
       where ${inPlanYear(sql, view)}
         and project_id in (select id from counted)
       group by project_id, month
    )`
}

/** What each project brings to one month of the curve, the most first. */
export async function curveRows(
  sql: Query,
  view: View,
  { month, ...where }: Place & { month: string },
): Promise<CurveRow[]> {
  return sql<CurveRow[]>`
    with recursive ${spentByCounted(sql, view, where)}
    select c.id as project_id, c.name as project_name, c.unit_id, s.planned as planned_wan,
           case when s.month <= ${view.date}::date then s.actual end as actual_wan, s.provenance
      from spent s join counted c on c.id = s.project_id
     where s.month = ${month}::date
     order by coalesce(s.actual, s.planned) desc nulls last, c.id`
}

/**
 * The year's curve: money of the construction projects on the list that are counted (no child whose
 * parent is listed), by month.
 * `reporting` counts the projects with an actual in that month.
 */
export async function investmentCurve(
  sql: Query,
  view: View,
  where: Place,
): Promise<InvestmentCurve> {
  const months = await sql<InvestmentCurve['months']>`
    with recursive ${spentByCounted(sql, view, where)}
    select m.month::date as month, coalesce(sum(s.planned), 0) as planned_wan,
           case when m.month <= ${view.date}::date then sum(s.actual) end as actual_wan,
           (count(s.actual) filter (where m.month <= ${view.date}::date))::int as reporting
      from generate_series(${`${view.year}-01-01`}::date, ${`${view.year}-12-01`}::date, interval '1 month') m(month)
      left join spent s on s.month = m.month::date
     group by m.month
     order by m.month`
  return { year: view.year, months: [...months] }
}
