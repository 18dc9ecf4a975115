import { type Clock, clockFrom, parseClockStart, realClock } from '../clock.ts'
import type { Query, Sql, Transaction } from './sql.ts'

/** Held while a server decides on its clock, and for as long as it runs by a simulated one. */
const DECIDING_LOCK = 727005
const RUNNING_LOCK = 727006
/** Clocks of machines differ by less; more is a wrong clock. */
const toleranceMs = 10_000
const holdAgainMs = 60_000

export interface ClockWish {
  /** ONEMAP_CLOCK. */
  setting: string | undefined
  /** That of the pack about to be loaded. */
  packStart: Date | undefined
  /** Told what the clock does otherwise than wished. */
  say: (sentence: string) => void
}

interface State {
  start: string | null
  last: string | null
  loading: boolean
  run: { origin: string; wall: string } | null
  wall: string
  running: boolean
}

/**
 * ONEMAP_CLOCK, else the start that the loaded pack stored, else that of the pack about to be
 * loaded, else the real time; a simulated one never before the last change. Servers that run at the
 * same time share one simulated clock, or a day looked back at would differ between them: where it
 * began is stored with the database's own time then.
 * @param holder a connection of its own on a server, null where no other server can be.
 * @throws Error `CLOCK_INVALID`, `CLOCK_BEHIND` where the real time lies before the last change.
 */
export async function startClock(sql: Sql, holder: Sql | null, wish: ClockWish): Promise<Clock> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${DECIDING_LOCK})`
    const state = await readState(tx)
    const wanted = wantedStart(state, wish)
    const running = holder !== null && state.running ? state.run : null
    if (wanted === 'now') {
      if (running) wish.say('another server of this database runs by a simulated clock')
      refuseBehind(state)
      return realClock
    }
    const now = running ? nowOf(running, state) : begun(wanted, state, wish)
    if (running && wish.setting && Math.abs(now.getTime() - wanted.getTime()) > toleranceMs) {
      wish.say(`ONEMAP_CLOCK gives way to the clock of the servers that run already`)
    }
    if (!running) await keepRun(tx, { origin: now.toISOString(), wall: state.wall })
    if (holder) await hold(holder)
    return clockFrom(now)
  }) as Promise<Clock>
}

async function readState(tx: Transaction): Promise<State> {
  const [state] = await tx<State[]>`
    select (select value ->> 'start' from setting where key = 'clock') as start,
           (select max(at) from change) as last,
           exists (select from setting where key = 'pack' and value ->> 'state' = 'loading') as loading,
           (select value from setting where key = 'clock_run') as run,
           clock_timestamp() as wall,
           exists (select from pg_locks
                    where locktype = 'advisory' and objid = ${RUNNING_LOCK}::bigint::oid and granted
                      and database = (select oid from pg_database where datname = current_database())
                  ) as running`
  if (!state) throw new Error('an empty answer')
  return state
}

function wantedStart(state: State, { setting, packStart }: ClockWish): Date | 'now' {
  if (setting) return parseClockStart(setting)
  if (state.start) return new Date(state.start)
  return (!state.last || state.loading) && packStart ? packStart : 'now'
}

const nowOf = (run: { origin: string; wall: string }, { wall }: State) =>
  new Date(Date.parse(run.origin) + Date.parse(wall) - Date.parse(run.wall))

/** History must never end before it begins. */
function begun(wanted: Date, { last }: State, { setting, say }: ClockWish): Date {
  if (!last || Date.parse(last) < wanted.getTime()) return wanted
  if (setting && Date.parse(last) - wanted.getTime() > toleranceMs) {
    say(`ONEMAP_CLOCK is ${setting}, before the last change: the clock begins there, at ${last}`)
  }
  return new Date(Date.parse(last) + 1)
}

function refuseBehind({ last, loading }: State): void {
  const now = realClock.now()
  if (!last || loading || Date.parse(last) - now.getTime() <= toleranceMs) return
  throw new Error(
    `CLOCK_BEHIND: this machine's clock says ${now.toISOString()}, but the last change in the database is of ${last}; set the machine's clock right, or ONEMAP_CLOCK to an instant after that change`,
  )
}

async function keepRun(tx: Query, run: { origin: string; wall: string }): Promise<void> {
  await tx`insert into setting (key, value) values ('clock_run', ${tx.json(run)})
           on conflict (key) do update set value = excluded.value`
}

/** The lock goes with its connection: it is taken again where that was lost. */
async function hold(holder: Sql): Promise<void> {
  const take = () => holder`select pg_advisory_lock_shared(${RUNNING_LOCK})`
  await take()
  setInterval(() => void take().catch(() => {}), holdAgainMs).unref()
}
