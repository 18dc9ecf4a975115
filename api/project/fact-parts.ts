/*
 * The parts of the query of facts.ts: bodies of CTEs with one row for a project each.
 */
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { inPlanYear, monthMoney } from '../investment/month-money.ts'

interface Reading {
  sql: Query
  view: View
  /** Cuts a column of project ids to those asked for. */
  only: ReturnType<typeof onlyOf>
}

/** SQL after a condition: the projects given, or all of them. */
export function onlyOf(sql: Query, ids: readonly number[] | undefined) {
  return (column: string) =>
    ids ? sql`and ${sql(column)} = any(${`{${ids.join()}}`}::bigint[])` : sql``
}

/** SQL after a condition over what a plan was first: the change was known in the view. */
export function revisedBy({ sql, view: { asOf } }: Pick<Reading, 'sql' | 'view'>) {
  return asOf === null ? sql`` : sql`and revised_at <= ${asOf}::timestamptz`
}

/**
 * Money and reports of the plan year. Each row of the union tells one kind of thing of a month: its
 * money, that it was reported, or by how much its plan first was another (`first`).
 */
export function moneyOf(reading: Reading) {
  const { sql, view, only } = reading
  return sql`
    select project_id, reported_month, verified_month,
           sum(planned) filter (where month <= reported_month) as planned_wan,
           sum(coalesce(planned, 0) + coalesce(first, 0)) filter (where month <= reported_month)
             * nullif(bool_or(first is not null), false)::int as planned_original_wan,
           sum(actual) filter (where month <= reported_month) as done_wan,
           sum(actual) filter (where month = reported_month) as reported_wan,
           sum(planned) filter (where month + interval '1 month' <= ${view.date}::date + 1) as due_wan,
           sum(planned) filter (where month <= verified_month) as verified_planned_wan,
           sum(actual) filter (where month <= verified_month) as verified_done_wan,
           max(percent) filter (where month = reported_month) as percent,
           bool_or(in_statistics) as in_statistics, max(month) filter (where by_source) as paid_month
      from (select *, max(told) over w as reported_month,
                   max(told) filter (where verified) over w as verified_month
              from (${spent(reading)}
                    union all
                    select project_id, month, null, null, null, month, status = 'verified', percent,
                           in_statistics, null
                      from ${factTable(sql, 'report', view.asOf)} t
                     where status in ('submitted', 'verified') and month <= ${view.date}::date
                       and ${inPlanYear(sql, view)} ${only('project_id')}
                    union all
                    ${firstPlanned(reading)}) every
            window w as (partition by project_id)) known
     group by project_id, reported_month, verified_month`
}

function spent({ sql, view, only }: Reading) {
  return sql`
    select project_id, month, ${monthMoney(sql, 'planned_wan')} as planned,
           ${monthMoney(sql, 'actual_wan')} as actual,
           bool_or(fund_source <> 'total' and actual_wan is not null) as by_source,
           null::date as told, null::boolean as verified, null::numeric as percent,
           null::boolean as in_statistics, null::numeric as first
      from ${factTable(sql, 'investment', view.asOf)} t
     where ${inPlanYear(sql, view)} ${only('project_id')}
     group by project_id, month`
}

/** Of the months whose plan was changed: what was planned first less what is planned now. */
function firstPlanned(reading: Reading) {
  const { sql, view, only } = reading
  const planned = (column: string) =>
    sql`coalesce(max(${sql(column)}) filter (where fund_source = 'total'), sum(${sql(column)}), 0)`
  return sql`
    select project_id, month, null, null, null, null, null, null, null,
           ${planned('was')} - ${planned('is_now')}
      from (select coalesce(o.project_id, t.project_id) as project_id, coalesce(o.month, t.month) as month,
                   coalesce(o.fund_source, t.fund_source) as fund_source,
                   coalesce(o.planned_wan, t.planned_wan) as was, t.planned_wan as is_now
              from (select * from investment_original
                     where ${inPlanYear(sql, view)} ${revisedBy(reading)} ${only('project_id')}) o
              full join (select project_id, month, fund_source, planned_wan
                           from ${factTable(sql, 'investment', view.asOf)} t
                          where (project_id, month) in (select project_id, month from investment_original
                                  where ${inPlanYear(sql, view)} ${revisedBy(reading)})) t
                on t.project_id = o.project_id and t.month = o.month and t.fund_source = o.fund_source) both_plans
     group by project_id, month`
}

/** Steps: planned in both forms, done, and what proves it. Dates after the view's day are not done yet. */
export function datesOf({ sql, view, only }: Reading) {
  const isDone = sql`actual_date <= ${view.date}::date`
  const isProved = sql`(verified_at is not null or evidence is not null or source_title is not null)`
  const done = (...kinds: string[]) =>
    sql`min(actual_date) filter (where kind in ${sql(kinds)} and ${isDone})`
  const revised = sql`coalesce(revised_date, original_date)`
  const original = sql`coalesce(original_date, revised_date)`
  const planned = (day: typeof revised, kind: string) =>
    sql`min(${day}) filter (where kind = ${kind})`
  const next = (day: typeof revised, kinds: string[]) =>
    sql`min(${day}::text || ' ' || name) filter (where kind in ${sql(kinds)} and not coalesce(${isDone}, false))`
  const works = ['construction', 'structure', 'finish', 'production']
  const early = ['signing', 'preliminary', 'permit']
  return sql`
    select project_id, ${planned(revised, 'start')} as planned_start, ${planned(revised, 'finish')} as planned_finish,
           ${planned(original, 'start')} as original_start, ${planned(original, 'finish')} as original_finish,
           ${next(revised, works)} as work_step, ${next(original, works)} as work_step_original,
           ${next(revised, early)} as early_step, ${next(original, early)} as early_step_original,
           ${done('signing')} as signed, ${done('preliminary')} as preliminary,
           ${done('permit')} as permitted, ${done('start')} as started,
           ${done('construction', 'structure')} as built,
           ${done('finish')} as finished, ${done('production')} as produced,
           max(actual_date) filter (where ${isDone} and ${isProved}) as proof_on,
           bool_or(${isDone} and ${isProved}) filter (where kind in ('finish', 'production')) as finish_proved,
           bool_or(kind = 'permit' and ${revised} is not null and not coalesce(${isDone}, false)) as permit_open
      from ${factTable(sql, 'milestone', view.asOf)} t where true ${only('project_id')}
     group by project_id`
}

/** A photo may say that it was taken later than it came in. */
export function photosOf({ sql, view, only }: Reading) {
  return sql`
    select project_id, max((least(taken_at, sent_at) at time zone 'Asia/Shanghai')::date) as photo_on
      from ${factTable(sql, 'photo', view.asOf)} t
     where kind = 'photo' and noun <> 'issue' and row_id is not null ${only('project_id')}
     group by project_id`
}
