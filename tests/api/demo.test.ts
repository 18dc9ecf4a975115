import type { Database } from 'api/db/database'
import { loadPack } from 'api/db/seed/load'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { openDemo } from 'api/session/demo'
import { createSessions } from 'api/session/sessions'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { openTestDatabase } from '../support/database.ts'

let db: Database
let site: Pick<TestApp, 'site'>
let close: () => Promise<void>
const env = readEnv({ ONEMAP_TRUST_PROXY: 'true' })
beforeAll(async () => {
  db = await openTestDatabase()
  await loadPack(db, 'zhuzhou')
  const log = pino({ level: 'silent' })
  const parts = { db, env, log, live: await createLive(db, log) }
  site = { site: createSite({ ...parts, sessions: createSessions(parts) }) }
  close = () => parts.live.close()
})
afterAll(async () => {
  await close()
  await db.close()
})

test('one account for each role, each lets in with what is printed, at each start the same', async () => {
  const demo = await openDemo(db, env)
  expect(await openDemo(db, env)).toEqual(demo)
  expect(demo?.people.map(({ role }) => role)).toEqual([
    'leader',
    'dispatcher',
    'unit_manager',
    'park_manager',
    'department',
    'helper',
    'inspector',
    'auditor',
    'security',
    'administrator',
  ])
  const seen: Record<string, number> = {}
  for (const { login, password, role } of demo?.people ?? []) {
    const browser = openBrowser(site)
    const answer = await browser.send('POST', '/api/session', { login, password })
    expect(await answer.json()).toEqual({ status: 'signed_in' })
    const list = await (await browser.request('/api/project?limit=1000')).json()
    if (list.rows) seen[role] = list.rows.length
  }
  const { leader, dispatcher, unit_manager, park_manager, department, helper, inspector } = seen
  expect(dispatcher).toBe(leader)
  for (const part of [unit_manager, park_manager, department, inspector]) {
    expect(part).toBeGreaterThan(5)
    expect(part).toBeLessThan(leader ?? 0)
  }
  expect(helper).toBe(4)

  const wall = openBrowser(site)
  await wall.send('POST', '/api/device/session', { token: demo?.wallToken })
  expect((await wall.request('/api/map')).status).toBe(200)
})

test('who has chosen a password is no longer told of', async () => {
  const demo = await openDemo(db, env)
  const [first] = demo?.people ?? []
  const browser = openBrowser(site)
  await browser.send('POST', '/api/session', { login: first?.login, password: first?.password })
  const change = { current: first?.password, password: 'Correct-Horse-7-Battery' }
  expect((await browser.send('POST', '/api/session/password', change)).status).toBe(200)
  expect((await openDemo(db, env))?.people).toHaveLength(9)
})

test('a database without a pack has none', async () => {
  await db.sql`delete from setting where key = 'demo'`
  expect(await openDemo(db, env)).toBeNull()
})
