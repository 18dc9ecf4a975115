import { type EventKind, recordEvent } from '../audit/event.ts'
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

/** Keeps an event in the record (api/audit); no secret may be in its detail. */
export async function recordSecurityEvent(sql: Query, event: SecurityEvent): Promise<void> {
  const { at, kind, personId, login, address, detail } = event
  const [person] = await sql<{ name: string }[]>`select name from person where id = ${personId}`
  await recordEvent(sql, at, {
    kind: kinds[kind] ?? 'administration',
    personId,
    actor: person?.name ?? login ?? '未知',
    address,
    detail: { ...detail, event: kind, login },
  })
}

/** As the record names them; all others are acts of administration. */
const kinds: Partial<Record<SecurityEvent['kind'], EventKind>> = {
  sign_in: 'sign_in',
  sign_out: 'sign_out',
  sign_in_refused: 'sign_in_failed',
  sign_in_locked: 'sign_in_failed',
  code_refused: 'sign_in_failed',
  password_refused: 'sign_in_failed',
}
