import type { Context } from 'hono'
import { readCity } from '../city/queries.ts'
import type { Deps } from '../deps.ts'
import { ApiFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import type { BackupCodes, TotpSecret } from './contract.ts'
import { requestHeaders, sendCookies } from './cookies.ts'
import { provePassword } from './password.ts'
import { policies } from './policy.ts'
import { recordSecurityEvent, type SecurityEvent } from './security-event.ts'
import type { Current } from './sessions.ts'

/**
 * A secret for an authenticator app; it is in force once `confirmTotp` has seen a code of it.
 * @throws ApiFailure 401 `PASSWORD_WRONG`, 409 `TOTP_ENROLLED`.
 */
export async function enrolTotp(
  c: Context,
  deps: Deps,
  current: Current,
  password: string,
): Promise<TotpSecret> {
  if (current.duties.hasTotp) {
    throw new ApiFailure(409, 'TOTP_ENROLLED', '已启用动态验证码，要更换请先停用')
  }
  await provePassword(c, deps, current, password, 'password')
  const auth = await deps.sessions.auth()
  const { uri } = await auth.enrolTotp(password, requestHeaders(c, deps.env))
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const { name: city } = await readCity(deps)
  const label = `${encodeURIComponent(city)}:${encodeURIComponent(current.self.login)}`
  return {
    secret,
    uri: `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(city)}`,
  }
}

/**
 * Puts the second factor in force; the other sessions go on.
 * @throws ApiFailure 422 `CODE_REFUSED`.
 */
export async function confirmTotp(
  c: Context,
  deps: Deps,
  current: Current,
  code: string,
): Promise<BackupCodes> {
  const auth = await deps.sessions.auth()
  const headers = requestHeaders(c, deps.env)
  const answer = await auth.confirmTotp(code, current.session.personId, headers)
  if (!answer) {
    const message = '验证码不对：请核对手机时间，输入应用里正显示的 6 位数字'
    const details = [{ field: 'code', code: 'CODE_REFUSED', message }]
    throw new ApiFailure(422, 'CODE_REFUSED', message, details)
  }
  sendCookies(c, deps.env, answer.cookies)
  deps.sessions.forget()
  await keep(c, deps, current, 'totp_enrolled')
  return { codes: answer.codes }
}

/**
 * Takes the own second factor away.
 * @throws ApiFailure 401 `PASSWORD_WRONG`, 409 `TOTP_OBLIGATORY`, `TOTP_MISSING`.
 */
export async function dropTotp(
  c: Context,
  deps: Deps,
  current: Current,
  password: string,
): Promise<void> {
  const { totpRoles } = policies[deps.env.ONEMAP_PASSWORD_POLICY]
  if (!current.duties.hasTotp) throw new ApiFailure(409, 'TOTP_MISSING', '没有启用动态验证码')
  if (current.self.grants.some(({ role }) => totpRoles.includes(role))) {
    throw new ApiFailure(409, 'TOTP_OBLIGATORY', '您的角色须启用动态验证码，不能停用')
  }
  await provePassword(c, deps, current, password, 'password')
  const auth = await deps.sessions.auth()
  const { cookies } = await auth.dropTotp(password, requestHeaders(c, deps.env))
  sendCookies(c, deps.env, cookies)
  deps.sessions.forget()
  await keep(c, deps, current, 'totp_dropped')
}

async function keep(
  c: Context,
  { db, env }: Deps,
  { self, session }: Current,
  kind: SecurityEvent['kind'],
): Promise<void> {
  await recordSecurityEvent(db.sql, {
    at: db.clock.now(),
    kind,
    personId: session.personId,
    login: self.login,
    address: addressOf(c, env),
  })
}
