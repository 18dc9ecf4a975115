import type { View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'

/**
 * SQL aggregate over the rows of `investment` of one project and month, in 万元: its `total` row
 * where there is one, else the sum of its fund sources.
 */
export function monthMoney(sql: Query, column: 'planned_wan' | 'actual_wan') {
  const amount = sql(column)
  return sql`coalesce(max(${amount}) filter (where fund_source = 'total'), sum(${amount}))`
}

/**
 * SQL aggregate over the same rows: what was done by fund source, as JSON; empty where the month was
 * told as one total.
 */
export function monthSources(sql: Query) {
  return sql`coalesce(json_agg(json_build_object('fundSource', fund_source, 'actualWan', actual_wan))
    filter (where fund_source <> 'total' and actual_wan is not null), '[]')`
}

/** SQL condition over rows with a `month`: in the view's plan year. */
export function inPlanYear(sql: Query, { year }: View) {
  return sql`month between ${`${year}-01-01`}::date and ${`${year}-12-01`}::date`
}
