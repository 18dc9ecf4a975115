import { Device, DeviceLink, DeviceList, Pairing } from 'api/device/contract'
import { SessionState } from 'api/session/contract'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { type Browser, openBrowser, refusal } from '../support/browser.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity({ ONEMAP_TRUST_PROXY: 'true' })
})
afterAll(() => site.close())
afterEach(() => {
  vi.useRealTimers()
})

const administrator = () => site.as('administrator')
const list = async () =>
  DeviceList.parse(await (await administrator().get('/api/device')).json()).rows
const me = async (browser: Browser) =>
  SessionState.parse(await (await browser.request('/api/session')).json()).me
async function newDevice(name: string) {
  const answer = await administrator().send('POST', '/api/device', { name })
  const { device, link } = DeviceLink.parse(await answer.json())
  return { device, token: link.split('#device=')[1] ?? '' }
}

test('a wall comes in by its link, sees the city, writes nothing, and is sent away', async () => {
  const { device, token } = await newDevice('市长办公室')
  const wall = openBrowser(site, '10.0.4.1')
  expect((await wall.send('POST', '/api/device/session', { token })).status).toBe(200)
  expect(wall.sent.at(-1)).toMatch(/^onemap\.device=.*Max-Age=31536000.*HttpOnly.*SameSite=Lax/)
  expect(await me(wall)).toMatchObject({
    kind: 'device',
    name: '市长办公室',
    permissions: ['read'],
  })
  expect((await (await wall.request('/api/project')).json()).rows).toHaveLength(8)
  const write = wall.send('PATCH', '/api/project/1', { totalWan: 1, reason: '测试' })
  expect(await refusal(write)).toEqual([403, 'FORBIDDEN'])
  expect(await refusal(wall.send('POST', '/api/session/totp', { password: 'x' }))).toEqual([
    401,
    'SIGN_IN_NEEDED',
  ])

  const gone = await administrator().send('DELETE', `/api/device/${device.id}`, {})
  expect(Device.parse(await gone.json()).revokedAt).not.toBeNull()
  expect(await me(wall)).toBeNull()
  expect(await refusal(wall.send('POST', '/api/device/session', { token }))).toEqual([
    410,
    'DEVICE_INVALID',
  ])
})

test('a wall stays for a year without a person, not longer', async () => {
  const { token } = await newDevice('指挥大厅')
  const wall = openBrowser(site)
  await wall.send('POST', '/api/device/session', { token })
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now + 364 * 86_400_000)
  site.deps.sessions.forget()
  expect(await me(wall)).not.toBeNull()
  vi.setSystemTime(now + 366 * 86_400_000)
  site.deps.sessions.forget()
  expect(await me(wall)).toBeNull()
})

test('a heartbeat keeps when it was seen, from where, and what it shows', async () => {
  const { device, token } = await newDevice('一楼大厅')
  const wall = openBrowser(site, '10.0.4.2')
  await wall.send('POST', '/api/device/session', { token })
  const beat = { pageVersion: '0.1.0', width: 3840, height: 2160 }
  expect((await wall.send('POST', '/api/device/heartbeat', beat)).status).toBe(200)
  expect((await list()).find(({ id }) => id === device.id)).toMatchObject({
    address: '10.0.4.2',
    pageVersion: '0.1.0',
    screen: { width: 3840, height: 2160 },
  })
  const person = site.as('dispatcher').send('POST', '/api/device/heartbeat', beat)
  expect(await refusal(person)).toEqual([403, 'NOT_A_DEVICE'])
})

test('a wall without a keyboard shows a code, which an administrator types in', async () => {
  const wall = openBrowser(site, '10.0.4.3')
  const asked = await wall.send('POST', '/api/device/pairing')
  const { code, secret } = Pairing.parse(await asked.json())
  const look = () => wall.request(`/api/device/pairing/${secret}`)
  expect(await (await look()).json()).toEqual({ status: 'waiting' })
  expect(await me(wall)).toBeNull()

  const accept = () => administrator().send('PUT', `/api/device/pairing/${code}`, { name: '二楼' })
  expect(Device.parse(await (await accept()).json()).name).toBe('二楼')
  expect(await refusal(accept())).toEqual([404, 'PAIRING_NOT_FOUND'])
  expect(await (await look()).json()).toEqual({ status: 'paired' })
  expect(await me(wall)).toMatchObject({ kind: 'device', name: '二楼' })
  // A lost answer is asked for again.
  expect(await (await look()).json()).toEqual({ status: 'paired' })
  const text = JSON.stringify(await site.deps.db.sql`select * from device_pairing`)
  expect(text).not.toContain(secret)
})

test('a code ends after ten minutes, and no more than a hundred wait', async () => {
  const wall = openBrowser(site)
  const ask = () => wall.send('POST', '/api/device/pairing')
  const { secret } = Pairing.parse(await (await ask()).json())
  const answers = await Promise.all(Array.from({ length: 110 }, ask))
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(1)
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now + 11 * 60_000)
  expect(await refusal(wall.request(`/api/device/pairing/${secret}`))).toEqual([
    410,
    'PAIRING_EXPIRED',
  ])
  expect((await ask()).status).toBe(201)
})

test('walls are the administrator’s', async () => {
  expect(await refusal(site.get('/api/device'))).toEqual([403, 'FORBIDDEN'])
  const accept = site.send('PUT', '/api/device/pairing/123456', { name: '二楼' })
  expect(await refusal(accept)).toEqual([403, 'FORBIDDEN'])
})
