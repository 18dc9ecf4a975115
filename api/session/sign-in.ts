import type { Context } from 'hono'
import { realClock } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { ApiFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { hashToken } from './adapter.ts'
import type { SignIn, SignInResult } from './contract.ts'
import { requestHeaders, sendCookies } from './cookies.ts'
import { passwordHash } from './hash.ts'
import { countAttempt, forgive } from './lock.ts'
import { recordSecurityEvent, type SecurityEvent } from './security-event.ts'

/** A code of the app counts for its half minute and the ones beside it. */
const codeMs = 90_000

/**
 * Signs in with login and password, and sets the cookies. An unknown login costs the same questions to
 * the database and the same argon2 verification as a wrong password.
 * @throws ApiFailure 401 `SIGN_IN_REFUSED`, 429 `SIGN_IN_LOCKED`.
 */
export async function signIn(
  c: Context,
  deps: Deps,
  { login, password }: SignIn,
): Promise<SignInResult> {
  const { db, env, sessions } = deps
  const address = addressOf(c, env)
  const isLast = await countAttempt(c, db.sql, env, login, address)
  const [person] = await db.sql<{ id: number; password: string | null }[]>`
    select p.id, a.password from person p
      left join auth_account a on a.user_id = p.id and a.provider_id = 'credential'
     where lower(p.login) = lower(${login}) and p.kind = 'person' and p.disabled_at is null`
  const isRight = await passwordHash.verify(person?.password ?? null, password)
  if (!isRight || !person) {
    const event = { personId: person?.id ?? null, login, address, at: db.clock.now() }
    await recordSecurityEvent(db.sql, { ...event, kind: 'sign_in_refused' })
    if (isLast) await recordSecurityEvent(db.sql, { ...event, kind: 'sign_in_locked' })
    throw new ApiFailure(401, 'SIGN_IN_REFUSED', '登录名或密码不对')
  }
  await forgive(db.sql, login, address)
  const auth = await sessions.auth()
  await endOld(c, deps)
  const { cookies, codeNeeded } = await auth.signIn(person.id, requestHeaders(c, env))
  sendCookies(c, env, cookies)
  if (codeNeeded) return { status: 'code_needed' }
  await keepSignIn(c, deps, person.id, { way: 'password' })
  return { status: 'signed_in' }
}

/**
 * The second step: a code of the app or one of the backup codes. A code of the app works once.
 * @throws ApiFailure 401 `CODE_REFUSED`, 429 `CODE_LOCKED`.
 */
export async function signInWithCode(c: Context, deps: Deps, code: string): Promise<SignInResult> {
  const { db, env, sessions } = deps
  const auth = await sessions.auth()
  const headers = requestHeaders(c, env, { withoutSession: true })
  const answer = await auth.verifyCode(code, headers)
  if (!answer || !(await isFirstUse(deps, answer.personId, code))) {
    if (answer) await endFresh(deps, answer.sessionToken)
    await recordSecurityEvent(db.sql, {
      at: db.clock.now(),
      kind: 'code_refused',
      personId: answer?.personId ?? null,
      login: null,
      address: addressOf(c, env),
    })
    throw new ApiFailure(401, 'CODE_REFUSED', '验证码不对或已过期，请输入新的一个，或重新登录')
  }
  sendCookies(c, env, answer.cookies)
  await keepSignIn(c, deps, answer.personId, { way: 'code' })
  return { status: 'signed_in' }
}

/** A repeated code of the app is refused, however soon: somebody may have looked over a shoulder. */
async function isFirstUse({ db }: Deps, personId: number, code: string): Promise<boolean> {
  const now = realClock.now()
  const since = new Date(now.getTime() - codeMs)
  const used = hashToken(code)
  const { count } = await db.sql`
    update auth_two_factor set used_code = ${used}, used_at = ${now}
     where user_id = ${personId} and (used_code is distinct from ${used} or used_at < ${since})`
  return count > 0
}

async function endFresh({ db }: Deps, token: string): Promise<void> {
  await db.sql`delete from auth_session where token = ${hashToken(token)}`
}

/** Whoever signs in again leaves no second session behind. */
async function endOld(c: Context, { db, sessions }: Deps): Promise<void> {
  const current = await sessions.current(c)
  if (!current) return
  await db.sql`delete from auth_session where id = ${current.session.id}`
  sessions.forget()
}

/** Notes a sign-in that has succeeded, whatever the way. */
export async function keepSignIn(
  c: Context,
  { db, env }: Deps,
  personId: number,
  detail: NonNullable<SecurityEvent['detail']>,
): Promise<void> {
  const at = db.clock.now()
  const address = addressOf(c, env)
  const [row] = await db.sql<{ login: string }[]>`
    update auth_user u set before_at = signed_in_at, before_from = signed_in_from,
           signed_in_at = ${at}, signed_in_from = ${address}
      from person p where u.id = ${personId} and p.id = u.id returning p.login`
  await recordSecurityEvent(db.sql, {
    at,
    kind: 'sign_in',
    personId,
    login: row?.login ?? null,
    address,
    detail,
  })
}
