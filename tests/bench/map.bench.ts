/**
 * GET /map: its size for 549 and 100,000 projects, the time to read, write out and compress it, how
 * long other requests wait meanwhile, the rate of unchanged answers, and how soon a commit shows.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getRequestListener } from '@hono/node-server'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { createSite } from 'api/site'
import { Hono } from 'hono'
import { pino } from 'pino'
import { seedProjects } from '../support/seeded-projects.ts'
import { citySessions } from '../support/viewer.ts'
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts'
import { load } from './http-load.ts'
import { measure } from './measure.ts'

const goals = new Map([
  [549, 60_000],
  [100_000, 4_000_000],
])
const log = pino({ level: 'warn' })
const failures: string[] = []

for (const [count, goal] of goals) {
  const bench = await openBenchDatabase(`map${count}`)
  if (!bench) break
  try {
    await seedProjects(bench.db, count)
    await bench.db.sql.unsafe('vacuum analyze')
    console.log(`\n${count} projects`)
    await measureMap(bench, goal)
  } finally {
    await bench.drop()
  }
}
for (const failure of failures) console.log(`BELOW THE GOAL: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

async function measureMap({ db }: BenchDatabase, goal: number): Promise<void> {
  const live = await createLive(db, log)
  const site = createSite({ db, log, live, env: readEnv({}), sessions: citySessions })
  const get = (path: string, headers: Record<string, string> = {}) =>
    site.request(path, { headers })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let began = performance.now()
  const first = await get('/api/map', { 'accept-encoding': 'br' })
  console.log(`first answer (read, derive, write out, brotli): ${since(began)}`)
  console.log(`longest wait of any other request meanwhile: ${(delay.max / 1e6).toFixed(0)} ms`)
  delay.disable()
  for (const encoding of ['br', 'gzip', 'identity']) {
    const answer = await get('/api/map', { 'accept-encoding': encoding })
    const bytes = (await answer.arrayBuffer()).byteLength
    console.log(`${encoding}: ${bytes} bytes`)
    if (encoding !== 'identity' && bytes > goal) failures.push(`${encoding} ≤ ${goal} bytes`)
  }
  await unchanged(site, first.headers.get('etag') ?? '')
  let version = ((await (await get('/api/map')).json()) as { version: string }).version
  const [row] = await db.sql<{ id: number }[]>`select min(id) as id from project`
  await measure('from a commit to its delta', 20, async () => {
    const told = new Promise<void>((resolve) => {
      const stop = live.subscribe(() => {
        stop()
        resolve()
      })
    })
    await db.transact(
      { actor: 'bench', reason: 'bench' },
      (tx) => tx`update project set note = clock_timestamp()::text where id = ${row?.id ?? 0}`,
    )
    await told
    const delta = (await (await get(`/api/map?since=${version}`)).json()) as { version: string }
    version = delta.version
  })
  began = performance.now()
  const now = db.clock.now().toISOString()
  await (await get(`/api/map?asOf=${now}`)).arrayBuffer()
  console.log(`a past instant, first time: ${since(began)}`)
  await live.close()
}

/** Answers of 8 clients that hold the present version, beside a bare hello in the same process. */
async function unchanged(site: Hono, etag: string): Promise<void> {
  const hello = new Hono().get('/hello', (c) => c.text('hello'))
  const servers = [site, hello].map((app) => createServer(getRequestListener(app.fetch)))
  const [own = '', bare = ''] = await Promise.all(
    servers.map(
      (server) =>
        new Promise<string>((resolve) => {
          server.listen(0, '127.0.0.1', () =>
            resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
          )
        }),
    ),
  )
  for (let round = 0; round < 3; round++) {
    const same = await load(own, ['/api/map'], {
      seconds: 1,
      headers: `If-None-Match: ${etag}\r\n`,
    })
    const plain = await load(bare, ['/hello'], { seconds: 2 })
    console.log(`304: ${same.perSecond.toFixed(0)}/s, hello: ${plain.perSecond.toFixed(0)}/s`)
  }
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
}

function since(began: number): string {
  return `${(performance.now() - began).toFixed(0)} ms`
}
