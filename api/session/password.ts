import type { Context } from 'hono'
import { realClock } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import type { PasswordChange } from './contract.ts'
import { passwordHash } from './hash.ts'
import { countAttempt, forgive } from './lock.ts'
import { makeUser } from './oidc-config.ts'
import { faultsOf, policies } from './policy.ts'
import { recordSecurityEvent } from './security-event.ts'
import type { Current } from './sessions.ts'

/**
 * Refuses what the policy does not allow, and one of the last passwords where it says so.
 * @throws ApiFailure 422 `PASSWORD_WEAK` with every fault.
 */
export async function checkPassword(
  sql: Query,
  env: Pick<Env, 'ONEMAP_PASSWORD_POLICY'>,
  { personId, login }: { personId: number; login: string },
  password: string,
): Promise<void> {
  const policy = policies[env.ONEMAP_PASSWORD_POLICY]
  const faults = faultsOf(policy, password, login)
  if (faults.length === 0 && (await wasUsed(sql, personId, password, policy.noReuse))) {
    faults.push(`与最近 ${policy.noReuse} 次用过的密码相同`)
  }
  if (faults.length === 0) return
  const message = `密码不合要求：${faults.join('；')}`
  const details = faults.map((fault) => ({
    field: 'password',
    code: 'PASSWORD_WEAK',
    message: fault,
  }))
  throw new ApiFailure(422, 'PASSWORD_WEAK', message, details)
}

async function wasUsed(
  sql: Query,
  personId: number,
  password: string,
  last: number,
): Promise<boolean> {
  if (last === 0) return false
  const rows = await sql<{ hash: string }[]>`
    select hash from auth_password where user_id = ${personId} order by id desc limit ${last}`
  const same = await Promise.all(rows.map(({ hash }) => passwordHash.verify(hash, password)))
  return same.includes(true)
}

/**
 * Stores a password's hash (passwordHash.make) and ends every session but one.
 * @param chosen false: the demo's own, of no age.
 */
export async function storePassword(
  sql: Query,
  personId: number,
  hash: string,
  { chosen = true, keep = null }: { chosen?: boolean; keep?: number | null } = {},
): Promise<void> {
  const now = realClock.now()
  await makeUser(sql, personId)
  await sql`
    insert into auth_account (user_id, account_id, provider_id, password, password_at, created_at, updated_at)
    values (${personId}, ${String(personId)}, 'credential', ${hash}, ${chosen ? now : null}, ${now}, ${now})
    on conflict (provider_id, account_id) do update
       set password = excluded.password, password_at = excluded.password_at,
           updated_at = excluded.updated_at`
  await sql`insert into auth_password (user_id, hash, at) values (${personId}, ${hash}, ${now})`
  await sql`
    delete from auth_session where user_id = ${personId} and id is distinct from ${keep}::bigint`
}

/**
 * The own password once more, before something that a borrowed screen must not do. Failures count
 * as those of signing in.
 * @throws ApiFailure 401 `PASSWORD_WRONG`, 429 `SIGN_IN_LOCKED`.
 */
export async function provePassword(
  c: Context,
  { db, env }: Deps,
  { self, session }: Current,
  password: string,
  field: string,
): Promise<void> {
  const address = addressOf(c, env)
  await countAttempt(c, db.sql, env, self.login, address)
  const [row] = await db.sql<{ password: string | null }[]>`
    select password from auth_account
     where user_id = ${session.personId} and provider_id = 'credential'`
  if (await passwordHash.verify(row?.password ?? null, password)) {
    return forgive(db.sql, self.login, address)
  }
  const event = { personId: session.personId, login: self.login, address, at: db.clock.now() }
  await recordSecurityEvent(db.sql, { ...event, kind: 'password_refused' })
  throw fieldFailure(401, 'PASSWORD_WRONG', '当前密码不对', field, undefined)
}

/**
 * Changes the own password; every other session ends.
 * @throws ApiFailure those of provePassword and checkPassword.
 */
export async function changePassword(
  c: Context,
  deps: Deps,
  current: Current,
  { current: old, password }: PasswordChange,
): Promise<void> {
  const { db, env, sessions } = deps
  const { self, session } = current
  const { personId } = session
  await provePassword(c, deps, current, old, 'current')
  if (password === old) {
    throw fieldFailure(422, 'PASSWORD_WEAK', '新密码与当前密码相同', 'password', undefined)
  }
  await checkPassword(db.sql, env, { personId, login: self.login }, password)
  const hash = await passwordHash.make(password)
  await db.sql.begin((tx) => storePassword(tx, personId, hash, { keep: session.id }))
  sessions.forget()
  await recordSecurityEvent(db.sql, {
    at: db.clock.now(),
    kind: 'password_changed',
    personId,
    login: self.login,
    address: addressOf(c, env),
  })
}
