/**
 * The built server for the browser tests: started once per run on a free port, with a fresh
 * database and the demo city, and ended with it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'

const program = fileURLToPath(new URL('../../api/dist/server.js', import.meta.url))
const portName = 'ONEMAP_E2E_PORT'
const startMs = 180_000

/** Where the server of this run is; the port is chosen once and handed to Playwright's workers. */
export async function baseUrl(): Promise<string> {
  process.env[portName] ??= String(await freePort())
  return `http://127.0.0.1:${process.env[portName]}`
}

/** Playwright's global setup: starts the server of the run, returns how to end it. */
export default async function serve(): Promise<() => Promise<void>> {
  const { port } = new URL(await baseUrl())
  const { end } = await serveCity({ PORT: port })
  return end
}

/**
 * A built server with a database of its own and the demo city, ready to answer. `settings` are
 * environment variables beside the usual ones; without PORT it takes a free one.
 */
export async function serveCity(
  settings: Record<string, string>,
): Promise<{ url: string; end: () => Promise<void> }> {
  const port = settings['PORT'] ?? String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'onemap-e2e-'))
  const database = await freshDatabase(port)
  const child = start(folder, { ...settings, PORT: port, ...database.settings })
  const end = async () => {
    await stop(child)
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(url, child)
  } catch (error) {
    await end()
    throw error
  }
  return { url, end }
}

function start(folder: string, settings: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      ONEMAP_DATA: folder,
      ONEMAP_PACK: 'zhuzhou',
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Read, so that the server never waits for a full pipe; only its own words matter when it fails.
  child.stdout?.resume()
  return child
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + startMs
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with status ${child.exitCode}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`the server was not ready after ${startMs / 1000} s`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await exited
  clearTimeout(patience)
}

interface FreshDatabase {
  settings: Record<string, string>
  drop: () => Promise<void>
}

/** A database of its own on the given server; without one the embedded database in the run's folder. */
async function freshDatabase(mark: string): Promise<FreshDatabase> {
  const server = process.env['ONEMAP_TEST_DATABASE_URL']
  if (!server) return { settings: {}, drop: async () => {} }
  const name = `onemap_e2e_${mark}`
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}
