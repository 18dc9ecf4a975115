import { createHash } from 'node:crypto'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import type { View } from '../db/as-of.ts'
import type { Database } from '../db/database.ts'
import type { Deps, Live } from '../deps.ts'
import type { Change } from '../event/contract.ts'
import { liveOf } from '../event/live.ts'
import { readRule } from '../light/rule/book.ts'
import type { LightRule } from '../light/rule/contract.ts'
import { ruleName } from '../light/rules.ts'
import { scopeKey } from '../person/scope.ts'
import type { Scope } from '../person/viewer.ts'
import { readFacts } from '../project/facts.ts'
import { deriveRows, type MapRow, readAllFacts } from './derive.ts'

/** All projects at one place in the order of commits. Never changed: a newer one replaces it. */
export interface Snapshot {
  /** `<seq>.<date>.<year>.<hash of rule and scope>`: the same in every process. */
  version: string
  seq: number
  /** Deltas can be given from here on: the last full reading. */
  base: number
  asOf: string
  date: string
  year: number
  rule: string
  /** In order of id. */
  rows: readonly MapRow[]
  gone: readonly { id: number; seq: number }[]
}

/** Past this many changed projects everything is read again: one query is then quicker. */
const reloadLimit = 5000
/** Nouns whose rows change no project of the map. */
const elsewhere = new Set(['unit', 'park'])

/**
 * The projects of the present that one scope shows, held in memory by each process: read once, then
 * only what changed. What a scope shows is decided by the database alone.
 */
export class MapStore {
  readonly live: Live
  readonly scope: Scope
  readonly #db: Database
  readonly #stop: () => void
  #snapshot: Snapshot | null = null
  #changed = new Set<number>()
  #reload = true
  #refreshing: Promise<void> | null = null

  constructor(db: Database, live: Live, scope: Scope) {
    this.#db = db
    this.live = live
    this.scope = scope
    this.#stop = live.subscribe((changes) => this.#note(changes))
  }

  /** Follows no longer; what it holds stays as it is. */
  close(): void {
    this.#stop()
  }

  /** The snapshot when it is up to date, without any work; else null. */
  peek(): Snapshot | null {
    return this.#covers(this.live.seq) ? this.#snapshot : null
  }

  /** A snapshot that contains every change known at the time of the call. */
  async current(): Promise<Snapshot> {
    const target = this.live.seq
    for (;;) {
      if (this.#snapshot && this.#covers(target)) return this.#snapshot
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = null
      })
      await this.#refreshing
    }
  }

  #covers(seq: number): boolean {
    const known = this.#snapshot
    return known !== null && known.seq >= seq && known.date === chinaDate(this.#db.clock.now())
  }

  #note(changes: readonly Change[]): void {
    for (const { noun, projectId } of changes) {
      if (projectId !== null && !elsewhere.has(noun)) this.#changed.add(projectId)
    }
    if (this.#changed.size <= reloadLimit) return
    this.#changed.clear()
    this.#reload = true
  }

  async #refresh(): Promise<void> {
    // Taken before reading: what commits meanwhile is at most read twice.
    const seq = this.live.seq
    const changed = this.#changed
    const reload = this.#reload
    this.#changed = new Set()
    this.#reload = false
    try {
      const view = await viewOf(this.#db)
      const rule = await readRule(this.#db.sql, view)
      const last = reload ? null : this.#snapshot
      const sameTerms = last?.version.endsWith(terms(view, rule, this.scope)) ?? false
      this.#snapshot =
        last && sameTerms
          ? await this.#renewed(last, [...changed], view, rule, seq)
          : await this.#whole(view, rule, seq)
    } catch (error) {
      for (const id of changed) this.#changed.add(id)
      this.#reload ||= reload
      throw error
    }
  }

  async #whole(view: View, rule: LightRule, seq: number): Promise<Snapshot> {
    const facts = await readAllFacts(this.#db, this.scope, view)
    const rows = await deriveRows(facts, view, rule, seq)
    return { ...this.#head(view, rule, seq), base: seq, rows, gone: [] }
  }

  async #renewed(
    last: Snapshot,
    changed: number[],
    view: View,
    rule: LightRule,
    seq: number,
  ): Promise<Snapshot> {
    const head = { ...this.#head(view, rule, seq), base: last.base }
    if (changed.length === 0) return { ...head, rows: last.rows, gone: last.gone }
    const ids = withDescendants(last.rows, changed)
    const asker = { personId: null, scope: this.scope }
    const facts = await this.#db.read(asker, (tx) => readFacts(tx, view, [...ids]))
    const fresh = await deriveRows(facts, view, rule, seq)
    const present = new Set(facts.map(({ id }) => id))
    const rows = last.rows.filter(({ fact }) => !ids.has(fact.id)).concat(fresh)
    rows.sort((a, b) => a.fact.id - b.fact.id)
    const gone = [...ids].filter((id) => !present.has(id)).map((id) => ({ id, seq }))
    return { ...head, rows, gone: [...last.gone.filter(({ id }) => !ids.has(id)), ...gone] }
  }

  #head(view: View, rule: LightRule, seq: number) {
    return {
      version: `${seq}${terms(view, rule, this.scope)}`,
      seq,
      asOf: this.#db.clock.now().toISOString(),
      date: view.date,
      year: view.year,
      rule: ruleName(rule),
    }
  }
}

/** So many scopes are held at a time; the one that was asked for longest ago makes room. */
const scopesHeld = 100
const stores = new WeakMap<Live, Map<string, MapStore>>()

/**
 * The store of a scope, one in a process, shared by the map and the tiles.
 * @throws ApiFailure 503 `LIVE_OFF`.
 */
export function mapStore(deps: Pick<Deps, 'db' | 'live'>, scope: Scope): MapStore {
  const live = liveOf(deps)
  const held = stores.get(live) ?? new Map<string, MapStore>()
  stores.set(live, held)
  const key = scopeKey(scope)
  const store = held.get(key) ?? new MapStore(deps.db, live, scope)
  held.delete(key)
  held.set(key, store)
  for (const [oldest, one] of held) {
    if (held.size <= scopesHeld) break
    if (oldest === 'all') continue
    one.close()
    held.delete(oldest)
  }
  return store
}

/** What a version promises beside its place in the order of commits. */
export function terms(view: Pick<View, 'date' | 'year'>, rule: LightRule, scope: Scope): string {
  const seen = JSON.stringify([rule, scopeKey(scope)])
  const hash = createHash('sha256').update(seen).digest('hex').slice(0, 8)
  return `.${view.date}.${view.year}.${hash}`
}

/** Whether a child is counted depends on the plans of the projects above it. */
function withDescendants(rows: readonly MapRow[], changed: readonly number[]): Set<number> {
  const ids = new Set(changed)
  for (let before = 0; before < ids.size; ) {
    before = ids.size
    for (const { fact } of rows) {
      if (fact.parentId !== null && ids.has(fact.parentId)) ids.add(fact.id)
    }
  }
  return ids
}
