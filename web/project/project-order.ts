import type { LightState } from 'api/light/contract'
import type { SortKey } from '../shell/url-state.ts'
import { allRows, lightOf, type ProjectTable } from './table.ts'

/** The order in which a column is read first: amounts from the largest, the rest from the start. */
export const firstDescending: Record<SortKey, boolean> = {
  light: false,
  name: false,
  total: true,
  annual: true,
  done: true,
  lag: false,
  reported: false,
}

/**
 * Rows in the order of a column, as a new array. Unknown values come last either way round; rows
 * that are equal stay in the order of urgency: worst light, furthest behind, largest annual plan.
 */
export function orderRows(
  table: ProjectTable,
  rows: Uint32Array,
  key: SortKey,
  descending: boolean,
): Uint32Array {
  const urgency = urgencyOf(table)
  const ordered = rows.slice()
  if (key === 'name') {
    const sign = descending ? -1 : 1
    return ordered.sort((a, b) => sign * compareText(table, a, b))
  }
  const value = key === 'light' ? urgency : columnOf(table, key)
  const sign = descending ? -1 : 1
  return ordered.sort((a, b) => {
    const x = value[a] ?? Number.NaN
    const y = value[b] ?? Number.NaN
    if (x === y) return (urgency[a] ?? 0) - (urgency[b] ?? 0)
    if (Number.isNaN(x)) return Number.isNaN(y) ? (urgency[a] ?? 0) - (urgency[b] ?? 0) : 1
    if (Number.isNaN(y)) return -1
    return sign * (x - y)
  })
}

function columnOf(table: ProjectTable, key: Exclude<SortKey, 'light' | 'name'>): Float64Array {
  if (key === 'total') return table.totalWan
  if (key === 'annual') return table.annualWan
  if (key === 'done') return table.doneWan
  if (key === 'lag') return table.lagPoints
  return Float64Array.from(table.reported, (month) => (month < 0 ? Number.NaN : month))
}

/** By pinyin initials, which a reader can follow and a machine compares fast; then by the name. */
function compareText(table: ProjectTable, a: number, b: number): number {
  const x = `${table.initials[a] ?? ''}\u0000${table.name[a] ?? ''}`
  const y = `${table.initials[b] ?? ''}\u0000${table.name[b] ?? ''}`
  return x < y ? -1 : x > y ? 1 : 0
}

/** Who needs a look first: silence comes before what is known to be well. */
const urgent: readonly LightState[] = ['red', 'amber', 'stale', 'green', 'none', 'finished']

const ranks = new WeakMap<ProjectTable, Float64Array>()

/** The place of each row in the order of urgency, computed once per table. */
function urgencyOf(table: ProjectTable): Float64Array {
  const known = ranks.get(table)
  if (known) return known
  const light = Float64Array.from({ length: table.count }, (_, row) =>
    urgent.indexOf(lightOf(table, row)),
  )
  const lag = table.lagPoints.map((points) => (Number.isNaN(points) ? 1e9 : points))
  const annual = table.annualWan.map((wan) => (Number.isNaN(wan) ? -1 : wan))
  const order = allRows(table).sort(
    (a, b) =>
      (light[a] ?? 0) - (light[b] ?? 0) ||
      (lag[a] ?? 0) - (lag[b] ?? 0) ||
      (annual[b] ?? 0) - (annual[a] ?? 0),
  )
  const rank = new Float64Array(table.count)
  order.forEach((row, place) => {
    rank[row] = place
  })
  ranks.set(table, rank)
  return rank
}
