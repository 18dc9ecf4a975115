import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Database, openDatabase } from 'api/db/database'
import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { openSession } from 'api/session/open-session'
import { createSessions } from 'api/session/sessions'
import { pino } from 'pino'
import { postgresPrograms } from '../packages.mjs'
import { startCluster } from './cluster.mjs'
import { embeddedOf } from './embedded-of.ts'
import { addPeople } from './people.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export type Victim = 'api' | 'database'

/** A built server over a database of its own, either of which can be killed and comes back. */
export interface FaultStage {
  /** What the dispatcher of the stage's small city sends to be let in. */
  cookie: string
  /** Where the server answers; while it or its database is coming back, the promise of it. */
  site(): Promise<string>
  /** kill -9, and the start after it. */
  kill(victim: Victim): Promise<void>
  /** Ends the server and opens its database, to look at what is stored. */
  look(): Promise<Database>
  close(): Promise<void>
}

interface Ground {
  settings: Record<string, string>
  killDatabase: (api: ServerProcess) => Promise<void>
  end: () => Promise<void>
}

const clock = { ONEMAP_CLOCK: '2023-05-31T09:00:00+08:00' }

export async function openFaultStage(kind: 'server' | 'embedded'): Promise<FaultStage> {
  const ground = kind === 'server' ? await serverGround() : await embeddedGround()
  const settings = { ...ground.settings, ...clock, LOG_LEVEL: 'silent' }
  const cookie = await fill(settings)
  let api = startServer(settings)
  let back = api.ready
  const kill = async (victim: Victim) => {
    if (victim === 'database') await ground.killDatabase(api)
    else {
      api.child.kill('SIGKILL')
      await api.ended
      api = startServer(settings)
    }
    return readySite(api)
  }
  return {
    cookie,
    site: () => back,
    kill: async (victim) => {
      back = kill(victim)
      await back
    },
    look: async () => {
      await api.stop()
      return openDatabase(readEnv(settings))
    },
    close: async () => {
      await api.stop()
      await ground.end()
    },
  }
}

/** Resolves when the server says that its database answers. */
async function readySite(api: ServerProcess): Promise<string> {
  const site = await api.ready
  for (;;) {
    const { ok } = await fetch(`${site}/health/ready`)
    if (ok) return site
    await wait(50)
  }
}

/** Commits are waited for: what is acknowledged must outlive the process. */
async function serverGround(): Promise<Ground> {
  const cluster = await startCluster(postgresPrograms() ?? '', { synchronous_commit: 'on' })
  return {
    settings: { DATABASE_URL: cluster.url },
    killDatabase: async () => {
      await cluster.kill()
      await cluster.restart()
    },
    end: () => cluster.stop(),
  }
}

async function embeddedGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'onemap-fault-'))
  return {
    settings: { ONEMAP_DATA: folder },
    // Its server starts it again.
    killDatabase: async ({ child }) => {
      process.kill(await embeddedOf(child.pid ?? 0), 'SIGKILL')
    },
    end: () => rm(folder, { recursive: true, force: true }),
  }
}

/** One unit, one person for each role, and the dispatcher's session. */
async function fill(settings: Record<string, string>): Promise<string> {
  const env = readEnv(settings)
  const db = await openDatabase(env)
  const log = pino({ level: 'silent' })
  const live = await createLive(db, log)
  try {
    await db.transact(
      { actor: '测试数据', reason: '装载小城' },
      (tx) => tx`
        insert into unit (code, name, short_name, level, reports, ordinal)
        values ('430223', '攸县', '攸县', 'unit', true, 1)`,
    )
    await addPeople(db)
    const [person] = await db.sql<{ id: number }[]>`
      select id from person where login = 'dispatcher'`
    const sessions = createSessions({ db, env, log, live })
    return await openSession({ db, sessions }, person?.id ?? 0)
  } finally {
    await live.close()
    await db.close()
  }
}
