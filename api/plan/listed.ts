import type { View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'

/**
 * SQL condition over rows of `plan`: on the list of the view's year, from the day a project was
 * added until the day it was removed.
 */
export function isListed(sql: Query, { year, date }: View) {
  return sql`(year = ${year} and (added_on is null or added_on <= ${date}::date)
              and (removed_on is null or removed_on > ${date}::date))`
}
