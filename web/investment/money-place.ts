import type { ProjectTable } from '../project/table.ts'

/** This year's plan and what is done at one place, 万元; position [lon, lat], EPSG:4326. */
export interface MoneyPlace {
  position: [number, number]
  annualWan: number
  doneWan: number
}

/** Sums the counted rows with a plan by place, a grid of `cellDegrees` (0 = exact position). */
export function moneyPlaces(
  table: ProjectTable,
  rows: Uint32Array,
  cellDegrees: number,
): MoneyPlace[] {
  const places = new Map<string, MoneyPlace & { count: number }>()
  for (const row of rows) {
    const lon = table.lon[row] ?? Number.NaN
    const lat = table.lat[row] ?? Number.NaN
    const annual = table.annualWan[row] ?? Number.NaN
    if (table.counted[row] !== 1 || !(annual > 0) || Number.isNaN(lon)) continue
    const key =
      cellDegrees > 0
        ? `${Math.floor(lon / cellDegrees)},${Math.floor(lat / cellDegrees)}`
        : `${lon},${lat}`
    const done = table.doneWan[row] ?? Number.NaN
    const place = places.get(key) ?? { position: [0, 0], annualWan: 0, doneWan: 0, count: 0 }
    place.position[0] += lon
    place.position[1] += lat
    place.annualWan += annual
    place.doneWan += Number.isNaN(done) ? 0 : done
    place.count += 1
    places.set(key, place)
  }
  return [...places.values()].map(({ position, annualWan, doneWan, count }) => ({
    position: [position[0] / count, position[1] / count],
    annualWan,
    doneWan,
  }))
}
