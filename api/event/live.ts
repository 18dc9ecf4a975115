import type { Logger } from 'pino'
import { AuditChain } from '../audit/chain.ts'
import type { Database } from '../db/database.ts'
import { takeYourTime } from '../db/sql.ts'
import type { Deps, Live } from '../deps.ts'
import { ApiFailure } from '../http/failure.ts'
import type { KnownChange } from './told.ts'

const channel = 'onemap_change'
/** Commits closer together than this share one publication. */
const quietMs = 100
/** The net below LISTEN: a lost connection, or a server that ended between commit and publication. */
const pollMs = 2000
const page = 10_000

/**
 * Follows the published changes: numbers what this process committed, hears of the commits of other
 * servers, and tells its subscribers each change once, in the order of commit.
 */
export async function createLive(db: Database, log: Logger): Promise<Live> {
  const feed = new ChangeFeed(db, log)
  await feed.start()
  return feed
}

/**
 * The changes that a program follows.
 * @throws ApiFailure 503 `LIVE_OFF` in one that serves nobody.
 */
export function liveOf({ live }: Pick<Deps, 'live'>): Live {
  if (live) return live
  throw new ApiFailure(503, 'LIVE_OFF', '本进程没有打开变更通知')
}

class ChangeFeed implements Live {
  seq = 0
  readonly #db: Database
  readonly #log: Logger
  readonly #audit: AuditChain
  readonly #listeners = new Set<(changes: readonly KnownChange[]) => void>()
  /** The newest changes, without a gap: the index of a change follows from its seq. */
  #recent: KnownChange[] = []
  #running: Promise<void> | null = null
  #again = false
  #closed = false
  #lastRun = 0
  #soon: NodeJS.Timeout | null = null
  #poll: NodeJS.Timeout | null = null
  #unlisten: (() => Promise<void>) | null = null

  constructor(db: Database, log: Logger) {
    this.#db = db
    this.#log = log
    this.#audit = new AuditChain(db, log)
  }

  /** Everything committed before counts as known: subscribers hear what comes after. */
  async start(): Promise<void> {
    const { sql } = this.#db
    await this.#publish()
    const [row] = await sql<{ seq: number }[]>`select coalesce(max(seq), 0) as seq from change`
    this.seq = row?.seq ?? 0
    this.#audit.wake()
    this.#db.onCommit(() => this.#wake())
    this.#poll = setInterval(() => void this.#look(), pollMs)
    this.#poll.unref()
    if (this.#db.kind === 'server') await this.#listen()
  }

  subscribe(listener: (changes: readonly KnownChange[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** At most `limit` changes after `seq`, in order; from memory unless they are long past. */
  async since(seq: number, limit: number): Promise<KnownChange[]> {
    if (seq >= this.seq) return []
    const first = this.#recent[0]
    if (first && first.seq <= seq + 1) {
      const from = seq + 1 - first.seq
      return this.#recent.slice(from, from + limit)
    }
    return this.#read(seq, limit, this.seq)
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#poll) clearInterval(this.#poll)
    if (this.#soon) clearTimeout(this.#soon)
    this.#listeners.clear()
    await this.#unlisten?.().catch(() => {})
    await this.#running
    await this.#audit.close()
  }

  async #listen(): Promise<void> {
    const heard = (payload: string) => {
      if (Number(payload) > this.seq) this.#wake()
    }
    try {
      // The driver reconnects by itself and then calls the last argument: something may be missed.
      const listening = await this.#db.sql.listen(channel, heard, () => this.#wake())
      this.#unlisten = listening.unlisten
    } catch (error) {
      this.#log.warn({ err: error }, 'LISTEN failed: commits of other servers are found by polling')
    }
  }

  /** Runs at once after a quiet while, else when the while is over. */
  #wake(): void {
    if (this.#closed) return
    if (this.#running) {
      this.#again = true
      return
    }
    if (this.#soon) return
    const wait = Math.max(0, this.#lastRun + quietMs - performance.now())
    this.#soon = setTimeout(() => {
      this.#soon = null
      this.#running = this.#catchUp().finally(() => {
        this.#running = null
        this.#lastRun = performance.now()
        if (!this.#again) return
        this.#again = false
        this.#wake()
      })
    }, wait)
  }

  /** Numbers what is committed, after an import hundreds of thousands of rows; returns how many. */
  #publish(): Promise<number> {
    return this.#db.sql.begin(async (tx) => {
      await takeYourTime(tx)
      const [row] = await tx<{ published: number }[]>`select publish_change() as published`
      return row?.published ?? 0
    })
  }

  async #catchUp(): Promise<void> {
    const { sql, kind } = this.#db
    try {
      const published = await this.#publish()
      for (;;) {
        const changes = await this.#read(this.seq, page)
        this.#tell(changes)
        if (changes.length < page) break
      }
      // Outside every writing transaction: NOTIFY inside one serialises all commits.
      if (published > 0 && kind === 'server')
        await sql`select pg_notify(${channel}, ${String(this.seq)})`
      this.#audit.wake()
    } catch (error) {
      if (!this.#closed) this.#log.warn({ err: error }, 'changes could not be read: tried again')
    }
  }

  #tell(changes: KnownChange[]): void {
    const last = changes.at(-1)
    if (!last) return
    this.#recent.push(...changes)
    if (this.#recent.length > 2 * page) this.#recent = this.#recent.slice(-page)
    this.seq = last.seq
    for (const listener of this.#listeners) {
      try {
        listener(changes)
      } catch (error) {
        this.#log.error({ err: error }, 'a subscriber of changes failed')
      }
    }
  }

  async #look(): Promise<void> {
    if (this.#running || this.#soon) return
    try {
      const [row] = await this.#db.sql<{ pending: boolean; last: number; unchained: boolean }[]>`
        select exists (select from change where seq is null) as pending,
               (select coalesce(max(seq), 0) from change) as last,
               exists (select from audit_event)
                 or exists (select from change where seq > (select coalesce(max(change_seq), 0) from audit))
                 as unchained`
      if (row?.unchained) this.#audit.wake()
      if (row && (row.pending || row.last > this.seq)) this.#wake()
    } catch (error) {
      if (!this.#closed) this.#log.warn({ err: error }, 'the database does not answer')
    }
  }

  #read(after: number, limit: number, upTo = Number.MAX_SAFE_INTEGER): Promise<KnownChange[]> {
    return this.#db.sql<KnownChange[]>`
      select seq, at, noun, row_id, op, project_id, unit_id, park_id, person_id from change
       where seq > ${after} and seq <= ${upTo} order by seq limit ${limit}`
  }
}
