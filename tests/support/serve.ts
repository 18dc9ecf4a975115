/**
 * The built server for the browser tests: started once per run on a free port, with a fresh
 * database and the demo city, and ended with it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startServer } from './server-process.ts'

const urlName = 'ONEMAP_E2E_URL'
/** The passwords of the demo's people follow from it (support/demo-people.ts). */
export const demoSecret = 'browser-tests-browser-tests-0001'
let made = 0

/** Where the server of this run is, in Playwright's workers: they begin when it is ready. */
export function baseUrl(): string | undefined {
  return process.env[urlName]
}

/** Playwright's global setup: starts the server of the run, returns how to end it. */
export default async function serve(): Promise<() => Promise<void>> {
  const { url, end } = await serveCity({})
  process.env[urlName] = url
  return end
}

/**
 * A built server with a database of its own and the demo city, ready to answer. `settings` are
 * environment variables beside the usual ones.
 */
export async function serveCity(
  settings: Record<string, string>,
): Promise<{ url: string; end: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'onemap-e2e-'))
  const database = await freshDatabase()
  const server = startServer({
    ONEMAP_DATA: folder,
    ONEMAP_PACK: 'zhuzhou',
    ONEMAP_SECRET: demoSecret,
    LOG_LEVEL: 'warn',
    ...settings,
    ...database.settings,
  })
  server.child.stderr?.pipe(process.stderr)
  const end = async () => {
    await server.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return { url: await server.ready, end }
  } catch (error) {
    await end()
    throw error
  }
}

interface FreshDatabase {
  settings: Record<string, string>
  drop: () => Promise<void>
}

/** A database of its own on the given server; without one the embedded database in the run's folder. */
async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env['ONEMAP_TEST_DATABASE_URL']
  if (!server) return { settings: {}, drop: async () => {} }
  made += 1
  const name = `onemap_e2e_${process.pid}_${made}`
  const run = async (statement: string) => {
    const sql = postgres(server, { max: 1, onnotice: () => {} })
    await sql.unsafe(statement)
    await sql.end()
  }
  await run(`drop database if exists ${name} with (force)`)
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    settings: { DATABASE_URL: url.href },
    drop: () => run(`drop database if exists ${name} with (force)`),
  }
}
