import type { factTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'

type Rows = ReturnType<typeof factTable>

/**
 * Body of a recursive CTE that must be named `above`: a row (id, parent_id) for every project of
 * `from` and each project above it, however high. `project` is the table that they are looked up in.
 */
export function aboveEach(sql: Query, project: Rows, from: Rows) {
  return sql`
    select id, parent_id from ${from} t where parent_id is not null
    union
    select a.id, t.parent_id from above a
      join ${project} t on t.id = a.parent_id and t.parent_id is not null`
}

/**
 * Body of a CTE: ids of the projects that stand under one on the list, which no sum counts beside it.
 * Follows CTEs `above` and `listed` (project_id).
 */
export function insideListed(sql: Query) {
  return sql`select distinct a.id from above a join listed u on u.project_id = a.parent_id`
}
