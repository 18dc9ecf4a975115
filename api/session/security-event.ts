import type { Query } from '../db/sql.ts'

/** What is kept besides the changes of rows: who came in, who did not, and who gave whom a way in. */
export interface SecurityEvent {
  /** On the application's clock, as every change is. */
  at: Date
  kind:
    | 'sign_in'
    | 'sign_in_refused'
    | 'sign_in_locked'
    | 'sign_out'
    | 'code_refused'
    | 'password_changed'
    | 'password_refused'
    | 'totp_enrolled'
    | 'totp_dropped'
    | 'invitation_made'
    | 'invitation_used'
    | 'account_disabled'
    | 'account_enabled'
    | 'account_unlocked'
    | 'handover'
    | 'view_as'
    | 'device_made'
    | 'device_paired'
    | 'device_revoked'
  /** Null where nobody by that login is known. */
  personId: number | null
  login: string | null
  address: string
  detail?: Record<string, string | number | boolean | null>
}

/** Keeps an event; no secret may be in its detail. */
export async function recordSecurityEvent(sql: Query, event: SecurityEvent): Promise<void> {
  const { at, kind, personId, login, address, detail = {} } = event
  await sql`
    insert into security_event (at, kind, person_id, login, address, detail)
    values (${at}, ${kind}, ${personId}, ${login}, ${address}, ${JSON.stringify(detail)}::text::jsonb)`
}
