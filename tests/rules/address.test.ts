import { readEnv } from 'api/env'
import { behind, callerOf, noteCaller, trustOf } from 'api/http/address'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'

describe('trusted proxies', () => {
  const proxies = trustOf('loopback, 10.0.0.0/8, fd00::/8')
  const cases: [what: string, connected: string, forwarded: string, address: string][] = [
    ['nobody between', '203.0.113.9', '', '203.0.113.9'],
    ['a stranger who claims an address', '203.0.113.9', '192.0.2.1', '203.0.113.9'],
    ['one proxy', '10.0.0.5', '203.0.113.9', '203.0.113.9'],
    ['a made-up address before the real one', '10.0.0.5', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '127.0.0.1', '203.0.113.9, 10.0.0.5', '203.0.113.9'],
    ['IPv6', '::1', '2001:db8::7, fd00::5', '2001:db8::7'],
    ['with port and brackets', '10.0.0.5', '[2001:db8::7]:5000', '2001:db8::7'],
    ['with port', '10.0.0.5', '203.0.113.9:5000', '203.0.113.9'],
    ['nonsense', '10.0.0.5', 'unknown, <script>', '10.0.0.5'],
    ['all of it trusted', '10.0.0.5', '10.0.0.6', '10.0.0.6'],
    ['an empty header', '10.0.0.5', '', '10.0.0.5'],
  ]
  test('whoever connects, its own word only', () => {
    expect(behind('all', '10.9.9.9', '1.2.3.4, 203.0.113.9')).toBe('203.0.113.9')
    expect(behind('all', '10.9.9.9', '')).toBe('10.9.9.9')
    expect(behind('none', '10.9.9.9', '1.2.3.4')).toBe('10.9.9.9')
  })
  test.each(cases)('%s', (_, connected, forwarded, address) => {
    expect(proxies && behind(proxies, connected, forwarded)).toBe(address)
  })
})

describe('what a request is noted with', () => {
  const ask = async (trusted: string | undefined, remoteAddress: string, headers = {}) => {
    const app = new Hono().use(noteCaller(trusted)).get('/', (c) => c.json(callerOf(c)))
    const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })
    return answer.json()
  }
  test('the connection alone where no proxy is trusted', async () => {
    expect(await ask(undefined, '::ffff:10.1.2.3', { 'x-forwarded-for': '1.2.3.4' })).toEqual({
      address: '10.1.2.3',
    })
  })
  test('what a trusted proxy tells, and the program', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'M'.repeat(500) }
    expect(await ask('10.0.0.0/8', '10.1.2.3', headers)).toEqual({
      address: '203.0.113.9',
      agent: 'M'.repeat(120),
    })
  })
})

test('a setting that names no network is refused at the start', () => {
  expect(trustOf('10.0.0.0/33')).toBeNull()
  expect(trustOf('proxy.local')).toBeNull()
  expect(() => readEnv({ ONEMAP_TRUST_PROXY: '10.0.0.0/x' })).toThrow(
    'ENV_INVALID: ONEMAP_TRUST_PROXY',
  )
  expect(readEnv({ ONEMAP_TRUST_PROXY: 'loopback' }).ONEMAP_TRUST_PROXY).toBe('loopback')
})
