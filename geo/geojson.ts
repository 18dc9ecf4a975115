/*
 * The part of GeoJSON (RFC 7946) that we read and write, and the check that stands between a file
 * and everything else. There is no GeometryCollection, so no type is recursive, and the check walks
 * by type rather than by nesting: O(vertices), and a file nested a thousand deep is refused at the
 * depth where it stops making sense.
 */
import { type Finding, finding } from './finding.ts'
import { polygonFaults } from './polygon-faults.ts'
import { type Position, positionFault } from './position.ts'

/** Shell first, then holes; each ring closed. */
export type PolygonCoordinates = readonly (readonly Position[])[]
export type MultiPolygonCoordinates = readonly PolygonCoordinates[]

export type Point = { readonly type: 'Point'; readonly coordinates: Position }
export type LineString = { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
export type MultiLineString = {
  readonly type: 'MultiLineString'
  readonly coordinates: readonly (readonly Position[])[]
}
export type Polygon = { readonly type: 'Polygon'; readonly coordinates: PolygonCoordinates }
export type MultiPolygon = {
  readonly type: 'MultiPolygon'
  readonly coordinates: MultiPolygonCoordinates
}
export type Geometry = Point | LineString | MultiLineString | Polygon | MultiPolygon

/** How much is accepted and how much is reported. */
export type GeometryLimits = {
  /** most vertices in one geometry */
  readonly vertices: number
  /** most findings listed before the check stops */
  readonly findings: number
}

export const DEFAULT_LIMITS: GeometryLimits = { vertices: 200_000, findings: 20 }

export type GeometryCheck =
  | { readonly ok: true; readonly geometry: Geometry }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads a geometry of EPSG:4326 from parsed JSON. Accepts only finite numbers in range, longitude
 * first; heights are checked and dropped. Polygons are checked as polygonFaults says. Never throws.
 */
export function checkGeometry(value: unknown, limits: Partial<GeometryLimits> = {}): GeometryCheck {
  const reader = new GeometryReader({ ...DEFAULT_LIMITS, ...limits })
  const geometry = reader.geometry(value)
  const findings = reader.findings
  return geometry && findings.length === 0 ? { ok: true, geometry } : { ok: false, findings }
}

/**
 * Whether parsed JSON nests deeper than `limit` (a bare value is 0 deep). For whole files, before
 * anything recursive such as JSON.stringify or a schema sees them; not recursive itself.
 */
export function nestsDeeperThan(value: unknown, limit: number): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue
    const depth = next.depth + 1
    if (depth > limit) return true
    for (const child of Object.values(next.value)) open.push({ value: child, depth })
  }
  return false
}

class GeometryReader {
  readonly findings: Finding[] = []
  readonly #limits: GeometryLimits
  #vertices = 0
  #stopped = false

  constructor(limits: GeometryLimits) {
    this.#limits = limits
  }

  geometry(value: unknown): Geometry | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.#add(
        finding('geometry_not_object', '', `is ${named(value)}, expected a GeoJSON geometry`),
      )
      return undefined
    }
    const type: unknown = 'type' in value ? value.type : undefined
    const coordinates: unknown = 'coordinates' in value ? value.coordinates : undefined
    return this.#geometryOf(type, coordinates, 'coordinates')
  }

  #geometryOf(type: unknown, coordinates: unknown, path: string): Geometry | undefined {
    switch (type) {
      case 'Point':
        return typed('Point', this.#position(coordinates, path))
      case 'LineString':
        return typed('LineString', this.#line(coordinates, path))
      case 'MultiLineString':
        return typed(
          'MultiLineString',
          this.#list(coordinates, path, (line, at) => this.#line(line, at)),
        )
      case 'Polygon':
        return typed('Polygon', this.#polygon(coordinates, path))
      case 'MultiPolygon':
        return typed(
          'MultiPolygon',
          this.#list(coordinates, path, (polygon, at) => this.#polygon(polygon, at)),
        )
      default:
        this.#add(
          finding(
            'geometry_type_unknown',
            'type',
            `is ${named(type)}, expected Point, LineString, MultiLineString, Polygon or MultiPolygon`,
          ),
        )
        return undefined
    }
  }

  #polygon(value: unknown, path: string): PolygonCoordinates | undefined {
    const before = this.findings.length
    const rings = this.#list(value, path, (ring, at) => this.#positions(ring, at))
    if (!rings || this.findings.length > before) return undefined
    for (const fault of polygonFaults(rings, path)) this.#add(fault)
    return rings
  }

  #line(value: unknown, path: string): Position[] | undefined {
    const positions = this.#positions(value, path)
    if (positions && !this.#stopped && positions.length < 2) {
      this.#add(
        finding('line_too_short', path, `has ${positions.length} positions, expected 2 or more`),
      )
    }
    return positions
  }

  #positions(value: unknown, path: string): Position[] | undefined {
    if (Array.isArray(value) && this.#vertices + value.length > this.#limits.vertices) {
      this.#add(
        finding(
          'vertices_over_limit',
          path,
          `brings the geometry to ${this.#vertices + value.length} vertices, expected at most ${this.#limits.vertices}`,
        ),
      )
      this.#stopped = true
      return undefined
    }
    return this.#list(value, path, (position, at) => this.#position(position, at))
  }

  /** A list of items that are not undefined, read until the check stops. */
  #list<T>(
    value: unknown,
    path: string,
    readItem: (item: unknown, path: string) => T | undefined,
  ): T[] | undefined {
    if (!Array.isArray(value)) {
      this.#add(finding('coordinates_not_array', path, `is ${named(value)}, expected an array`))
      return undefined
    }
    if (value.length === 0) {
      this.#add(finding('geometry_empty', path, 'is empty, expected positions'))
    }
    const items: T[] = []
    for (let index = 0; index < value.length && !this.#stopped; index++) {
      const item = readItem(value[index], `${path}[${index}]`)
      if (item !== undefined) items.push(item)
    }
    return items
  }

  #position(value: unknown, path: string): Position | undefined {
    const fault = Array.isArray(value) ? pairFault(value, path) : notAPosition(value, path)
    if (fault) this.#add(fault)
    else this.#vertices++
    if (fault || !Array.isArray(value)) return undefined
    const [lon, lat]: unknown[] = value
    return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined
  }

  #add(found: Finding): void {
    if (this.findings.length < this.#limits.findings) this.findings.push(found)
    if (this.findings.length >= this.#limits.findings) this.#stopped = true
  }
}

function typed<T extends string, C>(
  type: T,
  coordinates: C | undefined,
): { type: T; coordinates: C } | undefined {
  return coordinates === undefined ? undefined : { type, coordinates }
}

function notAPosition(value: unknown, path: string): Finding {
  return finding('coordinates_not_array', path, `is ${named(value)}, expected [lon, lat]`)
}

function pairFault(pair: readonly unknown[], path: string): Finding | undefined {
  for (const [index, item] of pair.slice(0, 4).entries()) {
    if (typeof item === 'number') continue
    const code = Array.isArray(item) ? 'nesting_too_deep' : 'coordinate_not_number'
    return finding(code, `${path}[${index}]`, `is ${named(item)}, expected a number of degrees`)
  }
  const [lon, lat, height] = pair
  if (pair.length < 2 || pair.length > 3 || typeof lon !== 'number' || typeof lat !== 'number') {
    return finding(
      'position_length',
      path,
      `has ${pair.length} values, expected [lon, lat] or [lon, lat, height]`,
    )
  }
  if (height !== undefined && !Number.isFinite(height)) {
    return finding(
      'coordinate_not_finite',
      `${path}[2]`,
      `is ${height}, expected a height in metres`,
    )
  }
  const fault = positionFault(lon, lat)
  if (!fault || fault.code === 'crs_unknown' || fault.code === 'crs_mismatch') return undefined
  return finding(fault.code, path, fault.message.slice(fault.code.length + ': '.length))
}

/** A short name of any JSON value for a message; never walks into it. */
function named(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
