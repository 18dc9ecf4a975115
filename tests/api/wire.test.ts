import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { onError } from 'api/http/error'
import { type Listener, listen } from 'api/listen'
import { Hono } from 'hono'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
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

/** What comes back for some text until the other side hangs up, or `until` is in it. */
function exchange(text: string, until = /$^/): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (until.test(answer)) socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(answer))
    socket.write(text)
  })
}

describe('request lines of every kind', () => {
  test('HTTP/1.0 without a name', async () => {
    expect(await exchange('GET /health/live HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
  })
  test.each([
    ['/tile/project/0/0/0.mvt', /^HTTP\/1\.1 200 /],
    ['/api/city', /^HTTP\/1\.1 200 /],
  ])('the whole address of %s', async (path, status) => {
    const cookie = `Cookie: ${site.cookie}\r\n`
    const line = `GET http://city.example${path} HTTP/1.1\r\nHost: city.example\r\n${cookie}Connection: close\r\n\r\n`
    expect(await exchange(line)).toMatch(status)
  })
  test('HEAD of the event stream ends', async () => {
    const answer = await site.request('/api/event', { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/event-stream',
      '',
    ])
    const { seq } = site.deps.live
    const followers = vi.spyOn(site.deps.live, 'subscribe')
    const headers = { cookie: site.cookie }
    await fetch(`${listener.url}/api/event?since=${seq}`, { method: 'HEAD', headers })
    expect(followers).not.toHaveBeenCalled()
    followers.mockRestore()
  })
})

test.each(['/tile/project/0/0/0.mvt', '/tile/park.json', '/tile/nothing/0/0/0.mvt', '/tile/x/y'])(
  '%s is read as nothing but what it says',
  async (path) => {
    const response = await site.get(path)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    if (response.ok) return
    const { error } = await response.json()
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('x-request-id')).toBe(error.requestId)
  },
)

test('who is answered while the server stops is told to go elsewhere, and nothing waits for idle connections', async () => {
  const own = await listen('127.0.0.1', 0)
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  const slow = new Hono().get('/', async (c) => {
    asked()
    await gate
    return c.text('done')
  })
  own.show(slow)
  const answer = fetch(own.url)
  await reached
  const began = performance.now()
  const closed = own.close(60_000)
  open()
  expect((await answer).headers.get('connection')).toBe('close')
  await closed
  expect(performance.now() - began).toBeLessThan(30_000)
})

describe('what failed and how it is told', () => {
  const tell = async (error: Error) => {
    const lines: string[] = []
    const sink = new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    const app = new Hono().onError(onError(pino(sink))).get('/', () => {
      throw error
    })
    const response = await app.request('/')
    const body = await response.json()
    return { status: response.status, code: body.error.code, logged: lines.length }
  }
  const sqlState = (code: string) =>
    new postgres.PostgresError({ message: 'x', code } as unknown as string)

  test.each([
    ['53100', 507, 'DISK_FULL'],
    ['53200', 503, 'DATABASE_BUSY'],
    ['22008', 400, 'DATE_INVALID'],
    ['22007', 400, 'DATE_INVALID'],
    ['22009', 400, 'DATE_INVALID'],
  ])('SQLSTATE %s is %i %s', async (state, status, code) => {
    expect(await tell(sqlState(state))).toMatchObject({ status, code })
  })
  test('an upload broken off is not the database’s fault', async () => {
    const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    expect(await tell(aborted)).toEqual({ status: 400, code: 'UPLOAD_BROKEN_OFF', logged: 0 })
    const lost = Object.assign(new Error('read ECONNRESET'), {
      code: 'ECONNRESET',
      syscall: 'read',
    })
    expect(await tell(lost)).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE', logged: 1 })
  })
  test('being busy is no line in the log', async () => {
    const { ApiFailure } = await import('api/http/failure')
    const busy = new ApiFailure(503, 'SERVER_BUSY', '服务器正忙')
    expect(await tell(busy)).toEqual({ status: 503, code: 'SERVER_BUSY', logged: 0 })
  })
})

test('a code that another takes at the same moment is taken', async ({ skip }) => {
  const { db } = site.deps
  if (db.kind === 'embedded') skip('one connection only')
  const project = { code: 'RACE', name: '赛', unitId: 1, category: 'ecology', reason: '测试' }
  let second: Promise<Response> | undefined
  await db.transact({ actor: '测试', reason: '测试' }, async (tx) => {
    await tx`insert into project (code, name, search_text, unit_id, category) values ('RACE', '先', 'x', 1, 'ecology')`
    second = site.send('POST', '/api/project', project)
    await vi.waitFor(async () => {
      const waiting = await db.sql`
        select from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into project%'`
      expect(waiting).toHaveLength(1)
    })
  })
  const response = await second
  expect([response?.status, (await response?.json())?.error.code]).toEqual([
    409,
    'PROJECT_CODE_TAKEN',
  ])
})
