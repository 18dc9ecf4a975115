import { createServer } from 'node:net'
import { checkServer } from 'api/db/check-server'
import type { Database } from 'api/db/database'
import { migrate, readMigrations } from 'api/db/migrate'
import { connect, type Sql } from 'api/db/sql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'

let db: Database
let url: URL | null
beforeAll(async () => {
  db = await openTestDatabase()
  const address = await databaseUrl(db)
  url = address ? new URL(address) : null
})
afterAll(() => db.close())

async function refusal(sql: Sql, patienceMs?: number): Promise<string> {
  const outcome = await checkServer(sql, 'db', patienceMs).then(
    () => 'taken',
    (error: Error) => error.message,
  )
  await sql.end({ timeout: 0 })
  return outcome
}

test('an address that hangs up on every connection is given up', async () => {
  const server = createServer((socket) => socket.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const sql = connect(`postgres://me@127.0.0.1:${port}/x`, { max: 1, applicationName: 'onemap' })
  expect(await refusal(sql, 300)).toMatch(
    /^DATABASE_UNREACHABLE: db: no answer of a PostgreSQL within 0.3 s; check DATABASE_URL/,
  )
  server.close()
})

describe('on a server', () => {
  const mark = `onemap_fault_${process.pid}`
  let admin: Sql
  const as = (role: string, database: string, options = '') => {
    const address = new URL(url?.href ?? '')
    Object.assign(address, { username: role, password: 'fault', pathname: `/${database}` })
    return connect(address.href + options, { max: 1, applicationName: 'onemap' })
  }
  beforeAll(async () => {
    if (!url) return
    admin = connect(url.href, { max: 1, applicationName: 'onemap-test' })
    await admin.unsafe(`create role ${mark} login password 'fault'`)
    await admin.unsafe(`create database ${mark}_own owner ${mark} template template0`)
    await admin.unsafe(`create database ${mark}_else template template0`)
    await admin.unsafe(`create database ${mark}_new template template0`)
    await admin.unsafe(
      `create database ${mark}_latin owner ${mark} template template0 encoding 'SQL_ASCII' locale 'C'`,
    )
  })
  afterAll(async () => {
    if (!url) return
    for (const name of ['own', 'else', 'latin', 'new'])
      await admin.unsafe(`drop database if exists ${mark}_${name} with (force)`)
    await admin.unsafe(`drop role if exists ${mark}`)
    await admin.end()
  })

  test('a role that may not add PostGIS is told what to run; with PostGIS there it is taken', async ({
    skip,
  }) => {
    if (!url) skip('embedded: one role only')
    expect(await refusal(as(mark, `${mark}_own`))).toBe(
      `POSTGIS_FORBIDDEN: role ${mark} may not add PostGIS to db; let a superuser run there: CREATE EXTENSION postgis`,
    )
    const owner = new URL(url?.href ?? '')
    owner.pathname = `/${mark}_own`
    const superuser = connect(owner.href, { max: 1, applicationName: 'onemap-test' })
    await superuser`create extension postgis`
    await superuser.end()
    expect(await refusal(as(mark, `${mark}_own`))).toBe('taken')
  })
  test('several servers that meet a new database bring its schema up together', async ({
    skip,
  }) => {
    if (!url) skip('embedded: one server only')
    const address = new URL(url?.href ?? '')
    address.pathname = `/${mark}_new`
    const servers = Array.from({ length: 4 }, () =>
      connect(address.href, { max: 1, applicationName: 'onemap' }),
    )
    const migrations = await readMigrations()
    const applied = await Promise.all(servers.map((sql) => migrate(sql, migrations)))
    await Promise.all(servers.map((sql) => sql.end()))
    expect(applied.flat().sort()).toEqual(migrations.map(({ name }) => name))
  })
  test('a role that may not create tables, a replica, a database of another encoding', async ({
    skip,
  }) => {
    if (!url) skip('embedded: one role only')
    expect(await refusal(as(mark, `${mark}_else`))).toMatch(
      /^DATABASE_FORBIDDEN: role \w+ may not create tables in db; let the owner run: GRANT CREATE ON SCHEMA public TO "\w+"$/,
    )
    const readOnly = '?options=-c%20default_transaction_read_only%3Don'
    expect(await refusal(as(mark, `${mark}_own`, readOnly))).toMatch(/^DATABASE_READ_ONLY: db /)
    expect(await refusal(as(mark, `${mark}_latin`))).toMatch(
      /^DATABASE_ENCODING: db stores text as SQL_ASCII; /,
    )
  })
})
