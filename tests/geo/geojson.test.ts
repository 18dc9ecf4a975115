import fc from 'fast-check'
import type { FindingCode } from 'geo/finding'
import { checkGeometry, nestsDeeperThan } from 'geo/geojson'
import type { Position } from 'geo/position'
import { random } from 'geo/random'
import { describe, expect, test } from 'vitest'
import { chinesePosition } from './positions.ts'
import { box, star } from './shapes.ts'

/** Wraps a value in so many arrays. */
function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

function polygon(...coordinates: unknown[]): unknown {
  return { type: 'Polygon', coordinates }
}

describe('accepted as they are', () => {
  test.each<{ geometry: unknown }>([
    { geometry: { type: 'Point', coordinates: [113.13, 27.83] } },
    { geometry: { type: 'LineString', coordinates: box(113, 27, 114, 28) } },
    { geometry: { type: 'MultiLineString', coordinates: [box(113, 27, 114, 28)] } },
    { geometry: polygon(box(113, 27, 114, 28), box(113.4, 27.4, 113.6, 27.6)) },
    {
      geometry: {
        type: 'MultiPolygon',
        coordinates: [[box(113, 27, 114, 28)], [box(115, 27, 116, 28)]],
      },
    },
  ])('$geometry.type', ({ geometry }) => {
    expect(checkGeometry(geometry)).toEqual({ ok: true, geometry })
  })

  test('heights and foreign members are dropped', () => {
    const value = { type: 'Point', coordinates: [113.13, 27.83, 62.5], bbox: [0], crs: 'x' }
    expect(checkGeometry(value)).toEqual({
      ok: true,
      geometry: { type: 'Point', coordinates: [113.13, 27.83] },
    })
  })

  test('any line of Chinese positions', () => {
    fc.assert(
      fc.property(fc.array(chinesePosition, { minLength: 2 }), (coordinates) => {
        const geometry = { type: 'LineString', coordinates }
        expect(checkGeometry(geometry)).toEqual({ ok: true, geometry })
      }),
    )
  })

  test('a polygon of 200,000 vertices, the limit', () => {
    const draws = random('limit')
    const ring = star([113, 27], 199_999, () => draws.uniform(0.99995, 1))
    expect(checkGeometry(polygon(ring)).ok).toBe(true)
  })
})

describe('refused with code, place and sentence', () => {
  const open = box(113, 27, 114, 28).slice(0, 4)
  const flat: Position[] = [
    [113, 27],
    [113.5, 27.5],
    [114, 28],
    [113, 27],
  ]
  const bowTie: Position[] = [
    [113, 27],
    [114, 28],
    [114, 27],
    [113, 28],
    [113, 27],
  ]
  const shell = box(113, 27, 114, 28)

  test.each<{ name: string; value: unknown; message: string; code: FindingCode; path: string }>([
    {
      name: 'null',
      value: null,
      code: 'geometry_not_object',
      path: '',
      message: 'geometry_not_object: geometry is null, expected a GeoJSON geometry',
    },
    {
      name: 'a collection',
      value: { type: 'GeometryCollection', geometries: [] },
      code: 'geometry_type_unknown',
      path: 'type',
      message:
        'geometry_type_unknown: type is "GeometryCollection", expected Point, LineString, MultiLineString, Polygon or MultiPolygon',
    },
    {
      name: 'coordinates missing',
      value: { type: 'Point' },
      code: 'coordinates_not_array',
      path: 'coordinates',
      message: 'coordinates_not_array: coordinates is undefined, expected [lon, lat]',
    },
    {
      name: 'strings for numbers',
      value: { type: 'Point', coordinates: ['113.13', '27.83'] },
      code: 'coordinate_not_number',
      path: 'coordinates[0]',
      message: 'coordinate_not_number: coordinates[0] is "113.13", expected a number of degrees',
    },
    {
      name: 'null for a number',
      value: {
        type: 'LineString',
        coordinates: [
          [113, 27],
          [113, null],
        ],
      },
      code: 'coordinate_not_number',
      path: 'coordinates[1][1]',
      message: 'coordinate_not_number: coordinates[1][1] is null, expected a number of degrees',
    },
    {
      name: 'NaN',
      value: { type: 'Point', coordinates: [113, Number.NaN] },
      code: 'coordinate_not_finite',
      path: 'coordinates',
      message:
        'coordinate_not_finite: coordinates [113, NaN] holds a value that is not a finite number, expected [lon, lat] in degrees',
    },
    {
      name: 'a height that is not finite',
      value: { type: 'Point', coordinates: [113, 27, Number.POSITIVE_INFINITY] },
      code: 'coordinate_not_finite',
      path: 'coordinates[2]',
      message: 'coordinate_not_finite: coordinates[2] is Infinity, expected a height in metres',
    },
    {
      name: 'latitude first',
      value: { type: 'Point', coordinates: [27.83, 113.13] },
      code: 'position_swapped',
      path: 'coordinates',
      message:
        'position_swapped: coordinates [27.83, 113.13] looks like [lat, lon], expected longitude first: [113.13, 27.83]',
    },
    {
      name: 'metres',
      value: { type: 'Point', coordinates: [38414289, 3079906] },
      code: 'position_out_of_range',
      path: 'coordinates',
      message:
        'position_out_of_range: coordinates [38414289, 3079906] is off the globe, expected lon in -180..180 and lat in -90..90 degrees',
    },
    {
      name: 'one number',
      value: { type: 'Point', coordinates: [113] },
      code: 'position_length',
      path: 'coordinates',
      message:
        'position_length: coordinates has 1 values, expected [lon, lat] or [lon, lat, height]',
    },
    {
      name: 'a line of one position',
      value: { type: 'LineString', coordinates: [[113, 27]] },
      code: 'line_too_short',
      path: 'coordinates',
      message: 'line_too_short: coordinates has 1 positions, expected 2 or more',
    },
    {
      name: 'no rings',
      value: polygon(),
      code: 'geometry_empty',
      path: 'coordinates',
      message: 'geometry_empty: coordinates is empty, expected positions',
    },
    {
      name: 'an open ring',
      value: polygon(open),
      code: 'ring_not_closed',
      path: 'coordinates[0]',
      message:
        'ring_not_closed: coordinates[0] ends at [113,28], expected it to end where it starts, at [113,27]',
    },
    {
      name: 'a ring of three',
      value: polygon(open.slice(0, 3)),
      code: 'ring_too_short',
      path: 'coordinates[0]',
      message: 'ring_too_short: coordinates[0] has 3 positions, expected 4 or more',
    },
    {
      name: 'a flat ring',
      value: polygon(flat),
      code: 'ring_flat',
      path: 'coordinates[0]',
      message:
        'ring_flat: coordinates[0] lies on one line at [113,27], expected it to enclose an area',
    },
    {
      name: 'a bow tie in the second polygon',
      value: { type: 'MultiPolygon', coordinates: [[shell], [bowTie]] },
      code: 'ring_self_intersects',
      path: 'coordinates[1][0]',
      message:
        'ring_self_intersects: coordinates[1][0] meets itself where the edge from vertex 0 and the edge from vertex 2 at [114,27] touch, expected a ring that does not',
    },
    {
      name: 'a hole that crosses',
      value: polygon(shell, box(113.5, 27.5, 115, 27.6)),
      code: 'rings_cross',
      path: 'coordinates[1]',
      message:
        'rings_cross: coordinates[1] crosses ring 0 between vertices 0 and 1 at [113.5,27.5], expected holes inside the shell and apart',
    },
    {
      name: 'a hole outside',
      value: polygon(shell, box(115, 27.5, 116, 27.6)),
      code: 'hole_outside',
      path: 'coordinates[1]',
      message:
        'hole_outside: coordinates[1] is outside the shell at [115,27.5], expected a hole inside it',
    },
    {
      name: 'a polygon given as multipolygon',
      value: { type: 'MultiPolygon', coordinates: [box(113, 27, 114, 28).slice(0, 1)] },
      code: 'coordinates_not_array',
      path: 'coordinates[0][0][0]',
      message: 'coordinates_not_array: coordinates[0][0][0] is 113, expected [lon, lat]',
    },
    {
      name: 'nesting a thousand deep',
      value: { type: 'Polygon', coordinates: nested(1000) },
      code: 'nesting_too_deep',
      path: 'coordinates[0][0][0]',
      message: 'nesting_too_deep: coordinates[0][0][0] is an array, expected a number of degrees',
    },
  ])('$name', ({ value, code, path, message }) => {
    const check = checkGeometry(value)
    expect(check).toMatchObject({ ok: false })
    if (check.ok) return
    expect(check.findings[0]).toEqual({ code, path, message })
  })

  test('a million vertices, before any is looked at', () => {
    const ring = new Array(1_000_000).fill('not even a position')
    expect(checkGeometry(polygon(ring))).toEqual({
      ok: false,
      findings: [
        {
          code: 'vertices_over_limit',
          path: 'coordinates[0]',
          message:
            'vertices_over_limit: coordinates[0] brings the geometry to 1000000 vertices, expected at most 200000',
        },
      ],
    })
  })

  test('a limit that is passed by several rings together', () => {
    const value = polygon(shell, box(113.4, 27.4, 113.6, 27.6))
    const check = checkGeometry(value, { vertices: 9 })
    expect(check.ok ? [] : check.findings.map(({ code }) => code)).toEqual(['vertices_over_limit'])
    expect(checkGeometry(value, { vertices: 10 }).ok).toBe(true)
  })

  test('no more findings than asked for', () => {
    const coordinates = new Array(100_000).fill(['113', '27'])
    const check = checkGeometry({ type: 'LineString', coordinates })
    expect(check.ok ? 0 : check.findings.length).toBe(20)
  })

  test('nothing that JSON can hold makes it throw', () => {
    const types = ['Point', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, coordinates) => {
        const check = checkGeometry({ type, coordinates })
        expect(check.ok || check.findings.length > 0).toBe(true)
      }),
      { numRuns: 1000 },
    )
    expect(checkGeometry(undefined).ok).toBe(false)
    expect(checkGeometry(JSON.parse('{"type":"__proto__"}')).ok).toBe(false)
  })
})

describe('nestsDeeperThan', () => {
  test('counts arrays and objects', () => {
    expect(nestsDeeperThan(1, 0)).toBe(false)
    expect(nestsDeeperThan({ a: [1] }, 2)).toBe(false)
    expect(nestsDeeperThan({ a: [1] }, 1)).toBe(true)
  })

  test('survives what would overflow a stack', () => {
    expect(nestsDeeperThan(nested(1_000_000), 64)).toBe(true)
    expect(nestsDeeperThan(nested(1_000_000), 2_000_000)).toBe(false)
  })
})
