import { viewOf } from '../city/view.ts'
import type { View } from '../db/as-of.ts'
import type { Asker } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { liveOf } from '../event/live.ts'
import { scopeKey } from '../person/scope.ts'
import type { Scope } from '../person/viewer.ts'
import type {
  HotspotFilter,
  HotspotHistory,
  HotspotHistoryFilter,
  HotspotMeasures,
  HotspotRule,
  Hotspots,
} from './contract.ts'
import { coursesOf } from './course.ts'
import { Held } from './held.ts'
import { findKept } from './kept.ts'
import { periodEnds } from './period.ts'
import { readHotspots, readMeasures } from './queries.ts'
import { readHotspotRule } from './setting.ts'

type Who = Asker & { scope: Scope }

/** The hotspots that somebody may see, from the asker's own rows alone; one for all requests of a process. */
export class HotspotAnswers {
  readonly #deps: Deps
  readonly #held = new Held()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async map(who: Who, filter: HotspotFilter): Promise<Hotspots> {
    const view = await viewOf(this.#deps.db, filter.asOf)
    return this.#on(who, view, await this.#rule(filter), true)
  }

  async measures(who: Who, filter: HotspotFilter): Promise<HotspotMeasures> {
    const view = await viewOf(this.#deps.db, filter.asOf)
    const rule = await this.#rule(filter)
    return this.#once(['measure', rule], who, view, () =>
      this.#deps.db.read(who, (tx) => readMeasures(tx, view, rule)),
    )
  }

  async history(who: Who, filter: HotspotHistoryFilter): Promise<HotspotHistory> {
    const view = await viewOf(this.#deps.db, filter.asOf)
    const rule = await this.#rule(filter)
    const maps: Hotspots[] = []
    for (const day of periodEnds(view.date, filter)) {
      maps.push(
        await (day === view.date ? this.#on(who, view, rule, false) : this.#past(who, day, rule)),
      )
    }
    return {
      every: filter.every,
      rule,
      periods: maps.map(({ date, enough, places }) => ({ date, enough, hot: places.length })),
      places: coursesOf(maps, rule, filter.every),
    }
  }

  #rule(filter: HotspotFilter): Promise<HotspotRule> {
    return readHotspotRule(this.#deps.db.sql, filter)
  }

  async #past(who: Who, day: string, rule: HotspotRule): Promise<Hotspots> {
    const kept = who.scope.all
      ? await this.#deps.db.read(who, (tx) => findKept(tx, day, rule))
      : null
    return kept ?? this.#on(who, await viewOf(this.#deps.db, day), rule, false)
  }

  #on(who: Who, view: View, rule: HotspotRule, withTraits: boolean): Promise<Hotspots> {
    return this.#once(['map', rule, withTraits], who, view, () =>
      this.#deps.db.read(who, (tx) => readHotspots(tx, view, rule, withTraits)),
    )
  }

  /** Issues and orders are shown by person, so whoever does not see the city is answered alone. */
  #once<Answer>(
    what: unknown[],
    who: Who,
    view: View,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const seer = who.scope.all ? 'all' : [scopeKey(who.scope), who.personId]
    const key = JSON.stringify([...what, seer, view, liveOf(this.#deps).seq])
    return this.#held.of(key, work)
  }
}
