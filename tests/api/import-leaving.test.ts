import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

/** The lock that imports take one after another (import-source.ts). */
const IMPORT_LOCK = 727002
const file = (code: string) =>
  `项目编码,项目名称,填报单位,类别,总投资（亿元）\n${code},离开${code},荷塘区,产业,3\n`

/** Holds imports back in the database until told. */
async function holdImports(): Promise<() => Promise<void>> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let taken = () => {}
  const held = new Promise<void>((resolve) => {
    taken = resolve
  })
  const holding = db.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${IMPORT_LOCK})`
    taken()
    await released
  })
  await held
  return async () => {
    release()
    await holding
  }
}

const codes = async () =>
  (
    await db.sql<{ code: string }[]>`select code from project where code like 'L%' order by code`
  ).map(({ code }) => code)

function post(code: string, signal: AbortSignal) {
  const init = { method: 'POST', body: file(code), signal }
  return site.request(`/api/import?fileName=${code}.csv`, init)
}

test('who leaves while waiting, for a turn or in the database, has nothing imported later', async () => {
  const letGo = await holdImports()
  const [first, second, third] = [
    new AbortController(),
    new AbortController(),
    new AbortController(),
  ]
  // On the one connection of an embedded database not even who asks is known before it is let go.
  const answers = [
    post('L1', first.signal),
    post('L2', second.signal),
    post('L3', third.signal),
  ].map(async (response) => (await response).text())
  await sleep(200)
  first.abort()
  second.abort()
  await letGo()
  const [, , last = ''] = await Promise.all(answers.map((answer) => answer.catch(() => '')))
  expect(JSON.parse(last.trim().split('\n').at(-1) ?? '')).toMatchObject({
    report: { written: true },
  })
  expect(await codes()).toEqual(['L3'])
})

test('a connection that breaks ends its import, over HTTP too', async () => {
  const server = serve({ fetch: site.site.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const letGo = await holdImports()
  const leaving = new AbortController()
  const url = `http://127.0.0.1:${port}/api/import?fileName=a.csv`
  const headers = { cookie: site.cookie }
  const init = { method: 'POST', headers, body: file('L4'), signal: leaving.signal }
  const left = fetch(url, init).then((response) => response.text())
  await sleep(200)
  leaving.abort()
  await expect(left).rejects.toThrow()
  await letGo()
  const after = await post('L5', new AbortController().signal)
  expect(await after.text()).toContain('"written":true')
  expect(await codes()).toEqual(['L3', 'L5'])
  await new Promise((resolve) => server.close(resolve))
})
