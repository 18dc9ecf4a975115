import { connect } from 'node:net'
import { type Listener, listen } from 'api/listen'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
let listener: Listener
beforeAll(async () => {
  site = await openSmallCity()
  listener = await listen('127.0.0.1', 0)
  listener.show(site.site)
})
afterAll(async () => {
  await listener.close(0)
  await site.close()
})

const bridge = { code: 'F1', name: '桥', unitId: 1, category: 'infrastructure', reason: '测试' }
const create = (fields: object) => site.send('POST', '/api/project', { ...bridge, ...fields })

async function refusal(response: Response | Promise<Response>) {
  const answer = await response
  const { error } = await answer.json()
  return [answer.status, error.code, error.details?.[0]?.field]
}

describe('a body that is not plain UTF-8 is refused and not stored damaged', () => {
  const post = (body: BodyInit, headers: Record<string, string>) =>
    refusal(
      site.request('/api/project', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    )
  const text = JSON.stringify(bridge)

  test.each(['gbk', 'utf-16', '"gb18030"'])('of charset %s', async (charset) => {
    expect(await post(text, { 'content-type': `application/json; charset=${charset}` })).toEqual([
      415,
      'BODY_NOT_JSON',
      'content-type',
    ])
  })
  test('packed', async () => {
    expect(await post(text, { 'content-encoding': 'gzip' })).toEqual([
      415,
      'BODY_PACKED',
      'content-encoding',
    ])
  })
  test('of other bytes', async () => {
    const bytes = Buffer.from(text.replace('桥', '\u00ff'), 'latin1')
    expect(await post(bytes, {})).toEqual([400, 'TEXT_INVALID', undefined])
  })
  test.each(['\\ud800', '\\udfff', 'a\\uD83Dx'])('with half a character %s', async (half) => {
    expect(await post(text.replace('桥', half), {})).toEqual([400, 'TEXT_INVALID', undefined])
  })
  test('and a whole character written as two escapes is taken', async () => {
    const body = JSON.stringify({ ...bridge, code: 'F2' }).replace('桥', '\\ud842\\udfb7')
    const headers = { 'content-type': 'application/json; charset=UTF-8' }
    const response = await site.request('/api/project', { method: 'POST', body, headers })
    expect([response.status, (await response.json()).name]).toEqual([201, '𠮷'])
  })
})

describe('a name or code that people cannot read', () => {
  test.each([
    ['name', '   '],
    ['name', '\u200b'],
    ['name', '桥\u202e1'],
    ['code', ' '],
    ['code', 'a\nb'],
    ['code', 'a\u0000'],
    ['reason', ' \n'],
  ])('%s %j', async (field, value) => {
    expect(await refusal(create({ [field]: value }))).toEqual([400, 'INVALID', field])
  })
  test('an area beyond what is stored', async () => {
    expect(await refusal(create({ areaMu: 1e10 }))).toEqual([400, 'INVALID', 'areaMu'])
  })
})

describe('years that the database does not know', () => {
  test.each([
    ['/api/project?asOf=0000-01-01', 'asOf'],
    ['/api/project/1?asOf=0000-01-01T00:00:00Z', 'asOf'],
    ['/api/map?asOf=0000-01-01', 'asOf'],
    ['/api/unit?asOf=1899-12-31', 'asOf'],
    ['/api/project?asOf=2023-03-31T00:00:00%2B99:99', 'asOf'],
    ['/api/investment/curve?year=0', 'year'],
    ['/api/investment/curve?year=-5', 'year'],
    ['/api/investment/curve?year=294277', 'year'],
    ['/api/plan?year=99999', 'year'],
    ['/api/report?month=0000-01-01', 'month'],
  ])('%s', async (path, field) => {
    const response = await site.get(path)
    const { error } = await response.json()
    expect([response.status, error.details?.[0]?.field]).toEqual([400, field])
    expect(error.message).toMatch(/[一-鿿]/)
    expect(error.message).not.toMatch(/[a-z]{4,} [a-z]/)
  })
  test('in bodies', async () => {
    const key = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a11'
    const report = { key, projectId: 1, month: '0000-01-01' }
    expect(await refusal(site.send('POST', '/api/report', report))).toEqual([
      400,
      'INVALID',
      'month',
    ])
    const milestone = { projectId: 1, kind: 'finish', forecastDate: '0000-05-01', reason: '测' }
    expect(await refusal(site.send('PUT', '/api/milestone', milestone))).toEqual([
      400,
      'INVALID',
      'forecastDate',
    ])
  })
})

test.each([
  ['/api/project?unit=', 'unit'],
  ['/api/project?unit=0x10', 'unit'],
  ['/api/project?limit=1%0a', 'limit'],
  ['/api/project?limit=1e2', 'limit'],
  ['/api/project?minWan=', 'minWan'],
  ['/api/project?minWan=Infinity', 'minWan'],
  ['/api/project/0x1', 'id'],
  ['/api/change?since=', 'since'],
])('%s is no number', async (path, field) => {
  expect(await refusal(site.get(path))).toEqual([400, 'INVALID', field])
})

test('who does not finish a body keeps nobody else waiting', async () => {
  const { port } = new URL(listener.url)
  const sockets = Array.from({ length: 220 }, () => connect(Number(port), '127.0.0.1'))
  const head = `POST /api/project HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\nContent-Type: application/json\r\n`
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on('error', () => {})
          socket.write(`${head}Content-Length: 100\r\n\r\n{`, () => resolve())
        }),
    ),
  )
  // Each has been read once a later one is answered.
  await fetch(`${listener.url}/health/live`)
  const response = await fetch(`${listener.url}/api/unit`, { headers: { cookie: site.cookie } })
  for (const socket of sockets) socket.destroy()
  expect(response.status).toBe(200)
})

test('a body that does not come is given up in the one error shape', async () => {
  const { receiveJson } = await import('api/http/body')
  const { onError } = await import('api/http/error')
  const { Hono } = await import('hono')
  const app = new Hono()
    .onError(onError(site.deps.log))
    .use(receiveJson(50))
    .post('/', (c) => c.text('taken'))
  const endless = new ReadableStream({ start: (out) => out.enqueue(new TextEncoder().encode('{')) })
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', body: endless, headers, duplex: 'half' } as RequestInit
  const response = await app.request('/', init)
  expect([response.status, response.headers.get('connection')]).toEqual([408, 'close'])
  expect((await response.json()).error).toMatchObject({ code: 'BODY_SLOW' })
})
