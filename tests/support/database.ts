import { type Clock, clockFrom } from 'api/clock'
import { type Database, databaseOn } from 'api/db/database'
import type { Embedded } from 'api/db/embedded'
import { connect, type Sql } from 'api/db/sql'
import { inject } from 'vitest'

let opened = 0

/** Where tests run when nothing else is said: the demo's first morning. */
export const testStart = new Date('2023-05-31T09:00:00+08:00')

/**
 * An empty migrated database for one test file: a database of its own on a server, the emptied
 * shared one in embedded mode. Open it in beforeAll and close it in afterAll, before another opens.
 */
export async function openTestDatabase(clock: Clock = clockFrom(testStart)): Promise<Database> {
  const target = inject('database')
  if (!target) {
    throw new Error(
      'TEST_DATABASE_MISSING: set ONEMAP_TEST_DATABASE=embedded, or ONEMAP_TEST_DATABASE=server with ONEMAP_TEST_DATABASE_URL',
    )
  }
  if (target.kind === 'embedded') {
    const sql = connect({ socket: target.socket }, { max: 1, applicationName: 'onemap' })
    await empty(sql)
    const shared: Embedded = {
      socket: target.socket,
      lock: { announce: async () => {}, release: async () => {} },
      stop: async () => {},
      pid: () => undefined,
    }
    return databaseOn(sql, clock, shared, () => sql.end({ timeout: 5 }))
  }
  opened += 1
  const name = `${target.template}_${process.pid}_${opened}`
  const url = new URL(target.url)
  const admin = connect(url.href, { max: 1, applicationName: 'onemap-test' })
  await admin.unsafe(`create database ${name} template ${target.template}`)
  url.pathname = `/${name}`
  const sql = connect(url.href, { max: 10, applicationName: 'onemap' })
  return databaseOn(sql, clock, null, async () => {
    await sql.end({ timeout: 5 })
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  })
}

/** The address of a test's own server database, for a second connection or process; null when embedded. */
export async function databaseUrl(db: Database): Promise<string | null> {
  const target = inject('database')
  if (target?.kind !== 'server') return null
  const [row] = await db.sql<{ name: string }[]>`select current_database() as name`
  const url = new URL(target.url)
  url.pathname = `/${row?.name ?? ''}`
  return url.href
}

async function empty(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables
     where schemaname = 'public' and tablename not in ('migration', 'spatial_ref_sys')`
  if (tables.length === 0) return
  await sql.begin(async (tx) => {
    // The triggers that keep the record refuse even this.
    await tx`set local session_replication_role = replica`
    await tx.unsafe(
      `truncate ${tables.map((table) => table.name).join(', ')} restart identity cascade`,
    )
  })
}
