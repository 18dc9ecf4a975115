/**
 * The built server for the browser tests: started once per run on a free port, with a fresh
 * database and the demo city, and ended with it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from '@playwright/test'
import postgres from 'postgres'
import { type ServerProcess, startServer } from './server-process.ts'

const urlName = 'ONEMAP_E2E_URL'
const peopleName = 'ONEMAP_E2E_PEOPLE'
const stateName = 'ONEMAP_E2E_STATE'
/** Who the pages are opened for unless a test says otherwise: of the dispatch office, the whole city. */
const usualLogin = 'diaodu'
let made = 0

/** Where the server of this run is, in Playwright's workers: they begin when it is ready. */
export function baseUrl(): string | undefined {
  return process.env[urlName]
}

/** The file with the session that the pages of this run begin with. */
export function usualState(): string | undefined {
  return process.env[stateName]
}

/** Password of one of the demo's people, as the server of this run printed it. */
export function passwordOf(login: string): string {
  const people = JSON.parse(process.env[peopleName] ?? '{}') as Record<string, string>
  const password = people[login]
  if (password === undefined) throw new Error(`the demo has no ${login}`)
  return password
}

/** Playwright's global setup: starts the server of the run, returns how to end it. */
export default async function serve(): Promise<() => Promise<void>> {
  const { url, people, state, end } = await serveCity({})
  process.env[urlName] = url
  process.env[peopleName] = JSON.stringify(people)
  process.env[stateName] = state
  return end
}

interface City {
  url: string
  /** Passwords of the demo's people, by login. */
  people: Record<string, string>
  /** File with a session of the dispatch office, for `storageState`. */
  state: string
  end: () => Promise<void>
}

/**
 * A built server with a database of its own and the demo city, ready to answer. `settings` are
 * environment variables beside the usual ones.
 */
export async function serveCity(settings: Record<string, string>): Promise<City> {
  const folder = mkdtempSync(join(tmpdir(), 'onemap-e2e-'))
  const database = await freshDatabase()
  const server = startServer({
    ONEMAP_DATA: folder,
    ONEMAP_PACK: 'zhuzhou',
    LOG_LEVEL: 'warn',
    ...settings,
    ...database.settings,
  })
  server.child.stderr?.pipe(process.stderr)
  const printed = printedPeople(server)
  const end = async () => {
    await server.stop()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = await server.ready
    const people = await printed
    const state = join(folder, 'state.json')
    await signIn(url, { login: usualLogin, password: people[usualLogin] ?? '' }, state)
    return { url, people, state, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** The demo's accounts, which the server prints when it is ready: `  login  word-word-word  role name`. */
function printedPeople({ child, output }: ServerProcess): Promise<Record<string, string>> {
  const read = () =>
    Object.fromEntries(
      [...output().matchAll(/^ {2}([a-z]+) +(\w{4}-\w{4}-\w{4}) {2}\S+ \S+$/gm)].map(
        ([, login = '', password = '']) => [login, password],
      ),
    )
  return new Promise((resolve) => {
    // The administrator comes last.
    child.stdout?.on('data', () => {
      const people = read()
      if (people['guanli'] !== undefined) resolve(people)
    })
  })
}

/** Signs in as the page does, and leaves the session in a file that Playwright's pages begin with. */
async function signIn(
  url: string,
  data: { login: string; password: string },
  path: string,
): Promise<void> {
  const context = await request.newContext({ baseURL: url })
  const answer = await context.post('/api/session', { data })
  if (!answer.ok()) throw new Error(`${data.login} was not let in: ${await answer.text()}`)
  await context.storageState({ path })
  await context.dispose()
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
