import type { LightState } from 'api/light/contract'
import { type LightCounts, noCounts } from '../light/light.ts'
import { lightIn, lightOf, overallOf, type ProjectTable } from './table.ts'

/**
 * Sums over rows of a table. Only counted rows (no child beside its parent) enter; the rate is of
 * construction projects alone, since preliminary ones have huge totals and no annual plan.
 */
export interface Totals {
  /** Rows given, counted or not. */
  rows: number
  /** On the year's list and counted. */
  listed: number
  construction: number
  preliminary: number
  totalWan: number
  annualWan: number
  doneWan: number
  /** Construction only, planned to each project's last reported month. */
  plannedWan: number
  /** Share of the annual plan done, construction only; null without a plan. */
  doneShare: number | null
  /**
   * Done minus planned in percentage points of the annual plan, like for like: over the projects that
   * have a lag of their own (a monthly plan, and money with the last report). Null where none has.
   */
  lagPoints: number | null
  lights: LightCounts
  /** The same against the other form of the plan. */
  otherLights: LightCounts
  /** Rows whose evidence says worse than their reported light. */
  disagrees: number
  /** Listed projects whose data is not out of date, of all listed: 基于 fresh/due 个项目. */
  fresh: number
  due: number
}

/** The sums of the given rows; amounts in 万元. */
export function totalsOf(table: ProjectTable, rows: Iterable<number>): Totals {
  const lights = noCounts()
  const otherLights = noCounts()
  const other = table.form === 'revised' ? 'original' : 'revised'
  const sum = {
    rows: 0,
    disagrees: 0,
    listed: 0,
    construction: 0,
    preliminary: 0,
    totalWan: 0,
    annualWan: 0,
    doneWan: 0,
    plannedWan: 0,
    fresh: 0,
    due: 0,
  }
  const rate = { annual: 0, done: 0 }
  const lag = { annual: 0, ahead: 0 }
  const construction = table.words.planKind.indexOf('construction')
  for (const row of rows) {
    sum.rows += 1
    sum.disagrees += table.disagrees[row] ?? 0
    lights[lightOf(table, row)] += 1
    otherLights[lightIn(table, row, other)] += 1
    const kind = table.planKind[row] ?? -1
    if (kind < 0 || table.counted[row] !== 1) continue
    sum.listed += 1
    sum.totalWan += finite(table.totalWan[row])
    sum.annualWan += finite(table.annualWan[row])
    sum.due += 1
    if (isFresh(overallOf(table, row), table.reported[row] ?? -1)) sum.fresh += 1
    sum.doneWan += finite(table.doneWan[row])
    if (kind !== construction) {
      sum.preliminary += 1
      continue
    }
    sum.construction += 1
    rate.annual += finite(table.annualWan[row])
    rate.done += finite(table.doneWan[row])
    sum.plannedWan += finite(table.plannedWan[row])
    if (!Number.isFinite(table.lagPoints[row])) continue
    lag.annual += finite(table.annualWan[row])
    lag.ahead += finite(table.doneWan[row]) - finite(table.plannedWan[row])
  }
  return {
    ...sum,
    doneShare: rate.annual > 0 ? rate.done / rate.annual : null,
    lagPoints: lag.annual > 0 ? (lag.ahead / lag.annual) * 100 : null,
    lights,
    otherLights,
  }
}

/** Without a light (前期, not due) a project is fresh once it has reported; no word is no news. */
const isFresh = (light: LightState, reported: number) =>
  light === 'none' ? reported >= 0 : light !== 'stale'

const finite = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? value : 0
