import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { ApiFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { requestHeaders, sendCookies } from './cookies.ts'
import { recordSecurityEvent } from './security-event.ts'
import { keepSignIn } from './sign-in.ts'

/**
 * Sends the browser to the provider, or back with ?refused= where that does not answer.
 * @throws ApiFailure 404 `PROVIDER_NOT_FOUND`.
 */
export async function startOidc(c: Context, deps: Deps, provider: string): Promise<Response> {
  known(deps, provider)
  const auth = await deps.sessions.auth()
  const start = await auth.startOidc('/', requestHeaders(c, deps.env))
  if (!start) return c.redirect('/?refused=PROVIDER_FAILED')
  sendCookies(c, deps.env, start.cookies)
  return c.redirect(start.location)
}

/**
 * Takes the browser that comes back from the provider: to / with a session, or with ?refused=.
 * @throws ApiFailure 404 `PROVIDER_NOT_FOUND`.
 */
export async function finishOidc(c: Context, deps: Deps, provider: string): Promise<Response> {
  known(deps, provider)
  const { db, env, sessions } = deps
  const auth = await sessions.auth()
  const headers = requestHeaders(c, env)
  const { cookies, location } = await auth.finishOidc(c.req.query(), headers)
  const personId = await auth.personOf(cookies)
  if (personId === null) {
    const error = new URL(location, 'http://onemap.invalid').searchParams.get('error') ?? 'unknown'
    const refused = /sign_?up|user_creation|create_session/.test(error)
      ? 'PERSON_UNKNOWN'
      : 'PROVIDER_FAILED'
    await recordSecurityEvent(db.sql, {
      at: db.clock.now(),
      kind: 'sign_in_refused',
      personId: null,
      login: null,
      address: addressOf(c, env),
      detail: { way: 'oidc', error: error.slice(0, 100) },
    })
    return c.redirect(`/?refused=${refused}`)
  }
  sendCookies(c, env, cookies)
  await keepSignIn(c, deps, personId, { way: 'oidc' })
  return c.redirect('/')
}

function known({ env }: Deps, provider: string): void {
  if (provider === 'oidc' && env.ONEMAP_OIDC_ISSUER) return
  throw new ApiFailure(404, 'PROVIDER_NOT_FOUND', `没有配置单点登录“${provider}”`)
}
