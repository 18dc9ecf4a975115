/**
 * The time machine over 549 projects with three years of monthly history: any past day, read and judged
 * and as the server answers it; a replay of 365 days, its bytes and the time to make it; and what one
 * day of it costs the page.
 */
import { gunzipSync } from 'node:zlib'
import { viewOf } from 'api/city/view'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { readRule } from 'api/light/rule/book'
import { encodeSnapshot } from 'api/map/columns'
import type { MapSnapshot } from 'api/map/contract'
import { deriveRows, readAllFacts } from 'api/map/derive'
import type { MapReplay } from 'api/map/replay/contract'
import { wholeCity } from 'api/person/viewer'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { filterRows, noFilter } from '../../web/project/filter.ts'
import { orderRows } from '../../web/project/project-order.ts'
import { buildTable } from '../../web/project/table.ts'
import { totalsOf } from '../../web/project/totals.ts'
import { snapshotOfDay } from '../../web/replay/replay-day.ts'
import { seedHistory } from '../support/seeded-history.ts'
import { citySessions } from '../support/viewer.ts'
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts'
import { figure, measure } from './measure.ts'

const goalMs = 50
const goalBytes = 1_000_000
const [from, to] = ['2022-05-31', '2023-05-30'] as const
const log = pino({ level: 'warn' })
const failures: string[] = []
/** The same days each time. */
let dice = 7
const roll = (sides: number) => {
  dice = (dice * 48_271) % 2_147_483_647
  return dice % sides
}
const dayAfter = (start: string, days: number) =>
  new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10)

const bench = await openBenchDatabase('replay')
if (bench) {
  try {
    await seedHistory(bench.db, 549)
    await bench.db.sql.unsafe('vacuum analyze')
    await measureDays(bench)
    await measureReplay(bench)
  } finally {
    await bench.drop()
  }
}
for (const failure of failures) console.log(`BELOW THE GOAL: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

async function measureDays({ db }: BenchDatabase): Promise<void> {
  const [size] = await db.sql<{ versions: number }[]>`
    select (select count(*) from investment_history) + (select count(*) from report_history) as versions`
  console.log(`549 projects, ${size?.versions} versions of money and reports`)
  const one = await measure('any past day: read, judged, written out', 200, async () => {
    const view = await viewOf(db, dayAfter('2021-01-05', roll(870)))
    const facts = await readAllFacts(db, wholeCity, view)
    const rows = await deriveRows(facts, view, await readRule(db.sql, view), 0)
    const head = { version: '', seq: 0, partial: false, asOf: '', rule: '', gone: [] }
    await encodeSnapshot({ ...head, date: view.date, year: view.year }, rows)
  })
  if (one.median > goalMs) failures.push(`any past day ≤ ${goalMs} ms`)
}

async function measureReplay({ db }: BenchDatabase): Promise<void> {
  const live = await createLive(db, log)
  const serve = () => createSite({ db, log, live, env: readEnv({}), sessions: citySessions })
  const path = `/api/map/replay?from=${from}&to=${to}`
  const times: number[] = []
  for (let run = 0; run < 3; run += 1) {
    const began = performance.now()
    await (await serve().request(path)).arrayBuffer()
    times.push(performance.now() - began)
  }
  figure('a replay of 365 days, made', times)
  const site = serve()
  for (const encoding of ['identity', 'gzip', 'br']) {
    const answer = await site.request(path, { headers: { 'accept-encoding': encoding } })
    const { byteLength } = await answer.arrayBuffer()
    console.log(`${encoding}: ${byteLength} bytes`)
    if (encoding !== 'identity' && byteLength > goalBytes)
      failures.push(`${encoding} ≤ ${goalBytes} bytes`)
  }
  await measure('the same again, kept', 20, async () => (await site.request(path)).arrayBuffer())
  const packed = await site.request(path, { headers: { 'accept-encoding': 'gzip' } })
  const replay = JSON.parse(
    gunzipSync(Buffer.from(await packed.arrayBuffer())).toString(),
  ) as MapReplay
  await live.close()
  await measurePage(replay)
}

/** What the page does for a day besides drawing: columns, filter, order and figures. */
async function measurePage(replay: MapReplay): Promise<void> {
  const show = (snapshot: MapSnapshot | null) => {
    if (!snapshot) return
    const table = buildTable(snapshot)
    const rows = filterRows(table, noFilter)
    orderRows(table, rows, 'light', false)
    totalsOf(table, rows)
  }
  let day = 0
  await measure('page: the next day', 360, () => {
    day = (day + 1) % 365
    show(snapshotOfDay(replay, dayAfter(from, day)))
  })
  await measure('page: any day', 360, () => show(snapshotOfDay(replay, dayAfter(from, roll(365)))))
}
