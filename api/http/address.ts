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
    origin: Origin
  }
}

export interface Origin {
  /** Undefined where there is no connection, as in tests. */
  address: string | undefined
  /** The program that asks, as it calls itself, shortened. */
  agent: string | undefined
}

const longestAgent = 120

/**
 * Addresses and networks (`10.0.0.5, 192.168.0.0/16, fd00::/8`), `loopback` for this machine.
 * @returns null where one of them is neither.
 */
export function parseNetworks(text: string): BlockList | null {
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

/** Leaves for what follows where the request comes from. */
export function noteOrigin(trusted: string | undefined): MiddlewareHandler {
  const proxies = trusted === undefined ? null : parseNetworks(trusted)
  return async (c, next) => {
    c.set('origin', { address: addressOf(c, proxies), agent: agentOf(c) })
    await next()
  }
}

/** Where the request comes from, as `noteOrigin` saw it. */
export function originOf(c: Context): Partial<Origin> {
  return (c.get('origin') as Origin | undefined) ?? {}
}

function addressOf(c: Context, proxies: BlockList | null): string | undefined {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const connected = plain(incoming?.socket?.remoteAddress)
  return connected === undefined || proxies === null
    ? connected
    : behind(proxies, connected, c.req.header('x-forwarded-for') ?? '')
}

/** Walks from the connection outwards, for as long as the proxies that tell of it are trusted. */
export function behind(proxies: BlockList, connected: string, forwarded: string): string {
  const told = forwarded.split(',').reverse().map(plain)
  let nearest = connected
  for (const next of told) {
    if (!isTrusted(proxies, nearest) || next === undefined) return nearest
    nearest = next
  }
  return nearest
}

const isTrusted = (proxies: BlockList, address: string): boolean =>
  proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An address without port, brackets and the prefix of an IPv4 address on an IPv6 socket. */
function plain(text: string | undefined): string | undefined {
  const bare = (text ?? '').trim().replace(/^\[(.*)\](:\d+)?$/, '$1')
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  return isIP(address) === 0 ? undefined : address
}

function agentOf(c: Context): string | undefined {
  return c.req.header('user-agent')?.slice(0, longestAgent)
}
