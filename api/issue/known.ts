import type { Query } from '../db/sql.ts'

/** What the list of issues reads. */
const kept = `id, key, project_id, unit_id, park_id, enterprise, title, description, cause, severity, sensitive,
  lead_department_id, lead_unit_id, lead_person_id, raiser_id, raiser_name, received_at, provenance, body_id`

/**
 * The issues as they stood at an instant (null: now), to stand after `from` with an alias. Where history
 * knows no version, an issue that was typed in later than it was received stands as its own steps tell.
 */
export function issuesOn(sql: Query, asOf: string | null) {
  if (asOf === null) return sql`issue`
  const columns = sql.unsafe(kept)
  return sql`(
    select ${columns}, state, holder, held_since, due_at, paused_at, ask, version from issue_history
     where during @> ${asOf}::timestamptz
    union all
    select ${sql.unsafe(kept.replaceAll(/\w+/g, 'i.$&'))}, s.state, s.holder, s.at, s.due_at,
           null::timestamptz, null::text, 0
      from issue i
      cross join lateral (
        select state, holder, at, due_at from issue_step
         where issue_id = i.id and at <= ${asOf}::timestamptz order by id desc limit 1) s
     where i.received_at <= ${asOf}::timestamptz
       and not exists (
         select from issue_history h where h.id = i.id and h.during @> ${asOf}::timestamptz))`
}
