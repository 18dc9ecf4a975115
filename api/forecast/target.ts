/*
 * What is known of the projects that a forecast is asked for, as of a view.
 */
import { daysBetween } from '../calendar/days.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { type ProjectFact, readFacts } from '../project/facts.ts'
import { stageOf } from '../project/rules.ts'
import type { NoForecast } from './contract.ts'
import type { Standing } from './finish.ts'
import { DAYS_A_MONTH, monthEnd } from './reference.ts'
import type { YearStanding } from './year-end.ts'

/** Dates of the works and the last percentage told, beside the facts that every screen has. */
export interface Target {
  fact: ProjectFact
  plannedStart: string | null
  plannedFinish: string | null
  approvedFinish: string | null
  ownerFinish: string | null
  /** 0 to 100, and the first day of the month that it was told for. */
  percent: number | null
  percentMonth: string | null
}

/** Projects in sight, or those given. */
export async function readTargets(
  sql: Query,
  view: View,
  ids?: readonly number[],
): Promise<Target[]> {
  const facts = await readFacts(sql, view, ids)
  const only = ids ? sql`and project_id = any(${`{${ids.join()}}`}::bigint[])` : sql``
  const rows = await sql<(Omit<Target, 'fact'> & { projectId: number })[]>`
    with told as (
      select distinct on (project_id) project_id, percent, month
        from ${factTable(sql, 'report', view.asOf)} t
       where status in ('submitted', 'verified') and percent is not null
         and month <= ${view.date}::date ${only}
       order by project_id, month desc
    ), dated as (
      select project_id,
             min(original_date) filter (where kind = 'start') as planned_start,
             min(original_date) filter (where kind = 'finish') as planned_finish,
             min(coalesce(revised_date, original_date)) filter (where kind = 'finish') as approved_finish,
             min(forecast_date) filter (where kind = 'finish') as owner_finish
        from ${factTable(sql, 'milestone', view.asOf)} t
       where code is null and kind in ('start', 'finish') ${only}
       group by project_id
    )
    select coalesce(d.project_id, t.project_id) as project_id, planned_start, planned_finish,
           approved_finish, owner_finish, percent, month as percent_month
      from dated d full join told t on t.project_id = d.project_id`
  const known = new Map(rows.map(({ projectId, ...row }) => [projectId, row]))
  return facts.map((fact) => ({ fact, ...(known.get(fact.id) ?? nothing) }))
}

const nothing: Omit<Target, 'fact'> = {
  plannedStart: null,
  plannedFinish: null,
  approvedFinish: null,
  ownerFinish: null,
  percent: null,
  percentMonth: null,
}

/** Why neither the finish nor the year of a project is foretold, whatever else is known of it. */
function reasonOf({ fact }: Target, view: View): NoForecast | null {
  const stage = stageOf(fact, view.date)
  if (stage === 'finished' || stage === 'production') return 'finished'
  if (fact.sideState !== null) return 'suspended'
  if (fact.planKind === 'preliminary') return 'preliminary'
  return null
}

/** Where the works stand on the view's day, and the day that it was told for; or why nobody can say. */
export function standingOf(
  target: Target,
  view: View,
): { standing: Standing; standsOn: string } | NoForecast {
  const { fact, plannedStart, plannedFinish, percent, percentMonth } = target
  const reason = reasonOf(target, view)
  if (reason) return reason
  if (plannedStart === null || plannedFinish === null || plannedFinish <= plannedStart)
    return 'no_plan'
  const months = (day: string) => daysBetween(plannedStart, day) / DAYS_A_MONTH
  const { category, totalWan } = fact
  const base = { category, totalWan, plannedMonths: months(plannedFinish) }
  if (fact.started === null && fact.built === null) {
    const elapsedMonths = Math.max(0, months(view.date))
    return { standing: { ...base, elapsedMonths, share: null }, standsOn: view.date }
  }
  if (percent === null || percentMonth === null) return 'no_percent'
  const monthIsOver = endOf(percentMonth) < view.date
  const standsOn = monthIsOver ? endOf(percentMonth) : view.date
  const standing = { ...base, elapsedMonths: months(standsOn), share: percent / 100 }
  return { standing, standsOn }
}

/** How the year's money stands at the last month told; or why it is not foretold. */
export function yearStandingOf(target: Target, view: View): YearStanding | NoForecast {
  const { fact } = target
  const reason = reasonOf(target, view)
  if (reason) return reason
  if (fact.planKind === null || fact.planYear !== view.year) return 'unlisted'
  if (fact.annualWan === null || fact.annualWan <= 0 || fact.dueWan === null) return 'no_plan'
  const { category, totalWan, annualWan, reportedMonth } = fact
  const base = { category, totalWan, annualWan }
  if (reportedMonth === null) {
    return fact.dueWan > 0 ? 'no_report' : { ...base, told: 0, plannedWan: 0, doneWan: 0 }
  }
  if (fact.doneWan === null || fact.plannedWan === null) return 'no_report'
  const told = Number(reportedMonth.slice(5, 7))
  return { ...base, told, plannedWan: fact.plannedWan, doneWan: fact.doneWan }
}

/** The last day of the month of a first day. */
export const endOf = (month: string): string =>
  monthEnd(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1)
