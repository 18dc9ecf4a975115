/*
 * The units and parks that rows refer to: found by code, name or short name; boundaries in memory
 * for the question inside which unit a point lies.
 */
import type { MultiPolygonCoordinates } from 'geo/geojson'
import { pointInMultiPolygon } from 'geo/polygon'
import type { Position } from 'geo/position'
import type { Query } from '../db/sql.ts'

export interface Place {
  id: number
  code: string
  name: string
  shortName: string
  unitId: number | null
  boundary: MultiPolygonCoordinates | null
  bounds: [west: number, south: number, east: number, north: number]
}

export interface PlaceIndex {
  all: readonly Place[]
  byId: ReadonlyMap<number, Place>
  find(text: string): Place | undefined
}

/** Units that rows may name, the city and province included. */
export async function readUnits(sql: Query): Promise<PlaceIndex> {
  const rows = await sql<Row[]>`
    select id, code, name, short_name, null::bigint as unit_id, level = 'unit' as judged,
           case when level = 'unit' then st_asgeojson(boundary, 9) end as boundary
      from unit order by id`
  return indexOf(rows)
}

/** Parks that rows may name. */
export async function readParks(sql: Query): Promise<PlaceIndex> {
  const rows = await sql<Row[]>`
    select id, code, name, name as short_name, unit_id, true as judged,
           st_asgeojson(boundary, 9) as boundary
      from park order by id`
  return indexOf(rows)
}

/** Whether a position (EPSG:4326) lies in a place's boundary; false without one. */
export function isInside(place: Place, [lon, lat]: Position): boolean {
  const [west, south, east, north] = place.bounds
  if (!place.boundary || lon < west || lon > east || lat < south || lat > north) return false
  return pointInMultiPolygon([lon, lat], place.boundary)
}

interface Row {
  id: number
  code: string
  name: string
  shortName: string
  unitId: number | null
  judged: boolean
  boundary: string | null
}

function indexOf(rows: readonly Row[]): PlaceIndex {
  const all = rows.map(({ judged: _, boundary, ...row }): Place => {
    const polygons = boundary
      ? (JSON.parse(boundary) as { coordinates: MultiPolygonCoordinates }).coordinates
      : null
    return { ...row, boundary: polygons, bounds: boundsOf(polygons) }
  })
  const byText = new Map<string, Place>()
  for (const place of all) byText.set(plainName(place.shortName), place)
  for (const place of all) byText.set(plainName(place.name), place)
  for (const place of all) byText.set(place.code, place)
  return {
    all,
    byId: new Map(all.map((place) => [place.id, place])),
    find: (text) => byText.get(text) ?? byText.get(plainName(text)),
  }
}

/** A name as it is compared: full and half width, spaces and case do not count. */
export function plainName(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
}

function boundsOf(polygons: MultiPolygonCoordinates | null): Place['bounds'] {
  const bounds: Place['bounds'] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of polygons?.flat(2) ?? []) {
    bounds[0] = Math.min(bounds[0], lon)
    bounds[1] = Math.min(bounds[1], lat)
    bounds[2] = Math.max(bounds[2], lon)
    bounds[3] = Math.max(bounds[3], lat)
  }
  return bounds
}
