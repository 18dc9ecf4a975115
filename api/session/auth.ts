/*
 * better-auth, told how we want it: no sign-up, no addresses of its own, sessions in our tables, the
 * second factor and single sign-on from its plugins. Everything else in this folder reaches it by `Auth`.
 */
import { isAPIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { Logger } from 'pino'
import { realClock } from '../clock.ts'
import type { Sql } from '../db/sql.ts'
import type { Env } from '../env.ts'
import { ApiFailure } from '../http/failure.ts'
import { adapterOn } from './adapter.ts'
import { passwordHash } from './hash.ts'
import { oidcConfig } from './oidc-config.ts'
import { personSignIn } from './person-sign-in.ts'

/** Name of the header that carries the caller's address to better-auth. */
export const addressHeader = 'x-onemap-address'
const codeMinutes = 5

/** Cookies to be sent with the answer. */
interface Cookies {
  cookies: string[]
}

export interface OpenSession {
  id: number
  personId: number
  createdAt: Date
  expiresAt: Date
  viewAs: number | null
}

/** What this folder asks of better-auth. `headers` are those of `requestHeaders`. */
export interface Auth {
  /** With `codeNeeded` there is no session yet: `verifyCode` makes it. */
  signIn(personId: number, headers: Headers): Promise<Cookies & { codeNeeded: boolean }>
  /** A session without looking at a second factor. */
  open(personId: number, headers: Headers): Promise<Cookies>
  /** Null for a wrong code, or where nobody waits for one. */
  verifyCode(
    code: string,
    headers: Headers,
  ): Promise<(Cookies & { personId: number; sessionToken: string }) | null>
  find(headers: Headers): Promise<OpenSession | null>
  /** Whose session some cookies to be sent open; null: none. */
  personOf(cookies: readonly string[]): Promise<number | null>
  signOut(headers: Headers): Promise<Cookies>
  /** The secret of a second factor that `confirmTotp` puts in force. */
  enrolTotp(password: string, headers: Headers): Promise<{ uri: string }>
  /** Null for a wrong code. */
  confirmTotp(
    code: string,
    personId: number,
    headers: Headers,
  ): Promise<(Cookies & { codes: string[] }) | null>
  dropTotp(password: string, headers: Headers): Promise<Cookies>
  /** Where the browser goes to sign in with the provider; null where that does not answer. */
  startOidc(failure: string, headers: Headers): Promise<(Cookies & { location: string }) | null>
  /** Where the browser goes after it: / or `failure` of startOidc with ?error=. */
  finishOidc(
    query: Record<string, string>,
    headers: Headers,
  ): Promise<Cookies & { location: string }>
}

export type AuthSettings = Pick<
  Env,
  | 'ONEMAP_URL'
  | 'ONEMAP_SESSION_HOURS'
  | 'ONEMAP_IDLE_MINUTES'
  | 'ONEMAP_LOCK_FAILURES'
  | 'ONEMAP_LOCK_MINUTES'
  | 'ONEMAP_OIDC_ISSUER'
  | 'ONEMAP_OIDC_CLIENT_ID'
  | 'ONEMAP_OIDC_CLIENT_SECRET'
  | 'ONEMAP_OIDC_NAME'
>

function build(sql: Sql, env: AuthSettings, secret: string, log: Logger) {
  return betterAuth({
    appName: 'onemap',
    baseURL: env.ONEMAP_URL ?? 'http://127.0.0.1',
    basePath: '/api/session/oidc',
    secret,
    database: adapterOn(sql),
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_, message) => log.error({ of: 'better-auth' }, message) },
    advanced: {
      cookiePrefix: 'onemap',
      // Added to what is sent where the request came by https (cookies.ts).
      useSecureCookies: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: 'serial' },
    },
    user: { modelName: 'auth_user' },
    session: {
      modelName: 'auth_session',
      // Of the cookie; the session itself ends earlier when it is idle (below, and sessions.ts).
      expiresIn: env.ONEMAP_SESSION_HOURS * 3600,
      disableSessionRefresh: true,
      additionalFields: { viewAs: { type: 'number', required: false, input: false } },
    },
    account: {
      modelName: 'auth_account',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { modelName: 'auth_verification' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 1000,
      password: {
        hash: passwordHash.make,
        verify: ({ hash, password }) => passwordHash.verify(hash, password),
      },
    },
    databaseHooks: {
      session: { create: { before: async (session) => beginSession(sql, env, session) } },
      // Nothing is ever asked of a provider in somebody's name.
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    plugins: [
      personSignIn,
      twoFactor({
        issuer: 'onemap',
        twoFactorTable: 'auth_two_factor',
        twoFactorCookieMaxAge: codeMinutes * 60,
        accountLockout: {
          maxFailedAttempts: env.ONEMAP_LOCK_FAILURES,
          durationSeconds: env.ONEMAP_LOCK_MINUTES * 60,
        },
      }),
      genericOAuth({ config: oidcConfig(sql, env) }),
    ],
  })
}

/** Nobody who is disabled begins a session, by whichever way; false ends the attempt. */
async function beginSession(sql: Sql, env: AuthSettings, session: { userId: string }) {
  const [person] = await sql`
    select from person where id = ${session.userId} and kind = 'person' and disabled_at is null`
  if (!person) return false
  const expiresAt = new Date(realClock.now().getTime() + env.ONEMAP_IDLE_MINUTES * 60_000)
  return { data: { ...session, expiresAt } }
}

/** better-auth over a database. */
export function createAuth(sql: Sql, env: AuthSettings, secret: string, log: Logger): Auth {
  const { api } = build(sql, env, secret, log)
  const find: Auth['find'] = async (headers) => {
    const found = await api.getSession({ headers })
    if (!found) return null
    const { id, userId, createdAt, expiresAt, viewAs } = found.session
    return {
      id: Number(id),
      personId: Number(userId),
      createdAt,
      expiresAt,
      viewAs: viewAs ?? null,
    }
  }
  return {
    find,
    async personOf(cookies) {
      const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
      return (await find(new Headers({ cookie })))?.personId ?? null
    },
    async signIn(personId, headers) {
      const { headers: sent, response } = await api.signInPerson({
        body: { personId },
        headers,
        returnHeaders: true,
      })
      return { cookies: sent.getSetCookie(), codeNeeded: 'twoFactorRedirect' in response }
    },
    async open(personId, headers) {
      const answer = await api.openSession({ body: { personId }, headers, returnHeaders: true })
      return { cookies: answer.headers.getSetCookie() }
    },
    async verifyCode(code, headers) {
      const call = { body: { code }, headers, returnHeaders: true } as const
      const answer = await orNull(
        /^\d{6}$/.test(code) ? api.verifyTOTP(call) : api.verifyBackupCode(call),
      )
      if (!answer) return null
      const { user, token } = answer.response as { user: { id: string }; token: string }
      const cookies = answer.headers.getSetCookie()
      return { cookies, personId: Number(user.id), sessionToken: token }
    },
    async signOut(headers) {
      const { headers: sent } = await api.signOut({ headers, returnHeaders: true })
      return { cookies: sent.getSetCookie() }
    },
    async enrolTotp(password, headers) {
      const answer = await api.enableTwoFactor({ body: { password, method: 'totp' }, headers })
      return { uri: (answer as { totpURI: string }).totpURI }
    },
    async confirmTotp(code, personId, headers) {
      const answer = await orNull(api.verifyTOTP({ body: { code }, headers, returnHeaders: true }))
      if (!answer) return null
      const { backupCodes } = await api.viewBackupCodes({ body: { userId: String(personId) } })
      return { cookies: answer.headers.getSetCookie(), codes: backupCodes }
    },
    async dropTotp(password, headers) {
      const answer = await api.disableTwoFactor({
        body: { password },
        headers,
        returnHeaders: true,
      })
      return { cookies: answer.headers.getSetCookie() }
    },
    async startOidc(failure, headers) {
      const body = { provider: 'oidc', callbackURL: '/', errorCallbackURL: failure }
      const answer = await orNull(
        api.signInSocial({
          body: { ...body, disableRedirect: true },
          headers,
          returnHeaders: true,
        }),
      )
      const location = answer?.response.url
      return location ? { cookies: answer.headers.getSetCookie(), location } : null
    },
    async finishOidc(query, headers) {
      const answer = await api.callbackOAuth({
        method: 'GET',
        params: { id: 'oidc' },
        query,
        headers,
        asResponse: true,
      })
      return {
        cookies: answer.headers.getSetCookie(),
        location: answer.headers.get('location') ?? '/',
      }
    },
  }
}

/**
 * What better-auth refuses (a wrong code, an ended wait) is null; what fails is thrown.
 * @throws ApiFailure 429 `CODE_LOCKED`.
 */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    if (error.statusCode !== 429) return null
    throw new ApiFailure(429, 'CODE_LOCKED', '验证码错误次数过多，已暂时锁定，请过一会儿再试')
  })
}
