import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { addressOf, isSecure } from '../http/origin.ts'
import { addressHeader } from './auth.ts'

/** What better-auth is told of a request: cookies, program and our own word for the address. */
export function requestHeaders(c: Context, env: Env): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name)
    if (value) headers.set(name, value)
  }
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
