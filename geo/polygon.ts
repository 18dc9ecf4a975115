/*
 * Questions about polygons in EPSG:4326: is a position inside, how large is it, where does its name
 * go. Edges are straight in lon/lat, as they are drawn and as PostGIS's geometry type has them.
 */
import polylabel from 'polylabel'
import type {
  MultiPolygon,
  MultiPolygonCoordinates,
  Polygon,
  PolygonCoordinates,
} from './geojson.ts'
import type { Position } from './position.ts'

/** How near an edge counts as on it, in degrees (0.1 mm). */
const BOUNDARY_DEG = 1e-9

// WGS 84
const SEMI_MAJOR_M = 6378137
const ECCENTRICITY = Math.sqrt(0.0066943799901413165)

/** Whether a position is in a polygon (even–odd, holes out) or within 1e-9° of one of its rings. */
export function pointInPolygon(at: Position, rings: PolygonCoordinates): boolean {
  let inside = false
  for (const ring of rings) {
    const side = sideOfRing(at, ring)
    if (side === 'boundary') return true
    if (side === 'inside') inside = !inside
  }
  return inside
}

/** Whether a position is in or on any of the polygons. */
export function pointInMultiPolygon(at: Position, polygons: MultiPolygonCoordinates): boolean {
  return polygons.some((rings) => pointInPolygon(at, rings))
}

/** Where a position lies to one ring; 'boundary' within 1e-9° of an edge. */
export function sideOfRing(
  [lon, lat]: Position,
  ring: readonly Position[],
): 'inside' | 'outside' | 'boundary' {
  let inside = false
  let from = ring.at(-1)
  for (const to of ring) {
    if (!from) break
    if (isOnSegment(lon, lat, from, to)) return 'boundary'
    // half open in lat, so that a vertex on the ray counts once
    if (from[1] > lat !== to[1] > lat) {
      const crossing = to[0] + ((lat - to[1]) * (from[0] - to[0])) / (from[1] - to[1])
      if (lon < crossing) inside = !inside
    }
    from = to
  }
  return inside ? 'inside' : 'outside'
}

/**
 * Ground area in square metres on the WGS 84 ellipsoid, holes taken off, whatever the direction of
 * the rings: the area under each edge on authalic latitudes (Snyder 1987, eq. 3-12) by Simpson's
 * rule, within 1e-6 for edges up to 1°. Polygons that overlap count twice. 1 亩 = 2000/3 m².
 */
export function areaM2(geometry: Polygon | MultiPolygon): number {
  let total = 0
  for (const rings of polygonsOf(geometry)) total += polygonAreaM2(rings)
  return total
}

/**
 * The place for a name: the pole of inaccessibility (polylabel, to 1/200 of the polygon's shorter
 * side) of the largest polygon, distances taken on the ground rather than in degrees.
 */
export function labelPoint(geometry: Polygon | MultiPolygon): Position {
  const [largest] = [...polygonsOf(geometry)].sort((a, b) => polygonAreaM2(b) - polygonAreaM2(a))
  const shell = largest?.[0]
  if (!largest || !shell) throw new RangeError('geometry_empty: no polygon to put a label in')
  const [south, north] = extent(shell, 1)
  const [west, east] = extent(shell, 0)
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scaled = largest.map((ring) =>
    ring.map(([lon, lat]): [number, number] => [lon * shrink, lat]),
  )
  const precision = Math.min((east - west) * shrink, north - south) / 200
  const [x, y] = polylabel(scaled, precision)
  return [x / shrink, y]
}

function polygonsOf(geometry: Polygon | MultiPolygon): MultiPolygonCoordinates {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function polygonAreaM2(rings: PolygonCoordinates): number {
  let area = 0
  for (const [index, ring] of rings.entries()) area += (index === 0 ? 1 : -1) * ringAreaM2(ring)
  return area
}

function ringAreaM2(ring: readonly Position[]): number {
  let sum = 0
  let from = ring.at(-1)
  for (const to of ring) {
    if (!from) break
    const middle = authalic((from[1] + to[1]) / 2)
    const mean = (authalic(from[1]) + 4 * middle + authalic(to[1])) / 6
    sum += (((to[0] - from[0]) * Math.PI) / 180) * mean
    from = to
  }
  return (SEMI_MAJOR_M ** 2 * Math.abs(sum)) / 2
}

/** Snyder's q: twice the area between the equator and a latitude per radian, in units of a². */
function authalic(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180)
  const scaled = ECCENTRICITY * sine
  return (
    (1 - ECCENTRICITY ** 2) *
    (sine / (1 - scaled ** 2) - Math.log((1 - scaled) / (1 + scaled)) / (2 * ECCENTRICITY))
  )
}

function isOnSegment(lon: number, lat: number, from: Position, to: Position): boolean {
  if (lon < Math.min(from[0], to[0]) - BOUNDARY_DEG) return false
  if (lon > Math.max(from[0], to[0]) + BOUNDARY_DEG) return false
  if (lat < Math.min(from[1], to[1]) - BOUNDARY_DEG) return false
  if (lat > Math.max(from[1], to[1]) + BOUNDARY_DEG) return false
  const alongX = to[0] - from[0]
  const alongY = to[1] - from[1]
  const length = Math.hypot(alongX, alongY)
  if (length === 0) return Math.hypot(lon - from[0], lat - from[1]) <= BOUNDARY_DEG
  const fraction = ((lon - from[0]) * alongX + (lat - from[1]) * alongY) / length ** 2
  const clamped = Math.min(1, Math.max(0, fraction))
  const offX = lon - from[0] - clamped * alongX
  const offY = lat - from[1] - clamped * alongY
  return Math.hypot(offX, offY) <= BOUNDARY_DEG
}

function extent(ring: readonly Position[], axis: 0 | 1): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const at of ring) {
    least = Math.min(least, at[axis])
    most = Math.max(most, at[axis])
  }
  return [least, most]
}
