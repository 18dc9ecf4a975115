/**
 * The server: reads the settings, listens, opens the database, loads the demo city into an empty
 * one, then shows the site. Ends with one line and status 1 when it cannot.
 */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { type Logger, pino } from 'pino'
import { isWebAddress } from './city/queries.ts'
import { openDatabase } from './db/database.ts'
import { disclosed } from './db/disk-full.ts'
import type { Deps } from './deps.ts'
import { type Env, readEnv } from './env.ts'
import { createLive } from './event/live.ts'
import { withOperator } from './http/operator.ts'
import { type Listener, listen } from './listen.ts'
import { startCourier } from './notice/courier.ts'
import { within } from './patience.ts'

import { roleWords } from './person/role-words.ts'
import { type Running, startSchedule } from './schedule/timer.ts'
import { type Demo, openDemo } from './session/demo.ts'
import { createSessions } from './session/sessions.ts'
import { createSite } from './site.ts'

/** With what follows it, less than the 10 s that supervisors give a program to end. */
const drainMs = 5000
const liveMs = 1000
const workMs = 1000

try {
  const env = readEnv(process.env)
  const log = pino({ level: env.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
  await serve(env, log)
} catch (error) {
  refuse(error)
}

async function serve(env: Env, log: Logger): Promise<void> {
  const began = performance.now()
  await checkBasemap(env)
  const listener = await listen(env.HOST, env.PORT)
  const key = randomUUID()
  const deps = await openAll(env, log, key).catch(async (error: unknown) => {
    await listener.close(0)
    throw error
  })
  listener.show(createSite(deps))
  await deps.db.embedded?.lock.announce(listener.url, key)
  const workers = [startSchedule(deps.db, log), await startCourier(deps)]
  stopOnSignal(listener, deps, workers)
  const demo = await openDemo(deps.db, env)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`已就绪 / ready in ${seconds} s`)
  say(`  大屏 wall   ${listener.url}/wall${demo?.wallToken ? `#device=${demo.wallToken}` : ''}`)
  say(`  调度台 desk ${listener.url}/desk`)
  say(`  现场 field  ${listener.url}/field`)
  say(`  接口 API    ${listener.url}/api/doc`)
  if (demo) sayPeople(demo)
}

/** Who may try what; a database of one's own has no such people. */
function sayPeople({ people }: Demo): void {
  say('示范账号（登录名、密码、角色）/ demo accounts (login, password, role)')
  for (const { login, password, role, name } of people) {
    say(`  ${login.padEnd(10)} ${password}  ${roleWords[role]} ${name}`)
  }
}

/** A map file that is not there would show as an empty ground, long after anybody looks at settings. */
async function checkBasemap({ PMTILES_URL: file }: Env): Promise<void> {
  if (file === undefined || isWebAddress(file)) return
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `BASEMAP_MISSING: PMTILES_URL is "${file}", which cannot be read (${error.code}); give the path of a PMTiles file or its http address`,
    )
  })
}

async function openAll(
  env: Env,
  log: Logger,
  key: string,
): Promise<Deps & Required<Pick<Deps, 'live'>>> {
  say(
    env.DATABASE_URL
      ? '连接数据库 / connecting to the database'
      : '启动内置数据库 / starting the embedded database (首次约 20 秒)',
  )
  const pack = packOf(env)
  // The importer and its readers are loaded only where a city is to be filled in.
  const seed = pack ? await import('./db/seed/load.ts') : null
  const db = await openDatabase(env, {
    ...(pack && seed ? { clockStart: await seed.packStart(pack) } : {}),
    log: (message) => log.info(message),
    warn: (message) => {
      log.warn(message)
      say(`注意 / note: ${message}`)
    },
    fatal: (error) => refuse(error),
  })
  try {
    if (pack && seed && (await seed.wantsPack(db)))
      await timed(pack, async () => {
        await seed.loadPack(db, pack, tell)
        // The embedded database never gathers statistics by itself.
        await db.sql`analyze`
      })
    if (db.clock.simulated) say(`演示时钟 / simulated clock: ${db.clock.now().toISOString()}`)
    const live = await createLive(db, log)
    const sessions = createSessions({ db, env, log, live })
    return { db, env, log, live, sessions: withOperator(sessions, key) }
  } catch (error) {
    await db.close()
    throw await disclosed(error as Error, db.embedded && env.ONEMAP_DATA, 'the database')
  }
}

/** A trial starts with a city to look at; a database of one's own only when that is asked for. */
function packOf(env: Env): string | null {
  const name = env.ONEMAP_PACK ?? (env.DATABASE_URL ? 'none' : 'zhuzhou')
  return name === 'none' ? null : name
}

function tell(step: string, done: number, total: number): void {
  say(`  ${done}/${total} ${step}`)
}

async function timed(pack: string, load: () => Promise<void>): Promise<void> {
  const began = performance.now()
  say(`装载示范城市 / loading the demo city: ${pack}`)
  await load()
  say(`装载完成 / loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function stopOnSignal(
  listener: Listener,
  { db, live, log }: Deps,
  workers: readonly Running[],
): void {
  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(1)
    stopping = true
    say('正在停止 / stopping')
    const idle = Promise.all(workers.map((worker) => worker.stop()))
    await listener.close(drainMs)
    await within<unknown>(idle, workMs, () => {})
    if (live) await within<void>(live.close(), liveMs, () => {})
    await db.close()
    log.flush()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop().catch(refuse)
    })
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** An expected failure begins with its code and needs no stack. */
function refuse(error: unknown): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`${/^[A-Z][A-Z_]+:/.test(message) ? message : stack}\n`)
  process.exit(1)
}
