import type { Query } from '../db/sql.ts'
import { idText } from '../person/viewer.ts'
import type { IssueFilter } from './contract.ts'
import type { Courts } from './parties.ts'
import type { Asking } from './queries.ts'
import { closed } from './rules.ts'

/** The issues i that pass a filter, as a condition. */
export function passing(
  sql: Query,
  filter: Omit<IssueFilter, 'cursor' | 'limit' | 'asOf'>,
  { courts, now }: Asking,
) {
  const { state, open, project, department, cause, overdue, mine, month } = filter
  return sql`true
    ${state === undefined ? sql`` : sql`and i.state = ${state}`}
    ${open === undefined ? sql`` : sql`and (i.state in ${sql(closed)}) = ${!open}`}
    ${project === undefined ? sql`` : sql`and i.project_id = ${project}`}
    ${placed(sql, filter)}
    ${department === undefined ? sql`` : sql`and i.lead_department_id = ${department}`}
    ${cause === undefined ? sql`` : sql`and i.cause = ${cause}`}
    ${
      overdue === undefined
        ? sql``
        : sql`and coalesce(i.due_at < ${now.toISOString()}::timestamptz, false) = ${overdue}`
    }
    ${month === undefined ? sql`` : sql`and ${receivedIn(sql, month)}`}
    ${mine === true ? sql`and ${waitingFor(sql, courts)}` : sql``}
    ${matching(sql, filter.text)}`
}

/** In a place: its own, or its project's. */
export function placed(sql: Query, { unit, park }: Pick<IssueFilter, 'unit' | 'park'>) {
  return sql`
    ${unit === undefined ? sql`` : sql`and (i.unit_id = ${unit} or i.project_id in (select id from project where unit_id = ${unit}))`}
    ${park === undefined ? sql`` : sql`and (i.park_id = ${park} or i.project_id in (select id from project where park_id = ${park}))`}`
}

/** Received in a month of China's calendar. */
function receivedIn(sql: Query, month: string) {
  return sql`i.received_at >= (${month}::text || ' 00:00+08')::timestamptz
    and i.received_at < ((${month}::text::date + interval '1 month')::date::text || ' 00:00+08')::timestamptz`
}

/** What lies in a court in which the one who asks sits, or waits there for an answer. */
function waitingFor(sql: Query, courts: Courts) {
  const managed = courts.isCityManager
    ? sql`true`
    : sql`exists (
        select from (select 1) one left join project p on p.id = i.project_id
         where coalesce(p.unit_id, i.unit_id) = any(${idText(courts.managedUnits)}::bigint[])
            or coalesce(p.park_id, i.park_id) = any(${idText(courts.managedParks)}::bigint[]))`
  return sql`(
    ((i.holder in ('manager', 'body') or i.ask is not null) and ${managed})
    or (i.holder = 'lead' and i.ask is null and (
          i.lead_department_id = any(${idText(courts.departments)}::bigint[])
          or i.lead_unit_id = any(${idText(courts.units)}::bigint[])
          or i.lead_person_id = ${courts.personId}))
    or (i.holder = 'raiser' and (i.raiser_id = ${courts.personId}
          or (i.raiser_name is not null and ${managed}))))`
}

/** Every word of the text has to occur in the title, the words, the enterprise or the project's name. */
function matching(sql: Query, text = '') {
  const words = text.toLowerCase().normalize('NFKC').split(/\s+/).filter(Boolean)
  return words.reduce((all, word) => {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    // What has no capitals need not be folded, which costs more than all the rest.
    const op = word === word.toUpperCase() ? sql`like` : sql`ilike`
    return sql`${all} and (i.title ${op} ${like} or i.description ${op} ${like}
      or i.enterprise ${op} ${like}
      or i.project_id in (select id from project where name ${op} ${like}))`
  }, sql``)
}
