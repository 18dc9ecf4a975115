import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'api/db/database'
import { lockFolder, readHolder } from 'api/db/folder-lock'
import { readEnv } from 'api/env'
import { openSession } from 'api/session/open-session'
import { createSessions } from 'api/session/sessions'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.mjs'
import { addPeople } from '../support/people.ts'
import { startServer } from '../support/server-process.ts'

let db: Database
let folder: string
let url: string | null
beforeAll(async () => {
  db = await openTestDatabase()
  url = await databaseUrl(db)
  folder = await mkdtemp(join(tmpdir(), 'onemap-server-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const start = (settings: Record<string, string>) =>
  startServer({ ONEMAP_DATA: join(folder, 'data'), ...settings })

describe('what cannot start says why in one line and ends with 1', () => {
  let taken: Server
  let port = 0
  beforeAll(async () => {
    taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => taken.close())

  const refuses = async (settings: Record<string, string>, sentence: RegExp) => {
    const run = start(settings)
    expect(await run.ended).toBe(1)
    const complaint = run.output().trim().split('\n').at(-1)
    expect(complaint).toMatch(sentence)
    expect(run.output()).not.toMatch(/^\s+at /m)
  }

  test('port taken', () =>
    refuses({ PORT: String(port) }, new RegExp(`^PORT_TAKEN: port ${port} .*PORT=`)))
  test('unknown host', () =>
    refuses({ HOST: '192.0.2.1' }, /^HOST_UNKNOWN: HOST is "192\.0\.2\.1"/))
  test('a setting that is none', () =>
    refuses({ PORT: 'eighty' }, /^ENV_INVALID: PORT is "eighty": /))
  test('a database address of another kind', () =>
    refuses({ DATABASE_URL: 'mysql://localhost/x' }, /^ENV_INVALID: DATABASE_URL is "mysql:/))
  test('nobody at the database address, password not repeated', async () => {
    await refuses(
      { DATABASE_URL: `postgres://me:secret@127.0.0.1:${await freePort()}/x` },
      /^DATABASE_UNREACHABLE: postgres:\/\/me:\*\*\*@127\.0\.0\.1:\d+\/x: /,
    )
  })
  test('a clock that is none', () =>
    refuses(
      { ...(url ? { DATABASE_URL: url } : { PORT: 'x' }), ONEMAP_CLOCK: '2023-02-31' },
      url ? /^CLOCK_INVALID: ONEMAP_CLOCK is "2023-02-31"/ : /^ENV_INVALID/,
    ))
  test('a map file that is not there', () =>
    refuses(
      { PMTILES_URL: '/nowhere/city.pmtiles' },
      /^BASEMAP_MISSING: PMTILES_URL is "\/nowhere\/city\.pmtiles", which cannot be read \(ENOENT\)/,
    ))
  test('a data folder that another server holds', async () => {
    const held = join(folder, 'held')
    const lock = await lockFolder(held)
    await lock.announce('http://127.0.0.1:9', 'key')
    await refuses(
      { ONEMAP_DATA: held },
      /^FOLDER_LOCKED: data folder .*held is in use by process \d+ \(http:\/\/127\.0\.0\.1:9\)/,
    )
    await lock.release()
  })
  test('a data folder that is a file', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await refuses({ ONEMAP_DATA: file }, /^FOLDER_NOT_WRITABLE: data folder .*file: /)
  })
})

/** What lets one in: the key in the folder of an embedded database, a session in a server's. */
async function admitted(kind: 'embedded' | 'server'): Promise<Record<string, string>> {
  if (kind === 'embedded') {
    const holder = await readHolder(join(folder, 'data'))
    return { authorization: `Bearer ${holder?.key ?? ''}` }
  }
  await addPeople(db)
  const [person] = await db.sql<{ id: number }[]>`select id from person where login = 'dispatcher'`
  const sessions = createSessions({ db, env: readEnv({}), log: pino({ level: 'silent' }) })
  return { cookie: await openSession({ db, sessions }, person?.id ?? 0) }
}

// In the embedded run a database is open already, and two at once can crash: the run on a server,
// where none is, starts both kinds.
test.for(['embedded', 'server'] as const)(
  '%s database: starts, serves and stops on a signal although a page listens, twice',
  async (kind, { skip }) => {
    if (!url) skip('starts an embedded database of its own')
    const settings: Record<string, string> = {
      ONEMAP_CLOCK: '2023-05-31',
      ...(kind === 'server' && url ? { DATABASE_URL: url } : {}),
    }
    const first = start(settings)
    const address = await first.ready
    expect(await (await fetch(`${address}/health/ready`)).json()).toEqual({
      status: 'ready',
      database: kind,
    })
    const city = await (await fetch(`${address}/api/city`)).json()
    expect(city.clock).toMatchObject({ date: '2023-05-31', simulated: true })
    expect((await fetch(`${address}/api/unit`)).status).toBe(401)
    const headers = await admitted(kind)
    const units = await fetch(`${address}/api/unit`, { headers })
    expect(await units.json()).toEqual({ rows: [] })
    const events = await fetch(`${address}/api/event`, { headers })
    expect(events.headers.get('content-type')).toContain('text/event-stream')
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    await events.body?.cancel().catch(() => {})

    const second = start(settings)
    const again = await second.ready
    expect((await fetch(`${again}/health/ready`)).status).toBe(200)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
  },
)
