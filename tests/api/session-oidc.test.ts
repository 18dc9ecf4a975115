import { chainAudit } from 'api/audit/append'
import { readEnv } from 'api/env'
import { SessionState } from 'api/session/contract'
import { createSessions } from 'api/session/sessions'
import { createSite } from 'api/site'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { type Browser, openBrowser, refusal } from '../support/browser.ts'
import { openSmallCity } from '../support/city.ts'
import { client, type OidcServer, startOidcServer, throughProvider } from '../support/oidc.ts'

const origin = 'http://map.example.gov.cn'
const callback = `${origin}/api/session/oidc/callback/oidc`
let site: TestApp
let provider: OidcServer
beforeAll(async () => {
  provider = await startOidcServer(callback)
  site = await openSmallCity({
    ONEMAP_TRUST_PROXY: 'true',
    ONEMAP_URL: origin,
    ONEMAP_OIDC_ISSUER: provider.issuer,
    ONEMAP_OIDC_CLIENT_ID: client.id,
    ONEMAP_OIDC_CLIENT_SECRET: client.secret,
    ONEMAP_OIDC_NAME: '市政务统一认证',
  })
})
afterAll(async () => {
  await site.close()
  await provider.close()
})

/** To the provider and back; where the browser ends. */
async function signIn(browser: Browser, who: OidcServer['who']): Promise<string> {
  provider.who = who
  const away = await browser.request('/api/session/oidc/oidc')
  expect(away.status).toBe(302)
  const back = await throughProvider(away.headers.get('location') ?? '', origin)
  expect(back.startsWith(callback)).toBe(true)
  const home = await browser.request(back.slice(origin.length))
  expect(home.status).toBe(302)
  return home.headers.get('location') ?? ''
}
const me = async (browser: Browser) =>
  SessionState.parse(await (await browser.request('/api/session')).json()).me
const count = async () => (await site.deps.db.sql`select from person`).count

test('the page is told of the provider', async () => {
  const state = await (await site.as(null).get('/api/session')).json()
  expect(state.providers).toEqual([{ id: 'oidc', name: '市政务统一认证' }])
  const other = site.as(null).get('/api/session/oidc/github')
  expect(await refusal(other)).toEqual([404, 'PROVIDER_NOT_FOUND'])
})

test('who has a login of the same name is signed in, and bound to the provider’s own id', async () => {
  const browser = openBrowser(site, '10.0.5.1')
  expect(await signIn(browser, { sub: 'u-17', preferred_username: 'Unit' })).toBe('/')
  expect(await me(browser)).toMatchObject({ login: 'unit', name: '李县长' })
  const [account] = await site.deps.db.sql`
    select provider_id, account_id, access_token, refresh_token, id_token from auth_account`
  expect(account).toEqual({
    providerId: 'oidc',
    accountId: 'u-17',
    accessToken: null,
    refreshToken: null,
    idToken: null,
  })
  // The same person after a change of name there; somebody else who takes the name.
  const again = openBrowser(site, '10.0.5.2')
  expect(await signIn(again, { sub: 'u-17', preferred_username: 'li.xianzhang' })).toBe('/')
  expect((await me(again))?.login).toBe('unit')
  const other = openBrowser(site, '10.0.5.3')
  const where = await signIn(other, { sub: 'u-99', preferred_username: 'unit' })
  expect([where, await me(other)]).toEqual(['/?refused=PERSON_UNKNOWN', null])
})

test('an address that the provider has checked does as well, an unchecked one does not', async () => {
  await site.deps.db.transact({ actor: '测试', reason: '邮箱' }, async (tx) => {
    await tx`update person set email = 'chen@example.com' where login = 'park'`
  })
  const claims = { email: 'Chen@example.com', preferred_username: 'chen' }
  const stranger = openBrowser(site, '10.0.5.4')
  expect(await signIn(stranger, { sub: 'u-20', ...claims, email_verified: false })).toBe(
    '/?refused=PERSON_UNKNOWN',
  )
  const browser = openBrowser(site, '10.0.5.5')
  expect(await signIn(browser, { sub: 'u-20', ...claims, email_verified: true })).toBe('/')
  expect((await me(browser))?.login).toBe('park')
})

test('nobody is made, and who is disabled stays out', async () => {
  const before = await count()
  const browser = openBrowser(site, '10.0.5.6')
  const nobody = { sub: 'u-50', preferred_username: 'somebody', email: 's@example.com' }
  expect(await signIn(browser, nobody)).toBe('/?refused=PERSON_UNKNOWN')
  expect(await count()).toBe(before)
  const [unit] = await site.deps.db.sql<
    { id: number }[]
  >`select id from person where login = 'unit'`
  const disable = { disabled: true, reason: '调离' }
  await site.as('administrator').send('PATCH', `/api/account/${unit?.id}`, disable)
  const known = { sub: 'u-17', preferred_username: 'unit' }
  expect(await signIn(browser, known)).toMatch(/^\/\?refused=/)
  expect(await me(browser)).toBeNull()
  await chainAudit(site.deps.db)
  const [event] = await site.deps.db.sql`
    select kind, detail ->> 'way' as way from audit
     where kind like 'sign_in%' order by n desc limit 1`
  expect(event).toEqual({ kind: 'sign_in_failed', way: 'oidc' })
})

test('an answer that this browser did not ask for signs nobody in', async () => {
  const browser = openBrowser(site, '10.0.5.7')
  provider.who = { sub: 'u-20' }
  const away = await browser.request('/api/session/oidc/oidc')
  const back = await throughProvider(away.headers.get('location') ?? '', origin)
  const victim = openBrowser(site, '10.0.5.8')
  const home = await victim.request(back.slice(origin.length))
  expect(home.headers.get('location')).toBe('/?refused=PROVIDER_FAILED')
  expect(await me(victim)).toBeNull()
  const forged = await victim.request('/api/session/oidc/callback/oidc?code=x&state=y')
  expect(forged.headers.get('location')).toBe('/?refused=PROVIDER_FAILED')
})

test('a provider that does not answer is told as such', async () => {
  const env = readEnv({
    ONEMAP_URL: origin,
    ONEMAP_OIDC_ISSUER: 'http://127.0.0.1:9',
    ONEMAP_OIDC_CLIENT_ID: client.id,
    ONEMAP_OIDC_CLIENT_SECRET: client.secret,
  })
  const parts = { ...site.deps, env }
  const alone = createSite({ ...parts, sessions: createSessions(parts) })
  const answer = await alone.request('/api/session/oidc/oidc')
  expect(answer.headers.get('location')).toBe('/?refused=PROVIDER_FAILED')
})

test.each([
  [{ ONEMAP_OIDC_ISSUER: 'https://sso.example' }, 'ONEMAP_URL is not set'],
  [
    { ONEMAP_OIDC_ISSUER: 'https://sso.example', ONEMAP_URL: origin },
    'also needs ONEMAP_OIDC_CLIENT_ID',
  ],
  [{ ONEMAP_OIDC_ISSUER: 'sso' }, 'must be the address of an OpenID provider'],
  [{ ONEMAP_URL: 'https://map.example/page' }, 'must have no path'],
  [{ ONEMAP_SECRET: 'tooshort' }, 'ONEMAP_SECRET is "***": must have at least 32 characters'],
  [{ ONEMAP_PASSWORD_POLICY: 'none' }, 'ONEMAP_PASSWORD_POLICY is "none"'],
  [{ ONEMAP_TRUST_PROXY: 'perhaps' }, 'must be true, false, or addresses'],
])('%j is refused: %s', (settings, fault) => {
  const read = () => readEnv(settings)
  expect(read).toThrow(/^ENV_INVALID/)
  expect(read).toThrow(fault)
})
