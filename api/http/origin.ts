import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { callerAddress, isProxied } from './address.ts'

type Trust = Pick<Env, 'ONEMAP_TRUST_PROXY' | 'ONEMAP_URL'>

/** The last hop's word, which our own proxy appended: what stands before it, anybody may have written. */
const lastOf = (header: string | undefined) => header?.split(',').at(-1)?.trim() || undefined

/** The caller's address; behind a proxy that is trusted, what it says. Empty where there is no connection. */
export const addressOf = (c: Context, env: Trust): string =>
  callerAddress(c, env.ONEMAP_TRUST_PROXY) ?? ''

/** Whether the browser came by https. */
export function isSecure(c: Context, env: Trust): boolean {
  const isTold = isProxied(c, env.ONEMAP_TRUST_PROXY)
  const told = isTold ? lastOf(c.req.header('x-forwarded-proto')) : undefined
  return (told ?? new URL(c.req.url).protocol.slice(0, -1)) === 'https'
}

/** Where the page is, for links to it: the setting, or where the request came to. */
export function originOf(c: Context, env: Trust): string {
  if (env.ONEMAP_URL) return env.ONEMAP_URL
  return `${isSecure(c, env) ? 'https' : 'http'}://${c.req.header('host') ?? new URL(c.req.url).host}`
}
