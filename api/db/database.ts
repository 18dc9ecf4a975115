import type { Clock } from '../clock.ts'
import { type Env, withoutPassword } from '../env.ts'
import { idText, type Scope, wholeCity } from '../person/viewer.ts'
import { checkServer } from './check-server.ts'
import { disclosed } from './disk-full.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { migrate, readMigrations } from './migrate.ts'
import { connect, type Sql, type Transaction } from './sql.ts'
import { startClock } from './start-clock.ts'

/** Drained before: what is left does not answer. */
const END_S = 2

/** Who writes and why; kept with every version of every row. */
export interface Author {
  actor: string
  reason: string
  /** Missing where a program writes: it is bound by no scope. */
  by?: Asker
}

/** Who asks, from where, and what may be seen and written. */
export interface Asker {
  /** Null: a program of this machine. */
  personId: number | null
  /** Null where the permission alone decides: the whole of an import, accounts. */
  scope: Scope | null
  address?: string | undefined
  /** The program that asks, as it calls itself, shortened. */
  agent?: string | undefined
}

/** The one door to either database. */
export interface Database {
  sql: Sql
  kind: 'embedded' | 'server'
  clock: Clock
  embedded: Embedded | null
  /**
   * The door of every write: one transaction with actor, reason and clock as settings local to it.
   * Rolls back on any error. Inside, use only the transaction passed in: the embedded database
   * has one connection, and another query would wait for ever.
   */
  transact<T>(author: Author, write: (tx: Transaction) => Promise<T>, at?: Date): Promise<T>
  /** A transaction that reads what one may see: rows beyond the scope are not there. */
  read<T>(
    asker: Pick<Asker, 'scope' | 'personId'>,
    read: (tx: Transaction) => Promise<T>,
  ): Promise<T>
  /** Called after each commit of this process, outside the transaction. */
  onCommit(listener: () => void): void
  close(): Promise<void>
}

export interface OpenOptions {
  /** Told once per step, for a first start that takes a while. */
  progress?: (step: string) => void
  /** Where a simulated clock begins when ONEMAP_CLOCK says nothing: the pack's own. */
  clockStart?: Date
  log?: (message: string) => void
  /** Told what an operator should know of this start; `log` where it is missing. */
  warn?: (message: string) => void
  fatal?: (error: Error) => void
}

/**
 * Opens the database that the environment names, brings its schema up to date and starts the clock.
 * @throws Error with a stable code first: those of checkServer and startEmbedded, `DISK_FULL`,
 * `MIGRATION_*`.
 */
export async function openDatabase(env: Env, options: OpenOptions = {}): Promise<Database> {
  const log = options.log ?? (() => {})
  const where = env.DATABASE_URL ? withoutPassword(env.DATABASE_URL) : env.ONEMAP_DATA
  const embedded = env.DATABASE_URL
    ? null
    : await startEmbedded(env.ONEMAP_DATA, {
        restarted: (crash) => log(`embedded database ended and was started again (${crash})`),
        lost: options.fatal ?? ((error) => log(error.message)),
      })
  const sql = embedded
    ? connect({ socket: embedded.socket }, { max: 1, applicationName: 'onemap' })
    : connect(env.DATABASE_URL ?? '', { max: 10, applicationName: 'onemap' })
  // Opened only once something is asked through it.
  const holder = embedded
    ? null
    : connect(env.DATABASE_URL ?? '', { max: 1, applicationName: 'onemap clock' })
  const close = async () => {
    await Promise.all([sql.end({ timeout: END_S }), holder?.end({ timeout: END_S })])
    await embedded?.stop()
  }
  try {
    options.progress?.('检查数据库 / checking the database')
    await checkServer(sql, where)
    options.progress?.('更新数据库结构 / bringing the schema up to date')
    for (const name of await migrate(sql, await readMigrations())) log(`migration ${name} applied`)
    const clock = await startClock(sql, holder, {
      setting: env.ONEMAP_CLOCK,
      packStart: options.clockStart,
      say: options.warn ?? log,
    })
    return databaseOn(sql, clock, embedded, close)
  } catch (error) {
    await close()
    throw await disclosed(error as Error, embedded && env.ONEMAP_DATA, where)
  }
}

/** The door over an open, migrated connection; `close` ends what was opened for it. */
export function databaseOn(
  sql: Sql,
  clock: Clock,
  embedded: Embedded | null,
  close: () => Promise<void>,
): Database {
  const kind = embedded ? 'embedded' : 'server'
  return { sql, kind, clock, embedded, close, ...door(sql, clock) }
}

function door(sql: Sql, clock: Clock): Pick<Database, 'transact' | 'read' | 'onCommit'> {
  const listeners: (() => void)[] = []
  return {
    read: async (asker, read) => {
      const result = await sql.begin('read only', async (tx) => {
        // Sent ahead on the same connection, not waited for: one round trip less.
        const [, answer] = await Promise.all([bind(tx, asker, clock.now()), read(tx)])
        return answer
      })
      return result as Awaited<ReturnType<typeof read>>
    },
    onCommit: (listener) => {
      listeners.push(listener)
    },
    transact: async (author, write, at) => {
      const result = await sql.begin(async (tx) => {
        const bound = bind(tx, author.by ?? program, at ?? clock.now(), author)
        const [, written] = await Promise.all([bound, write(tx)])
        return written
      })
      for (const listener of listeners) listener()
      return result as Awaited<ReturnType<typeof write>>
    },
  }
}

/** Whoever writes for no person: the importer of a pack, a job. */
const program: Asker = { personId: null, scope: null }

/**
 * From here to its end the transaction knows who asks and what time it is, and sees and writes only
 * what the asker may.
 */
async function bind(
  tx: Transaction,
  { scope, personId, address, agent }: Asker,
  now: Date,
  { actor, reason }: Author = { actor: '', reason: '' },
): Promise<void> {
  const ids = scope ?? wholeCity
  await tx`select set_config('onemap.now', ${now.toISOString()}, true),
                  set_config('onemap.actor', ${actor}, true),
                  set_config('onemap.reason', ${reason}, true),
                  set_config('onemap.person', ${personId === null ? '' : String(personId)}, true),
                  set_config('onemap.address', ${address ?? ''}, true),
                  set_config('onemap.agent', ${agent ?? ''}, true),
                  set_config('onemap.scope', ${ids.all ? 'all' : 'some'}, true),
                  set_config('onemap.units', ${idText(ids.units)}, true),
                  set_config('onemap.parks', ${idText(ids.parks)}, true),
                  set_config('onemap.projects', ${idText(ids.projects)}, true),
                  set_config('onemap.departments', ${idText(ids.departments)}, true),
                  set_config('role', ${scope === null ? 'none' : 'onemap_scoped'}, true)`
}

/** What `app_now()` says in this transaction from here on. */
export async function setNow(tx: Transaction, now: Date): Promise<void> {
  await tx`select set_config('onemap.now', ${now.toISOString()}, true)`
}
