import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { addressOf, isSecure } from '../http/origin.ts'
import { addressHeader } from './auth.ts'

/**
 * What better-auth is told of a request: cookies, program and our own word for the address.
 * `withoutSession`: as if nobody were signed in yet.
 */
export function requestHeaders(c: Context, env: Env, { withoutSession = false } = {}): Headers {
  const headers = new Headers()
  const cookies = (c.req.header('cookie') ?? '').split(/;\s*/)
  const own = cookies.filter((cookie) => !withoutSession || !cookie.startsWith(`${sessionCookie}=`))
  headers.set('cookie', own.join('; '))
  headers.set('user-agent', c.req.header('user-agent') ?? '')
  headers.set(addressHeader, addressOf(c, env))
  return headers
}

/** Sends better-auth's cookies on, only over https where the request came by it. */
export function sendCookies(c: Context, env: Env, cookies: readonly string[]): void {
  const secure = isSecure(c, env) ? '; Secure' : ''
  for (const cookie of cookies) c.header('Set-Cookie', `${cookie}${secure}`, { append: true })
}

export const sessionCookie = 'onemap.session_token'
export const deviceCookie = 'onemap.device'
