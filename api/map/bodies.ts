import { viewOf } from '../city/view.ts'
import type { Database } from '../db/database.ts'
import { compress, type Encoding } from '../http/encoding.ts'
import { Turns } from '../http/turns.ts'
import { readRule } from '../light/rule/book.ts'
import { ByteCache } from './byte-cache.ts'
import { encodeSnapshot } from './columns.ts'
import { deriveRows, type MapRow, readAllFacts } from './derive.ts'
import { pastHead } from './past.ts'
import type { Tagged } from './send.ts'
import type { MapStore, Snapshot } from './store.ts'

const cacheBytes = 64 * 1024 * 1024
/** A past day of a hundred thousand projects takes 350 MB while it is made: one at a time. */
const pastAtOnce = 1
const pastWaiting = 20
const pastPatienceMs = 20_000

/** The encoded answers of GET /map: each is made once for all who may see the same. */
export class MapBodies {
  readonly cache = new ByteCache<Buffer>(cacheBytes, (body) => body.length)
  readonly #db: Database
  readonly #turns = new Turns(pastAtOnce, pastWaiting, pastPatienceMs)

  constructor(db: Database) {
    this.#db = db
  }

  /** The present, or only what is newer than the version that the caller holds. */
  async present(store: MapStore, since: string | undefined, encoding: Encoding): Promise<Tagged> {
    const snapshot = store.peek() ?? (await store.current())
    const from = since === undefined ? null : startOf(since, snapshot)
    const key = from === null ? snapshot.version : `${snapshot.version} since ${from}`
    return {
      tag: tagOf(snapshot.version),
      body: () => this.#encoded(key, encoding, async () => this.#text(snapshot, from)),
    }
  }

  /** What was known at a past instant. */
  async past(store: MapStore, asOf: string, encoding: Encoding): Promise<Tagged> {
    const view = await viewOf(this.#db, asOf)
    if (view.asOf === null) return this.present(store, undefined, encoding)
    const head = await pastHead(this.#db, store, view, view.asOf)
    return {
      tag: tagOf(head.version),
      body: () =>
        this.#encoded(head.version, encoding, () =>
          this.#turns.take(async () => {
            const facts = await readAllFacts(this.#db, store.scope, view)
            const rule = await readRule(this.#db.sql, view)
            return encodeSnapshot(head, await deriveRows(facts, view, rule, head.seq))
          }),
        ),
    }
  }

  #text(snapshot: Snapshot, from: number | null): Promise<Buffer> {
    const { version, seq, asOf, date, year, rule } = snapshot
    const newer = (one: { seq: number }) => from === null || one.seq > from
    const gone = from === null ? [] : snapshot.gone.filter(newer).map(({ id }) => id)
    const rows: readonly MapRow[] = from === null ? snapshot.rows : snapshot.rows.filter(newer)
    const head = { version, seq, partial: from !== null, asOf, date, year, rule, gone }
    return encodeSnapshot(head, rows)
  }

  #encoded(key: string, encoding: Encoding, text: () => Promise<Buffer>): Promise<Buffer> {
    return this.cache.get(`${key} ${encoding}`, async () =>
      encoding === 'identity'
        ? text()
        : compress(await this.cache.get(`${key} identity`, text), encoding),
    )
  }
}

const tagOf = (version: string) => `W/"${version}"`

/** Where a delta begins; null when the version held has other terms or is too old: all is sent. */
function startOf(version: string, snapshot: Snapshot): number | null {
  const [, seq, held] = /^(\d+)(\..*)$/.exec(version) ?? []
  const from = Number(seq)
  const sameTerms = snapshot.version === `${snapshot.seq}${held}`
  return sameTerms && from >= snapshot.base && from <= snapshot.seq ? from : null
}
