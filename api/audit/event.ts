import type { Query } from '../db/sql.ts'

/** What is told besides changes, which tell themselves. */
export type EventKind =
  | 'sign_in'
  | 'sign_in_failed'
  | 'sign_out'
  | 'export'
  | 'import'
  | 'print'
  | 'denied'
  | 'administration'
  | 'verify'
  | 'archive'

export interface AuditEvent {
  kind: EventKind
  /** Who; null where nobody is signed in. */
  personId: number | null
  /** The name shown; of somebody unknown what was said, or 未登录. */
  actor: string
  address?: string | undefined
  /** The program that asked, as it calls itself. */
  agent?: string | undefined
  noun?: string
  rowId?: number
  /** A sentence for people. */
  reason?: string
  detail?: Record<string, string | number | boolean | null>
}

const longestAgent = 120
const longestText = 500

/**
 * Records an event: in the transaction of what it tells of, or alone. It gets its number and its hash
 * within seconds (chain.ts), and stays waiting when the server ends before.
 */
export async function recordEvent(sql: Query, at: Date, event: AuditEvent): Promise<void> {
  const { kind, personId, actor, address, agent, noun, rowId, reason, detail } = event
  await sql`
    insert into audit_event (at, kind, person_id, actor, address, agent, noun, row_id, reason, detail)
    values (${at}, ${kind}, ${personId}, ${legible(actor)}, ${address ?? null},
            ${legible(agent, longestAgent)}, ${noun ?? null}, ${rowId ?? null}, ${legible(reason)},
            ${detail === undefined ? null : JSON.stringify(detail, (_, value) => legible(value))}::text::jsonb)`
}

/** Text that the database takes and the record has room for: strangers send whatever they like. */
function legible<T>(value: T, longest = longestText): Exclude<T, undefined> | string | null {
  if (typeof value === 'string') {
    const text = value.replace(/\0|\p{Surrogate}/gu, '\ufffd')
    return [...text].slice(0, longest).join('')
  }
  return value === undefined ? null : (value as Exclude<T, undefined>)
}
