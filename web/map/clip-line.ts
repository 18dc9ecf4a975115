import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import type { Bounds } from './events.ts'

/**
 * Lines cut to the part inside a box (degrees, EPSG:4326) at their own vertices, so that rivers and
 * borders end near the city instead of at the edge of their data set. Other geometry stays.
 */
export function clipLines(features: FeatureCollection, box: Bounds): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.features.flatMap((feature) => clipFeature(feature, box)),
  }
}

function clipFeature(feature: Feature, box: Bounds): Feature[] {
  const lines = linesOf(feature.geometry)
  if (!lines) return [feature]
  const coordinates = lines.flatMap((line) => runsInside(line, box))
  if (coordinates.length === 0) return []
  return [{ ...feature, geometry: { type: 'MultiLineString', coordinates } }]
}

function linesOf(geometry: Geometry): Position[][] | null {
  if (geometry.type === 'LineString') return [geometry.coordinates]
  return geometry.type === 'MultiLineString' ? geometry.coordinates : null
}

/** Runs of two or more consecutive vertices inside the box. */
export function runsInside(line: readonly Position[], box: Bounds): Position[][] {
  const [west, south, east, north] = box
  const runs: Position[][] = [[]]
  for (const vertex of line) {
    const [lon = Number.NaN, lat = Number.NaN] = vertex
    if (lon >= west && lon <= east && lat >= south && lat <= north) runs.at(-1)?.push(vertex)
    else if (runs.at(-1)?.length) runs.push([])
  }
  return runs.filter((run) => run.length > 1)
}
