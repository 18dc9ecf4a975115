import postgres from 'postgres'
import type { Query, Transaction } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import type { Concerned } from './parties.ts'
import type { CourtRow } from './people.ts'
import type { IssueFacts } from './rules.ts'

const factColumns = [
  'state',
  'holder',
  'held_since',
  'severity',
  'lead_department_id',
  'lead_unit_id',
  'lead_person_id',
  'body_id',
  'cause',
  'received_at',
  'assigned_at',
  'accepted_at',
  'contacted_at',
  'done_at',
  'verified_at',
  'confirmed_at',
  'closed_at',
  'done_by_id',
  'due_at',
  'contact_due',
  'first_due',
  'finish_due',
  'paused_at',
  'ask',
  'ask_days',
  'returned',
  'extended',
  'reopened',
  'escalated',
  'rating',
  'merged_into_id',
  'version',
]

/** Fields as columns. */
export function columnsOf(fields: object): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [postgres.fromCamel(field), value]),
  )
}

/** An issue as the rules see it, and who is who in it; null where it is not to be seen. */
export async function readFacts(
  sql: Query,
  id: number,
): Promise<{ facts: IssueFacts; concerned: Concerned } | null> {
  const [row] = await sql<(IssueFacts & Omit<Concerned, keyof IssueFacts>)[]>`
    select ${sql(factColumns.map((column) => `i.${column}`))}, i.raiser_id, i.raiser_name,
           coalesce(p.unit_id, i.unit_id) as place_unit_id,
           coalesce(p.park_id, i.park_id) as place_park_id
      from issue i left join project p on p.id = i.project_id
     where i.id = ${id}`
  if (!row) return null
  const { raiserId, raiserName, placeUnitId, placeParkId, ...facts } = row
  const { leadDepartmentId, leadUnitId, leadPersonId } = facts
  const concerned = {
    raiserId,
    raiserName,
    placeUnitId,
    placeParkId,
    leadDepartmentId,
    leadUnitId,
    leadPersonId,
  }
  return { facts, concerned }
}

/** As readFacts, with the row locked until the end of the transaction. @throws ApiFailure `ISSUE_NOT_FOUND`. */
export async function lockFacts(tx: Transaction, id: number) {
  await tx`select from issue where id = ${id} for update`
  const found = await readFacts(tx, id)
  if (!found) throw notFound('issue', '问题', id)
  return found
}

/** The title of an issue, and whose courts it may lie in. */
export async function readCourt(
  sql: Query,
  id: number,
): Promise<(CourtRow & { title: string }) | null> {
  const [row] = await sql<(CourtRow & { title: string })[]>`
    select ${courtColumns(sql)} from issue i left join project p on p.id = i.project_id
     where i.id = ${id}`
  return row ?? null
}

/** Columns of CourtRow and the title, of issue i and its project p. */
export const courtColumns = (sql: Query) => sql`
  i.title, i.lead_department_id, i.lead_unit_id, i.lead_person_id, i.raiser_id,
  coalesce(p.unit_id, i.unit_id) as place_unit_id, coalesce(p.park_id, i.park_id) as place_park_id`
