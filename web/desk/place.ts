import type { Park } from 'api/park/contract'
import type { Unit } from 'api/unit/contract'
import type { Bounds } from '../map/events.ts'
import type { ProjectFilter } from '../project/filter.ts'
import type { PlaceNames } from '../project/project-row.tsx'
import type { ProjectTable } from '../project/table.ts'
import type { Place } from './breadcrumb.tsx'

/** Short names of units and names of parks by id. */
export function placeNames(units: readonly Unit[], parks: readonly Park[]): PlaceNames {
  return {
    unit: new Map(units.map((unit) => [unit.id, unit.shortName])),
    park: new Map(parks.map((park) => [park.id, park.name])),
  }
}

/** The steps between the city and the project: of the selected project, else of the filter. */
export function placesAt(
  table: ProjectTable | undefined,
  filter: ProjectFilter,
  project: number | null,
  names: PlaceNames,
  parks: readonly Park[],
): { unit: Place | null; park: Place | null; project: Place | null } {
  const row = project === null ? undefined : table?.rowOf.get(project)
  if (table && row !== undefined && project !== null) {
    return {
      unit: named(names.unit, table.unit[row]),
      park: named(names.park, table.park[row]),
      project: { id: project, name: table.name[row] ?? '' },
    }
  }
  const park = filter.park.length === 1 ? filter.park[0] : undefined
  const parkUnit = parks.find((one) => one.id === park)?.unitId
  const unit = filter.unit.length === 1 ? filter.unit[0] : parkUnit
  return { unit: named(names.unit, unit), park: named(names.park, park), project: null }
}

function named(names: ReadonlyMap<number, string>, id: number | undefined): Place | null {
  const name = id === undefined ? undefined : names.get(id)
  return id === undefined || name === undefined ? null : { id, name }
}

interface Shapes {
  features: readonly {
    id: number
    geometry: { coordinates: readonly (readonly (readonly (readonly number[])[])[])[] }
  }[]
}

/** The extent of the shapes with these ids; null when none of them has a boundary. */
export function boundsOf(shapes: Shapes | undefined, ids: readonly number[]): Bounds | null {
  let [west, south, east, north]: Bounds = [180, 90, -180, -90]
  for (const feature of shapes?.features ?? []) {
    if (!ids.includes(feature.id)) continue
    for (const [lon = 0, lat = 0] of feature.geometry.coordinates.flat(2)) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  return west <= east ? [west, south, east, north] : null
}
