/** What the overview scene says of a table of projects; amounts in 万元, shares as fractions. */

import { type LightCounts, noCounts } from '../light/light.ts'
import type { Bounds } from '../map/events.ts'
import { allRows, lightIn, lightOf, type ProjectTable, provenanceOf } from '../project/table.ts'
import { type Totals, totalsOf } from '../project/totals.ts'
import { yearShare } from '../ui/date.ts'

export interface UnitLights {
  unitId: number
  /** Of the projects on the year's list, children beside their parent not counted. */
  lights: LightCounts
  /** Projects that a rule gives a colour: red, amber, green or stale. */
  judged: number
  /** Red and amber among the judged; null when none is. */
  lateShare: number | null
}

export interface Overview {
  totals: Totals
  /** Last month of the plan year that anybody reported, 1–12; null before the first report. */
  lastMonth: number | null
  /** Share of the plan year that has passed at the end of the table's date. */
  elapsed: number
  /** Share of the annual plan done minus the share of the year passed, in percentage points. */
  againstTime: number | null
  lights: LightCounts
  /** The same against the original plan. */
  originalLights: LightCounts
  /** Worst first: by late share, then by red, then in the order given. */
  units: UnitLights[]
  /** The listed projects by where their facts come from, most first. */
  provenance: { name: string; projects: number }[]
}

/** Everything the scene says, from one table; units in the order of `unitIds` where nothing tells them apart. */
export function overviewOf(table: ProjectTable, unitIds: readonly number[]): Overview {
  const totals = totalsOf(table, allRows(table))
  const elapsed = yearShare(table.date, table.year)
  const units = unitLights(table, unitIds)
  const lights = noCounts()
  const originalLights = noCounts()
  for (const row of listedRows(table)) {
    lights[lightIn(table, row, 'revised')] += 1
    originalLights[lightIn(table, row, 'original')] += 1
  }
  return {
    totals,
    lastMonth: lastMonth(table),
    elapsed,
    againstTime: totals.doneShare === null ? null : (totals.doneShare - elapsed) * 100,
    lights,
    originalLights,
    units,
    provenance: provenanceCounts(table),
  }
}

/** Rows on the year's list, children beside their parent left out: what every figure here counts. */
export function listedRows(table: ProjectTable): Uint32Array {
  return allRows(table).filter(
    (row) => (table.planKind[row] ?? -1) >= 0 && table.counted[row] === 1,
  )
}

function unitLights(table: ProjectTable, unitIds: readonly number[]): UnitLights[] {
  const counts = new Map(unitIds.map((id) => [id, noCounts()]))
  for (const row of listedRows(table)) {
    const lights = counts.get(table.unit[row] ?? -1)
    if (lights) lights[lightOf(table, row)] += 1
  }
  const units = [...counts].map(([unitId, lights]) => {
    const late = lights.red + lights.amber
    const judged = late + lights.green + lights.stale
    return { unitId, lights, judged, lateShare: judged > 0 ? late / judged : null }
  })
  return units.sort(
    (a, b) => (b.lateShare ?? -1) - (a.lateShare ?? -1) || b.lights.red - a.lights.red,
  )
}

function lastMonth(table: ProjectTable): number | null {
  let last = -1
  for (const row of listedRows(table)) last = Math.max(last, table.reported[row] ?? -1)
  return Math.floor(last / 12) === table.year ? (last % 12) + 1 : null
}

function provenanceCounts(table: ProjectTable): Overview['provenance'] {
  const counts = new Map<string, number>()
  for (const row of listedRows(table)) {
    const name = provenanceOf(table, row)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, projects]) => ({ name, projects }))
    .sort((a, b) => b.projects - a.projects)
}

/** Half the sides of the box around the place where most projects are, in degrees: about 28 × 28 km. */
const denseReach = { lon: 0.14, lat: 0.125 }

export interface DensePlace {
  bounds: Bounds
  projects: number
}

/** The box around the median of the rows' positions, and how many of them lie in it; null without any. */
export function densePlace(table: ProjectTable, rows: Uint32Array): DensePlace | null {
  const lon = median(table.lon, rows)
  const lat = median(table.lat, rows)
  if (lon === null || lat === null) return null
  const inside = rows.filter(
    (row) =>
      Math.abs((table.lon[row] ?? Number.NaN) - lon) <= denseReach.lon &&
      Math.abs((table.lat[row] ?? Number.NaN) - lat) <= denseReach.lat,
  )
  const { lon: wide, lat: high } = denseReach
  return { bounds: [lon - wide, lat - high, lon + wide, lat + high], projects: inside.length }
}

function median(values: Float64Array, rows: Uint32Array): number | null {
  const known = Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    .filter((value) => Number.isFinite(value))
    .sort()
  return known[Math.floor(known.length / 2)] ?? null
}
