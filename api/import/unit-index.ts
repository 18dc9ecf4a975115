/*
 * The units and parks that rows refer to, by code, name or short name: names may stand for several.
 * Boundaries are in memory for the question inside which unit a point lies.
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
  /** Of a unit; a park has neither. */
  level: string | null
  parentId: number | null
  /** Of a park. */
  unitId: number | null
  boundary: MultiPolygonCoordinates | null
  bounds: [west: number, south: number, east: number, north: number]
}

export interface PlaceIndex {
  all: readonly Place[]
  byId: ReadonlyMap<number, Place>
  byCode: ReadonlyMap<string, Place>
  /** All of exactly that name: one in each county, or one below each city. */
  ofName(name: string): readonly Place[]
  /** What a text may mean: the one of that code, else those of that name, else of that short name. */
  named(text: string): readonly Place[]
}

/** Units that rows may name, the city and province included. */
export async function readUnits(sql: Query): Promise<PlaceIndex> {
  const rows = await sql<Row[]>`
    select id, code, name, short_name, level, parent_id, null::bigint as unit_id,
           case when level = 'unit' then st_asgeojson(boundary, 9) end as boundary
      from unit order by id`
  return indexOf(rows)
}

/** Parks that rows may name. */
export async function readParks(sql: Query): Promise<PlaceIndex> {
  const rows = await sql<Row[]>`
    select id, code, name, name as short_name, null as level, null::bigint as parent_id, unit_id,
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

type Row = Omit<Place, 'boundary' | 'bounds'> & { boundary: string | null }

function indexOf(rows: readonly Row[]): PlaceIndex {
  const all = rows.map(({ boundary, ...row }): Place => {
    const polygons = boundary
      ? (JSON.parse(boundary) as { coordinates: MultiPolygonCoordinates }).coordinates
      : null
    return { ...row, boundary: polygons, bounds: boundsOf(polygons) }
  })
  const byCode = new Map(all.map((place) => [place.code, place]))
  const byName = groupBy(all, ({ name }) => plainName(name))
  const byShortName = groupBy(all, ({ shortName }) => plainName(shortName))
  const ofName = (name: string) => byName.get(plainName(name)) ?? []
  return {
    all,
    byId: new Map(all.map((place) => [place.id, place])),
    byCode,
    ofName,
    named: (text) => {
      const coded = byCode.get(text)
      if (coded) return [coded]
      const named = ofName(text)
      return named.length > 0 ? named : (byShortName.get(plainName(text)) ?? [])
    },
  }
}

function groupBy(places: readonly Place[], keyOf: (place: Place) => string): Map<string, Place[]> {
  const groups = new Map<string, Place[]>()
  for (const place of places) {
    const key = keyOf(place)
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return groups
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
