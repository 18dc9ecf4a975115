import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { realClock } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { ApiFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { hashToken } from './adapter.ts'
import type { InvitationOf, InvitationUse } from './contract.ts'
import { passwordHash } from './hash.ts'
import { checkPassword, storePassword } from './password.ts'
import { recordSecurityEvent } from './security-event.ts'

const validDays = 3
const identifier = (token: string) => `invitation-${hashToken(token)}`

/** What stands in auth_verification for a person's invitation begins so. */
export const invitationMark = 'invitation-%'

/**
 * Makes a link's token, shown once; earlier ones of the person stop working.
 * @returns the token, its end, and whether it sets a first password or replaces one.
 */
export async function makeInvitation(
  sql: Query,
  personId: number,
): Promise<{ token: string; expiresAt: string; purpose: InvitationOf['purpose'] }> {
  const token = randomBytes(24).toString('base64url')
  const now = realClock.now()
  const ends = new Date(now.getTime() + validDays * 86_400_000)
  await sql`
    delete from auth_verification
     where identifier like ${invitationMark} and value = ${String(personId)}`
  await sql`
    insert into auth_verification (identifier, value, expires_at, created_at, updated_at)
    values (${identifier(token)}, ${String(personId)}, ${ends}, ${now}, ${now})`
  const [row] = await sql<{ known: boolean }[]>`
    select exists (select from auth_account where user_id = ${personId}
                     and provider_id = 'credential') as known`
  return {
    token,
    expiresAt: ends.toISOString(),
    purpose: row?.known ? 'reset' : 'invitation',
  }
}

/**
 * Whose an invitation is.
 * @throws ApiFailure 410 `INVITATION_INVALID`.
 */
export async function lookAtInvitation(
  sql: Query,
  token: string,
): Promise<InvitationOf & { personId: number }> {
  const [row] = await sql<(InvitationOf & { personId: number })[]>`
    select p.id as person_id, p.login, p.name, v.expires_at,
           case when a.id is null then 'invitation' else 'reset' end as purpose
      from auth_verification v join person p on p.id = v.value::bigint
      left join auth_account a on a.user_id = p.id and a.provider_id = 'credential'
     where v.identifier = ${identifier(token)} and v.expires_at > ${realClock.now()}
       and p.disabled_at is null`
  if (row) return row
  throw invalid()
}

const invalid = () =>
  new ApiFailure(410, 'INVITATION_INVALID', '链接已失效或已用过，请向系统管理员再要一个')

/**
 * Sets the password that an invitation allows; a password that the policy refuses leaves it to be used.
 * @throws ApiFailure 410 `INVITATION_INVALID`, 422 `PASSWORD_WEAK`.
 */
export async function acceptInvitation(
  c: Context,
  { db, env, sessions }: Deps,
  { token, password }: InvitationUse,
): Promise<void> {
  const whose = await lookAtInvitation(db.sql, token)
  await checkPassword(db.sql, env, whose, password)
  const hash = await passwordHash.make(password)
  await db.sql.begin(async (tx) => {
    const { count } = await tx`
      delete from auth_verification where identifier = ${identifier(token)}`
    if (count === 0) throw invalid()
    await storePassword(tx, whose.personId, hash)
  })
  sessions.forget()
  await recordSecurityEvent(db.sql, {
    at: db.clock.now(),
    kind: 'invitation_used',
    personId: whose.personId,
    login: whose.login,
    address: addressOf(c, env),
    detail: { purpose: whose.purpose },
  })
}
