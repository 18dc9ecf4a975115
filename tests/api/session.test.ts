import { chainAudit } from 'api/audit/append'
import type { Database } from 'api/db/database'
import { readEnv } from 'api/env'
import { SessionState } from 'api/session/contract'
import { passwordHash } from 'api/session/hash'
import { createSessions } from 'api/session/sessions'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { givePassword, password } from '../support/accounts.ts'
import type { TestApp } from '../support/app.ts'
import { type Browser, openBrowser, refusal } from '../support/browser.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
let db: Database
let unit: number
let browser: Browser
let made = 0
beforeAll(async () => {
  site = await openSmallCity({ ONEMAP_TRUST_PROXY: 'true' })
  db = site.deps.db
  unit = await givePassword(site.deps, 'unit')
})
afterAll(() => site.close())
beforeEach(() => {
  made += 1
  browser = openBrowser(site, `10.0.1.${made}`)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const signIn = (login: string, word: string, from = browser) =>
  from.send('POST', '/api/session', { login, password: word })
const state = async (from = browser) =>
  SessionState.parse(await (await from.request('/api/session')).json())
/** Real time goes on by so many minutes at once. */
function wait(minutes: number): void {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now + minutes * 60_000)
  site.deps.sessions.forget()
}

describe('signing in', () => {
  test('before it the page learns the city and the policy, and nothing else is told', async () => {
    expect(await state()).toMatchObject({
      city: '全市',
      me: null,
      providers: [],
      policy: { kind: 'asvs', minLength: 12 },
      signedInAt: null,
    })
    expect(await refusal(browser.request('/api/project'))).toEqual([401, 'SIGN_IN_NEEDED'])
  })

  test('opens what the person may see, and the login may be written in capitals', async () => {
    const answer = await signIn('UNIT', password)
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'signed_in' }])
    const { me } = await state()
    expect(me).toMatchObject({ id: unit, login: 'unit', name: '李县长', viewedBy: null })
    expect(me?.permissions).toContain('report:file')
    const projects = await (await browser.request('/api/project')).json()
    expect(projects.rows.map((row: { unitId: number }) => row.unitId)).toEqual([1, 1, 1, 1])
  })

  test('its cookie is opaque, kept from scripts and from other sites, and only sent over https by https', async () => {
    await signIn('unit', password)
    const cookie = browser.sent.at(-1) ?? ''
    expect(cookie).toMatch(
      /^onemap\.session_token=[\w%.+-]{60,}; .*Path=\/.*HttpOnly.*SameSite=Lax/i,
    )
    expect(cookie).not.toMatch(/secure/i)
    await browser.request('/api/session', {
      method: 'POST',
      body: JSON.stringify({ login: 'unit', password }),
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    })
    expect(browser.sent.at(-1)).toMatch(/; Secure$/)
  })

  test('makes a new token each time, and the old one is worth nothing', async () => {
    await signIn('unit', password)
    const old = new Map(browser.cookies)
    await signIn('unit', password)
    expect(browser.cookies).not.toEqual(old)
    const thief = openBrowser(site)
    for (const [name, value] of old) thief.cookies.set(name, value)
    expect((await state(thief)).me).toBeNull()
  })

  test('out ends the session, not only the cookie', async () => {
    await signIn('unit', password)
    const kept = new Map(browser.cookies)
    expect((await browser.send('DELETE', '/api/session')).status).toBe(200)
    expect(browser.cookies.size).toBe(0)
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect((await state()).me).toBeNull()
  })

  test('the second time tells of the one before', async () => {
    await signIn('unit', password, openBrowser(site, '10.9.9.9'))
    await signIn('unit', password)
    expect((await state()).lastSignIn).toMatchObject({ address: '10.9.9.9' })
  })

  test('a page of another site cannot do it', async () => {
    const answer = browser.request('/api/session', {
      method: 'POST',
      body: JSON.stringify({ login: 'unit', password }),
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    })
    expect(await refusal(answer)).toEqual([403, 'CROSS_SITE'])
  })
})

describe('refused', () => {
  const cases: [what: string, login: string, word: string][] = [
    ['a wrong password', 'unit', 'Wrong-Horse-7-Battery'],
    ['an unknown login', 'nobody', password],
    ['a person without a password', 'leader', password],
    ['a wall', 'wall', password],
  ]
  test.each(cases)('%s: the same words, one verification', async (_, login, word) => {
    const verify = vi.spyOn(passwordHash, 'verify')
    const make = vi.spyOn(passwordHash, 'make')
    const answer = await signIn(login, word)
    const { error } = await answer.json()
    expect([answer.status, error.code, error.message]).toEqual([
      401,
      'SIGN_IN_REFUSED',
      '登录名或密码不对',
    ])
    expect([verify.mock.calls.length, make.mock.calls.length]).toEqual([1, 0])
  })

  test('a right password takes one verification too', async () => {
    const verify = vi.spyOn(passwordHash, 'verify')
    await signIn('unit', password)
    expect(verify).toHaveBeenCalledTimes(1)
  })

  test('after five failures from one address, until fifteen minutes are over', async () => {
    for (let n = 0; n < 5; n++) {
      expect((await refusal(signIn('unit', 'nonsense')))[0]).toBe(401)
    }
    const locked = await signIn('unit', password)
    expect([locked.status, (await locked.json()).error.code]).toEqual([429, 'SIGN_IN_LOCKED'])
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(890)
    expect((await signIn('unit', password, openBrowser(site, '10.8.8.8'))).status).toBe(200)
    wait(16)
    expect((await signIn('unit', password)).status).toBe(200)
  })

  test('twenty at once are no way around the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('park', 'nonsense')))
    const tried = answers.filter((answer) => answer.status === 401)
    expect(tried).toHaveLength(5)
  })

  test('a success begins the count anew', async () => {
    for (let n = 0; n < 4; n++) await signIn('unit', 'nonsense')
    await signIn('unit', password)
    for (let n = 0; n < 4; n++) await signIn('unit', 'nonsense')
    expect((await signIn('unit', password)).status).toBe(200)
  })

  test('leaves its traces: who, from where, and no password', async () => {
    await signIn('unit', 'a very secret word')
    await chainAudit(db)
    const [event] =
      await db.sql`select * from audit where kind = 'sign_in_failed' order by n desc limit 1`
    expect(event).toMatchObject({
      personId: unit,
      actor: '李县长',
      detail: { event: 'sign_in_refused', login: 'unit' },
    })
    expect(event?.['address']).toBe(`10.0.1.${made}`)
    expect(JSON.stringify(event)).not.toContain('very secret')
  })
})

describe('a session ends', () => {
  test('after half an hour without a request, whatever day the demo shows', async () => {
    await signIn('unit', password)
    wait(29)
    expect((await state()).me).not.toBeNull()
    wait(29)
    expect((await state()).me).not.toBeNull()
    wait(31)
    expect((await state()).me).toBeNull()
  })

  test('after twelve hours at any rate', async () => {
    await signIn('unit', password)
    for (let hour = 0; hour < 11.5; hour += 0.4) {
      wait(24)
      expect((await state()).me, `after ${hour} h`).not.toBeNull()
    }
    wait(24)
    expect((await state()).me).toBeNull()
  })

  test('at once where the account is disabled', async () => {
    await givePassword(site.deps, 'inspector')
    await signIn('inspector', password)
    expect((await state()).me).not.toBeNull()
    const [person] = await db.sql<{ id: number }[]>`select id from person where login = 'inspector'`
    const path = `/api/account/${person?.id}`
    const change = { disabled: true, reason: '调离' }
    expect((await site.as('administrator').send('PATCH', path, change)).status).toBe(200)
    expect((await state()).me).toBeNull()
    expect(await refusal(signIn('inspector', password))).toEqual([401, 'SIGN_IN_REFUSED'])
    const back = { disabled: false, reason: '返岗' }
    await site.as('administrator').send('PATCH', path, back)
    expect((await state()).me).toBeNull()
    expect((await signIn('inspector', password)).status).toBe(200)
  })

  test('rights that are taken away are gone with the next request', async () => {
    await signIn('unit', password)
    expect((await browser.request('/api/project')).status).toBe(200)
    const ends = { grants: [], reason: '免职' }
    await site.as('security').send('PUT', `/api/account/${unit}/grant`, ends)
    expect(await refusal(browser.request('/api/project'))).toEqual([403, 'FORBIDDEN'])
    const again = {
      grants: [{ role: 'unit_manager', scope: 'unit', unitId: 1, validFrom: '2022-01-01' }],
      reason: '复职',
    }
    await site.as('security').send('PUT', `/api/account/${unit}/grant`, again)
    expect((await browser.request('/api/project')).status).toBe(200)
  })
})

test('what is stored opens nothing: no token and no password stands in the database', async () => {
  await signIn('unit', password)
  const cookie = decodeURIComponent(browser.cookies.get('onemap.session_token') ?? '')
  const token = cookie.split('.')[0] ?? ''
  expect(token.length).toBeGreaterThan(30)
  const tables = ['auth_session', 'auth_account', 'auth_password', 'auth_verification']
  for (const table of tables) {
    const text = JSON.stringify(await db.sql`select * from ${db.sql(table)}`)
    expect(text).not.toContain(token)
    expect(text).not.toContain(password)
  }
})

test('no secret comes into a log or an answer', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })
  const parts = { ...site.deps, log, env: readEnv({ ONEMAP_TRUST_PROXY: 'true' }) }
  const talkative = { site: createSite({ ...parts, sessions: createSessions(parts) }) }
  const own = openBrowser(talkative, '10.7.7.7')
  const answers = [
    await signIn('unit', 'a very secret word', own),
    await signIn('unit', password, own),
    await own.request('/api/session'),
    await own.send('POST', '/api/session/password', { current: 'a very secret word', password }),
    await own.send('POST', '/api/session/invitation', { token: 'a secret token', password }),
    await own.send('POST', '/api/session', {
      login: 'unit',
      password: 'a very secret word'.repeat(60),
    }),
    await site.as('administrator').get('/api/account'),
  ]
  const told = [...lines, ...(await Promise.all(answers.map((answer) => answer.text())))].join()
  const [account] = await db.sql<{ password: string }[]>`select password from auth_account`
  const cookie = decodeURIComponent(own.cookies.get('onemap.session_token') ?? 'none')
  for (const secret of [password, 'very secret', 'a secret token', account?.password, cookie]) {
    expect(told).not.toContain(secret)
  }
})

test('a request reads none of it: sign-in tables are not granted', async () => {
  const [row] = await db.sql<{ tables: number }[]>`
    select count(*)::int as tables from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'
       and (relname like 'auth\\_%' or relname in ('device', 'device_pairing', 'sign_in_failure', 'audit_event'))
       and has_table_privilege('onemap_scoped', oid, 'select')`
  expect(row).toEqual({ tables: 0 })
})
