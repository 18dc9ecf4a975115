import { BackupCodes, SessionState, TotpSecret } from 'api/session/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { givePassword, password } from '../support/accounts.ts'
import type { TestApp } from '../support/app.ts'
import { type Browser, openBrowser, refusal } from '../support/browser.ts'
import { openSmallCity } from '../support/city.ts'
import { totpCode } from '../support/totp.ts'

let site: TestApp
let browser: Browser
let made = 0
beforeAll(async () => {
  site = await openSmallCity({ ONEMAP_TRUST_PROXY: 'true', ONEMAP_PASSWORD_POLICY: 'dengbao' })
  for (const login of ['unit', 'park', 'helper', 'security'] as const) {
    await givePassword(site.deps, login)
  }
})
afterAll(() => site.close())
beforeEach(() => {
  made += 1
  browser = openBrowser(site, `10.0.2.${made}`)
})
afterEach(() => {
  vi.useRealTimers()
})

const signIn = (login: string, from = browser) =>
  from.send('POST', '/api/session', { login, password })
const state = async (from = browser) =>
  SessionState.parse(await (await from.request('/api/session')).json())
function wait(seconds: number): void {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now + seconds * 1000)
  site.deps.sessions.forget()
}

/** Signs in and sets the second factor up. */
async function enrol(login: string): Promise<{ secret: string; codes: string[] }> {
  await signIn(login)
  const answer = await browser.send('POST', '/api/session/totp', { password })
  const { secret } = TotpSecret.parse(await answer.json())
  const confirmed = await browser.send('PUT', '/api/session/totp', { code: totpCode(secret) })
  return { secret, ...BackupCodes.parse(await confirmed.json()) }
}

describe('the second factor', () => {
  test('is asked for once a code has confirmed it, not before', async () => {
    await signIn('unit')
    const answer = await browser.send('POST', '/api/session/totp', { password })
    const { secret, uri } = TotpSecret.parse(await answer.json())
    expect(uri).toBe(
      `otpauth://totp/${encodeURIComponent('全市')}:unit?secret=${secret}&issuer=${encodeURIComponent('全市')}`,
    )
    expect((await (await signIn('unit', openBrowser(site))).json()).status).toBe('signed_in')
    const wrong = browser.send('PUT', '/api/session/totp', { code: '000000' })
    expect(await refusal(wrong)).toEqual([422, 'CODE_REFUSED'])
    const right = await browser.send('PUT', '/api/session/totp', { code: totpCode(secret) })
    expect(BackupCodes.parse(await right.json()).codes).toHaveLength(10)
    expect((await state()).hasTotp).toBe(true)

    wait(60)
    const other = openBrowser(site, '10.0.9.1')
    expect(await (await signIn('unit', other)).json()).toEqual({ status: 'code_needed' })
    expect((await state(other)).me).toBeNull()
    const refused = other.send('POST', '/api/session/code', { code: '123456' })
    expect(await refusal(refused)).toEqual([401, 'CODE_REFUSED'])
    const code = totpCode(secret)
    expect((await other.send('POST', '/api/session/code', { code })).status).toBe(200)
    expect((await state(other)).me?.login).toBe('unit')
  })

  test('a code works once, a backup code works once, and an old code does not work', async () => {
    const { secret, codes } = await enrol('park')
    wait(60)
    const code = totpCode(secret)
    const first = openBrowser(site, '10.0.9.2')
    await signIn('park', first)
    expect((await first.send('POST', '/api/session/code', { code })).status).toBe(200)
    const second = openBrowser(site, '10.0.9.3')
    await signIn('park', second)
    expect(await refusal(second.send('POST', '/api/session/code', { code }))).toEqual([
      401,
      'CODE_REFUSED',
    ])
    expect((await state(second)).me).toBeNull()

    const backup = { code: codes[0] ?? '' }
    const third = openBrowser(site, '10.0.9.4')
    await signIn('park', third)
    expect((await third.send('POST', '/api/session/code', backup)).status).toBe(200)
    const fourth = openBrowser(site, '10.0.9.5')
    await signIn('park', fourth)
    expect((await refusal(fourth.send('POST', '/api/session/code', backup)))[0]).toBe(401)
    const old = { code: totpCode(secret, Date.now() - 300_000) }
    expect((await refusal(fourth.send('POST', '/api/session/code', old)))[0]).toBe(401)
  })

  test('guessing ends: five codes to a password, then the wait is over', async () => {
    const { secret } = await enrol('helper')
    wait(60)
    const guesser = openBrowser(site, '10.0.9.6')
    await signIn('helper', guesser)
    for (let n = 0; n < 5; n++) {
      const guess = guesser.send('POST', '/api/session/code', { code: '000000' })
      expect((await refusal(guess))[0]).toBe(401)
    }
    const code = { code: totpCode(secret) }
    expect((await refusal(guesser.send('POST', '/api/session/code', code)))[0]).not.toBe(200)
    await signIn('helper', guesser)
    const locked = guesser.send('POST', '/api/session/code', code)
    expect(await refusal(locked)).toEqual([429, 'CODE_LOCKED'])
    const [person] = await site.deps.db.sql<{ id: number }[]>`
      select id from person where login = 'helper'`
    const unlock = { unlock: true, reason: '本人来电' }
    const path = `/api/account/${person?.id}`
    expect((await site.as('administrator').send('PATCH', path, unlock)).status).toBe(200)
    await signIn('helper', guesser)
    expect((await guesser.send('POST', '/api/session/code', code)).status).toBe(200)
  })

  test('goes away with the own password only', async () => {
    const [person] = await site.deps.db.sql<{ id: number }[]>`
      select id from person where login = 'unit'`
    const drop = { dropTotp: true, reason: '手机丢失' }
    const path = `/api/account/${person?.id}`
    expect((await site.as('administrator').send('PATCH', path, drop)).status).toBe(200)
    await enrol('unit')
    const wrong = browser.send('DELETE', '/api/session/totp', { password: 'nonsense' })
    expect(await refusal(wrong)).toEqual([401, 'PASSWORD_WRONG'])
    expect((await browser.send('DELETE', '/api/session/totp', { password })).status).toBe(200)
    expect(await state()).toMatchObject({ hasTotp: false, me: { login: 'unit' } })
    expect((await (await signIn('unit', openBrowser(site))).json()).status).toBe('signed_in')
  })

  test('under 等保 the administrators can do nothing before they have one, nor drop it', async () => {
    await givePassword(site.deps, 'administrator')
    await signIn('administrator')
    expect(await state()).toMatchObject({ mustEnrolTotp: true, me: { permissions: [] } })
    expect(await refusal(browser.request('/api/account'))).toEqual([403, 'FORBIDDEN'])
    await enrol('administrator')
    expect(await state()).toMatchObject({ mustEnrolTotp: false })
    expect((await browser.request('/api/account')).status).toBe(200)
    const drop = browser.send('DELETE', '/api/session/totp', { password })
    expect(await refusal(drop)).toEqual([409, 'TOTP_OBLIGATORY'])
  })

  test('its secret and codes are not readable in the database', async () => {
    const { secret, codes } = await enrol('security')
    const text = JSON.stringify(await site.deps.db.sql`select * from auth_two_factor`)
    expect(text).not.toContain(secret)
    expect(text).not.toContain(codes[0] ?? '')
  })
})

describe('the own password', () => {
  test('changes with the old one, and ends the other sessions', async () => {
    await givePassword(site.deps, 'department')
    await signIn('department')
    const other = openBrowser(site, '10.0.9.7')
    await signIn('department', other)
    const change = (current: string, next: string) =>
      browser.send('POST', '/api/session/password', { current, password: next })
    expect(await refusal(change('nonsense', 'Other-Horse-8-Battery'))).toEqual([
      401,
      'PASSWORD_WRONG',
    ])
    expect(await refusal(change(password, 'short1A'))).toEqual([422, 'PASSWORD_WEAK'])
    expect(await refusal(change(password, password))).toEqual([422, 'PASSWORD_WEAK'])
    expect((await change(password, 'Other-Horse-8-Battery')).status).toBe(200)
    expect((await state()).me?.login).toBe('department')
    expect((await state(other)).me).toBeNull()
    expect(await refusal(change('Other-Horse-8-Battery', password))).toEqual([422, 'PASSWORD_WEAK'])
  })

  test('has to be changed after ninety days, before anything else', async () => {
    await givePassword(site.deps, 'inspector')
    await signIn('inspector')
    expect((await browser.request('/api/project')).status).toBe(200)
    wait(91 * 86_400)
    await signIn('inspector')
    expect((await state()).mustChangePassword).toBe(true)
    expect(await refusal(browser.request('/api/project'))).toEqual([403, 'FORBIDDEN'])
    const next = { current: password, password: 'Third-Horse-9-Battery' }
    expect((await browser.send('POST', '/api/session/password', next)).status).toBe(200)
    expect((await browser.request('/api/project')).status).toBe(200)
  })
})
