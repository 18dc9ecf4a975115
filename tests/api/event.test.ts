import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import type { Database } from 'api/db/database'
import { databaseOn } from 'api/db/database'
import { connect } from 'api/db/sql'
import type { Live } from 'api/deps'
import { readEnv } from 'api/env'
import { Change, ChangeList } from 'api/event/contract'
import { createLive } from 'api/event/live'
import { changeRoutes, eventRoutes } from 'api/event/routes'
import { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'
import { asCityViewer, citySessions } from '../support/viewer.ts'

const log = pino({ level: 'silent' })
const author = { actor: '测试员', reason: '变更的测试' }
let db: Database
let live: Live

beforeAll(async () => {
  db = await openTestDatabase()
  live = await createLive(db, log)
})
afterAll(async () => {
  await live.close()
  await db.close()
})

let nth = 0
async function addUnit(on: Database, delayMs = 0): Promise<string> {
  nth += 1
  const code = `u${nth}`
  await on.transact(author, async (tx) => {
    await tx`insert into unit (code, name, short_name, level) values (${code}, ${code}, ${code}, 'unit')`
    if (delayMs > 0) await pause(delayMs)
  })
  return code
}

/** Resolves when the feed has told everything that was committed. */
async function settled(feed: Live, count: number): Promise<void> {
  if (feed.seq >= count) return
  await new Promise<void>((resolve) => {
    const stop = feed.subscribe(() => {
      if (feed.seq < count) return
      stop()
      resolve()
    })
  })
}

test('racing writers: every change is told exactly once, in the order of commit', async () => {
  const before = live.seq
  const told: Change[] = []
  const stop = live.subscribe((changes) => told.push(...changes))
  const writers = Array.from({ length: 20 }, (_, writer) => writer)
  await Promise.all(
    writers.map(async (writer) => {
      for (let round = 0; round < 5; round++) await addUnit(db, (writer * 7 + round * 3) % 40)
    }),
  )
  await settled(live, before + 100)
  stop()
  expect(told.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 100 }, (_, at) => before + 1 + at),
  )
  expect(new Set(told.map(({ rowId }) => rowId)).size).toBe(100)
  for (const change of told) Change.parse(change)
  expect(await live.since(before, 1000)).toEqual(told)
  expect(await live.since(before + 10, 5)).toEqual(told.slice(10, 15))
  expect(await live.since(live.seq, 10)).toEqual([])
})

test('a second server hears of the commits of the first, and both number alike', async (context) => {
  const url = await databaseUrl(db)
  if (!url) return context.skip('the embedded database has one process')
  const sql = connect(url, { max: 4, applicationName: 'onemap' })
  const second = databaseOn(sql, db.clock, null, () => sql.end({ timeout: 5 }))
  const other = await createLive(second, log)
  const before = other.seq
  const seen: { here: Change[]; there: Change[] } = { here: [], there: [] }
  live.subscribe((changes) => seen.here.push(...changes))
  other.subscribe((changes) => seen.there.push(...changes))
  await Promise.all(
    Array.from({ length: 20 }, (_, writer) =>
      addUnit(writer % 2 ? db : second, (writer * 11) % 60),
    ),
  )
  await Promise.all([settled(live, before + 20), settled(other, before + 20)])
  expect(seen.there.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 20 }, (_, at) => before + 1 + at),
  )
  expect(seen.here).toEqual(seen.there)
  await other.close()
  await second.close()
})

test('a commit that nobody published (its server ended) is found', async () => {
  const before = live.seq
  await db.sql.begin(async (tx) => {
    await tx`select set_config('onemap.actor', 'x', true), set_config('onemap.reason', 'x', true),
                    set_config('onemap.now', '2023-06-01T00:00:00Z', true)`
    await tx`insert into unit (code, name, short_name, level) values ('lost', 'lost', 'lost', 'unit')`
  })
  await settled(live, before + 1)
  expect((await live.since(before, 10)).map(({ seq, noun }) => [seq, noun])).toEqual([
    [before + 1, 'unit'],
  ])
})

test('changes from before the start are read from the table, in pages', async () => {
  const fresh = await createLive(db, log)
  const all = await fresh.since(0, 10_000)
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1))
  expect(all).toHaveLength(fresh.seq)
  expect(await fresh.since(3, 2)).toEqual(all.slice(3, 5))
  await fresh.close()
})

test('GET /change gives what came after a number', async () => {
  const deps = { db, live, log, env: readEnv({}), sessions: citySessions }
  const app = new Hono().use(asCityViewer).route('/', changeRoutes(deps))
  const response = await app.request(`/?since=${live.seq - 2}&limit=1`)
  const list = ChangeList.parse(await response.json())
  expect(list).toEqual({ last: live.seq - 1, rows: [expect.objectContaining({ noun: 'unit' })] })
  const none = ChangeList.parse(await (await app.request(`/?since=${live.seq}`)).json())
  expect(none).toEqual({ last: live.seq, rows: [] })
})

interface Reading {
  /** The stream has said its first word: from now on it tells every commit. */
  open: Promise<void>
  events: Promise<Event[]>
}

/** Reads an event stream until `enough` says so, then leaves. */
function listen(
  url: string,
  headers: Record<string, string>,
  enough: (events: Event[]) => boolean,
): Reading {
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const events = read(url, headers, (heard) => {
    if (heard.some(({ event }) => event === 'clock')) begin()
    return enough(heard)
  })
  const open = Promise.race([begun, events.then(() => {})])
  // Whoever waits for the events alone need not look at it.
  open.catch(() => {})
  return { open, events }
}

async function read(
  url: string,
  headers: Record<string, string>,
  enough: (events: Event[]) => boolean,
): Promise<Event[]> {
  const leave = new AbortController()
  const response = await fetch(url, { headers, signal: leave.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events: Event[] = []
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    events.push(...blocks.map(parseEvent))
    if (enough(events)) break
  }
  leave.abort()
  return events
}
interface Event {
  event?: string
  id?: string
  data?: unknown
  retry?: string
}
function parseEvent(block: string): Event {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
  return { ...fields, ...(fields.data ? { data: JSON.parse(fields.data) } : {}) }
}
const changesOf = (events: Event[]) =>
  events.filter(({ event }) => event === 'change').flatMap(({ data }) => data as Change[])

let server: ReturnType<typeof serve>
let url = ''
beforeEach(async () => {
  if (url) return
  const app = eventRoutes({ db, live, log, env: readEnv({}), sessions: citySessions })
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      url = `http://127.0.0.1:${info.port}/`
      resolve()
    })
  })
})
afterAll(async () => {
  const closed = new Promise((resolve) => server.close(resolve))
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
})

test('the stream tells each commit, and resumes after a break without loss or repetition', async () => {
  const start = live.seq
  const first = listen(url, {}, (events) => changesOf(events).length >= 1)
  await first.open
  await addUnit(db)
  const heard = await first.events
  expect(heard[0]).toEqual({ retry: '1000' })
  expect(heard[1]).toMatchObject({ event: 'clock', data: { simulated: true } })
  expect(changesOf(heard).map(({ seq }) => seq)).toEqual([start + 1])
  expect(heard.at(-1)?.id).toBe(String(start + 1))
  for (let missed = 0; missed < 3; missed++) await addUnit(db)
  const resumed = listen(
    url,
    { 'last-event-id': String(start + 1) },
    (events) => changesOf(events).length >= 4,
  )
  await resumed.open
  await addUnit(db)
  expect(changesOf(await resumed.events).map(({ seq }) => seq)).toEqual(
    [2, 3, 4, 5].map((n) => start + n),
  )
  const byQuery = await read(`${url}?since=${start}`, {}, (events) => changesOf(events).length >= 5)
  expect(changesOf(byQuery).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5].map((n) => start + n))
})

test('a number from the future (another database) starts the page afresh', async () => {
  const events = await read(`${url}?since=${live.seq + 50}`, {}, (all) => all.length >= 3)
  expect(events[2]).toEqual({ event: 'reset', id: String(live.seq), data: { seq: live.seq } })
})

test.each(['-1', 'abc', '1.5', '9'.repeat(40)])(
  'an id that is none of ours (%s) starts the page afresh',
  async (id) => {
    const events = await read(url, { 'last-event-id': id }, (all) => all.length >= 3)
    expect(events[2]).toEqual({ event: 'reset', id: String(live.seq), data: { seq: live.seq } })
  },
)
