/*
 * Where a request comes from. The connection's own address, unless it is that of a proxy that the
 * operator trusts (ONEMAP_TRUST_PROXY): then the last address in X-Forwarded-For that is none of the
 * trusted ones. What stands further left can be made up by anybody and is not believed.
 */
import { BlockList, isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

declare module 'hono' {
  interface ContextVariableMap {
    caller: Caller
  }
}

export interface Caller {
  /** Undefined where there is no connection, as in tests. */
  address: string | undefined
  /** The program that asks, as it calls itself, shortened. */
  agent: string | undefined
}

/** Whose word is taken: nobody's, whoever connects (one proxy, and no other way in), or these. */
type Trust = 'none' | 'all' | BlockList

const longestAgent = 120
const parsed = new Map<string, Trust | null>()

/**
 * `true`, `false`, or addresses and networks (`10.0.0.5, 192.168.0.0/16, fd00::/8`), `loopback` for
 * this machine.
 * @returns null where it is none of these.
 */
export function trustOf(text: string | undefined): Trust | null {
  if (text === undefined || text === 'false') return 'none'
  if (text === 'true') return 'all'
  const known = parsed.get(text)
  if (known !== undefined) return known
  const trust = networksOf(text)
  parsed.set(text, trust)
  return trust
}

function networksOf(text: string): BlockList | null {
  const list = new BlockList()
  const written = text.split(',').map((part) => part.trim())
  const parts = written.flatMap((part) => (part === 'loopback' ? ['127.0.0.0/8', '::1'] : [part]))
  for (const part of parts) {
    const [address = '', length] = part.split('/')
    const version = isIP(address)
    const most = version === 6 ? 128 : 32
    const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : -1
    if (version === 0 || bits < 0 || bits > most) return null
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Leaves for what follows who calls. */
export function noteCaller(trusted: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const agent = c.req.header('user-agent')?.slice(0, longestAgent)
    c.set('caller', { address: callerAddress(c, trusted), agent })
    await next()
  }
}

/** Who calls, as `noteCaller` saw it. */
export function callerOf(c: Context): Partial<Caller> {
  return (c.get('caller') as Caller | undefined) ?? {}
}

/** The caller's address; undefined where there is no connection. */
export function callerAddress(c: Context, trusted: string | undefined): string | undefined {
  const trust = trustOf(trusted) ?? 'none'
  return behind(trust, connectedFrom(c), c.req.header('x-forwarded-for') ?? '')
}

/** Whether a proxy that is trusted passes the request on, so that its headers are believed. */
export function isProxied(c: Context, trusted: string | undefined): boolean {
  const trust = trustOf(trusted) ?? 'none'
  return isTrusted(trust, connectedFrom(c) ?? '')
}

/** Walks from the connection outwards, for as long as those that tell of the next are trusted. */
export function behind(
  trust: Trust,
  connected: string | undefined,
  forwarded: string,
): string | undefined {
  const told = forwarded.split(',').reverse().map(plain)
  if (trust === 'all') return told[0] ?? connected
  let nearest = connected
  for (const next of told) {
    if (next === undefined || !isTrusted(trust, nearest ?? '')) return nearest
    nearest = next
  }
  return nearest
}

function isTrusted(trust: Trust, address: string): boolean {
  if (trust === 'all' || trust === 'none') return trust === 'all'
  const version = isIP(address)
  return version !== 0 && trust.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

function connectedFrom(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  return plain(incoming?.socket?.remoteAddress)
}

/** An address without port, brackets and the prefix of an IPv4 address on an IPv6 socket. */
function plain(text: string | undefined): string | undefined {
  const bare = (text ?? '').trim().replace(/^\[(.*)\](:\d+)?$/, '$1')
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  return isIP(address) === 0 ? undefined : address
}
