import { distanceM } from 'geo/distance'
import type { Position } from 'geo/position'
import { lightOrder } from '../light/light.ts'
import { filterRows, noFilter } from '../project/filter.ts'
import { lightOf, type ProjectTable } from '../project/table.ts'

export interface NearRow {
  row: number
  /** Metres from the phone; NaN when either place is not known. */
  distanceM: number
}

/**
 * The projects that match a text and a unit (null = all), nearest first. Without a position: worst
 * light first, then by name. Projects without coordinates come last.
 */
export function nearest(
  table: ProjectTable,
  query: { text: string; unit: number | null; from: Position | null },
): NearRow[] {
  const { text, unit, from } = query
  const rows = filterRows(table, { ...noFilter, text, unit: unit === null ? [] : [unit] })
  const near = Array.from(rows, (row) => ({ row, distanceM: away(table, row, from) }))
  const byName = new Intl.Collator('zh-CN')
  const rank = (row: number) => lightOrder.indexOf(lightOf(table, row))
  const far = (item: NearRow) => (Number.isNaN(item.distanceM) ? Number.MAX_VALUE : item.distanceM)
  return near.sort(
    (a, b) =>
      far(a) - far(b) ||
      rank(a.row) - rank(b.row) ||
      byName.compare(table.name[a.row] ?? '', table.name[b.row] ?? ''),
  )
}

function away(table: ProjectTable, row: number, from: Position | null): number {
  const lon = table.lon[row] ?? Number.NaN
  const lat = table.lat[row] ?? Number.NaN
  return from && Number.isFinite(lon) ? distanceM(from, [lon, lat]) : Number.NaN
}

/** 860 m, 3.4 km, 58 km: as exact as a person at the site needs it. */
export function distanceText(metres: number): string {
  if (metres < 1000) return `${Math.max(10, Math.round(metres / 10) * 10)} m`
  const km = metres / 1000
  return km < 10 ? `${km.toFixed(1)} km` : `${Math.round(km)} km`
}
