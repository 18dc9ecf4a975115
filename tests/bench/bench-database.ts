import { type Database, openDatabase } from 'api/db/database'
import { connect } from 'api/db/sql'
import { readEnv } from 'api/env'

export interface BenchDatabase {
  url: string
  db: Database
  drop(): Promise<void>
}

/**
 * A database of its own on the measuring server, on the demo's first morning. Null, with a line that
 * says so, when there is no server: speed is only claimed for one.
 */
export async function openBenchDatabase(name: string): Promise<BenchDatabase | null> {
  const server = process.env['ONEMAP_TEST_DATABASE_URL']
  if (!server) {
    console.log('not measured: needs PostgreSQL (ONEMAP_TEST_DATABASE_URL)')
    return null
  }
  const admin = connect(server, { max: 1, applicationName: 'onemap-bench' })
  const database = `onemap_bench_${name}_${process.pid}`
  await admin.unsafe(`create database ${database}`)
  const url = new URL(server)
  url.pathname = `/${database}`
  const env = readEnv({ DATABASE_URL: url.href, ONEMAP_CLOCK: '2023-05-31' })
  const db = await openDatabase(env)
  return {
    url: url.href,
    db,
    drop: async () => {
      await db.close()
      await admin.unsafe(`drop database if exists ${database} with (force)`)
      await admin.end()
    },
  }
}
