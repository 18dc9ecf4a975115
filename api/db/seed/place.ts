/*
 * Positions for generated projects: somewhere in a park, near a town, or near the middle of a unit,
 * always inside the unit that reports. EPSG:4326.
 */

import type { MultiPolygonCoordinates, PolygonCoordinates } from 'geo/geojson'
import { pointInMultiPolygon } from 'geo/polygon'
import type { Position } from 'geo/position'
import type { Random } from 'geo/random'
import type { PackFiles } from './pack.ts'

export interface Park {
  name: string
  unit: string
  rings: PolygonCoordinates
}
export interface Town {
  name: string
  unit: string
  at: Position
}

export interface Places {
  parksOf(unit: string): Park[]
  townsOf(unit: string): Town[]
  inPark(park: Park, random: Random): Position
  /** Within `km` of a town, inside its unit. */
  nearTown(town: Town, km: number, random: Random): Position
}

const KM_PER_DEGREE = 111.2

/** Where generated projects may stand: in their park, around a town, or anywhere in their unit. */
export function places(pack: PackFiles, outline: Map<string, MultiPolygonCoordinates>): Places {
  const parks = pack.park.map(({ properties, geometry }) => ({
    name: properties.园区名称,
    unit: properties.填报单位,
    rings: geometry.coordinates,
  }))
  const towns = pack.town.map((row) => ({
    name: row['名称'] ?? '',
    unit: row['填报单位'] ?? '',
    at: [Number(row['经度']), Number(row['纬度'])] as const,
  }))
  const cross = pack.recipe.crossUnit
  const inside = (unit: string, at: Position) => {
    const land = unit === cross ? undefined : outline.get(pack.recipe.liesIn[unit] ?? unit)
    return land
      ? pointInMultiPolygon(at, land)
      : [...outline.values()].some((one) => pointInMultiPolygon(at, one))
  }
  return {
    parksOf: (unit) => parks.filter((park) => park.unit === unit),
    townsOf: (unit) =>
      unit === cross
        ? towns.map((town) => ({ ...town, unit: cross }))
        : towns.filter((town) => town.unit === unit),
    inPark: (park, random) => {
      const { west, south, east, north } = extent(park.rings)
      return until(park.name, () => {
        const at = rounded(random.uniform(west, east), random.uniform(south, north))
        return pointInMultiPolygon(at, [park.rings]) && inside(park.unit, at) ? at : null
      })
    },
    nearTown: (town, km, random) =>
      until(town.name, () => {
        const at = around(town.at, km, random)
        return inside(town.unit, at) ? at : null
      }),
  }
}

function around([lon, lat]: Position, km: number, random: Random): Position {
  const angle = random.uniform(0, 2 * Math.PI)
  const far = (km * Math.sqrt(random.uniform())) / KM_PER_DEGREE
  const shrink = Math.cos((lat * Math.PI) / 180)
  return rounded(lon + (far * Math.cos(angle)) / shrink, lat + far * Math.sin(angle))
}

function until(what: string, attempt: () => Position | null): Position {
  for (let tries = 0; tries < 1000; tries++) {
    const at = attempt()
    if (at) return at
  }
  throw new Error(`PLACE_OUTSIDE: ${what} does not lie in its unit`)
}

/** Five decimals, about a metre. */
function rounded(lon: number, lat: number): Position {
  return [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5]
}

function extent(rings: PolygonCoordinates) {
  const all = rings.flat()
  const lons = all.map(([lon]) => lon)
  const lats = all.map(([, lat]) => lat)
  return {
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
  }
}
