import fc from 'fast-check'
import type { MultiPolygon, Polygon, PolygonCoordinates } from 'geo/geojson'
import { areaM2, labelPoint, pointInMultiPolygon, pointInPolygon, sideOfRing } from 'geo/polygon'
import type { Position } from 'geo/position'
import { describe, expect, test } from 'vitest'
import { box } from './shapes.ts'

const FRAME: PolygonCoordinates = [box(113, 27, 114, 28), box(113.4, 27.4, 113.6, 27.6)]

function polygon(...coordinates: PolygonCoordinates): Polygon {
  return { type: 'Polygon', coordinates }
}

describe('pointInPolygon', () => {
  test.each<{ name: string; at: Position; inside: boolean }>([
    { name: 'in the frame', at: [113.2, 27.2], inside: true },
    { name: 'in the hole', at: [113.5, 27.5], inside: false },
    { name: 'outside', at: [112.9, 27.5], inside: false },
    { name: 'outside at the height of a vertex', at: [112.9, 27], inside: false },
    { name: 'inside at the height of the hole’s edge', at: [113.2, 27.4], inside: true },
    { name: 'on a corner', at: [113, 27], inside: true },
    { name: 'on an edge', at: [113, 27.3], inside: true },
    { name: 'on the edge of the hole', at: [113.4, 27.5], inside: true },
    { name: 'less than 1e-9° outside the edge', at: [113 - 9e-10, 27.3], inside: true },
    { name: '2e-9° outside the edge', at: [113 - 2e-9, 27.3], inside: false },
    { name: 'NaN', at: [Number.NaN, 27.3], inside: false },
  ])('$name', ({ at, inside }) => {
    expect(pointInPolygon(at, FRAME)).toBe(inside)
  })

  test('a multipolygon holds what any of its polygons holds', () => {
    const polygons = [[box(0, 0, 1, 1)], FRAME]
    expect(pointInMultiPolygon([0.5, 0.5], polygons)).toBe(true)
    expect(pointInMultiPolygon([113.2, 27.2], polygons)).toBe(true)
    expect(pointInMultiPolygon([113.5, 27.5], polygons)).toBe(false)
    expect(pointInMultiPolygon([113.2, 27.2], [])).toBe(false)
  })

  test('an empty ring holds nothing', () => {
    expect(sideOfRing([0, 0], [])).toBe('outside')
    expect(sideOfRing([0, 0], [[0, 0]])).toBe('boundary')
  })

  test('polygons that share their edges leave no gap between them', () => {
    // one square cut in four triangles at an arbitrary inner point
    const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(unit, unit, unit, unit, (x, y, lon, lat) => {
        const corners = box(0, 0, 1, 1)
        const triangles = corners.slice(1).map((to, index): PolygonCoordinates => {
          const from = corners[index] ?? to
          return [[from, to, [x, y], from]]
        })
        expect(
          triangles.filter((rings) => pointInPolygon([lon, lat], rings)).length,
        ).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('areaM2', () => {
  // GeographicLib (in PROJ 9.5.1) on WGS 84, edges followed straight in lon/lat in 2,000 steps
  test.each<{ name: string; ring: readonly Position[]; area: number }>([
    { name: 'a square of 0.01°', ring: box(113.13, 27.83, 113.14, 27.84), area: 1091670.4998 },
    { name: 'a square of 1°', ring: box(113, 27, 114, 28), area: 10949376510.6759 },
    {
      name: 'a triangle',
      ring: [
        [113.1, 27.8],
        [113.2, 27.82],
        [113.15, 27.9],
        [113.1, 27.8],
      ],
      area: 49122952.7418,
    },
  ])('$name agrees with the ellipsoid to 1e-6', ({ ring, area }) => {
    expect(Math.abs(areaM2(polygon(ring)) / area - 1)).toBeLessThan(1e-6)
    expect(Math.abs(areaM2(polygon([...ring].reverse())) / area - 1)).toBeLessThan(1e-6)
  })

  test('holes are taken off and parts added', () => {
    const shell = areaM2(polygon(box(113, 27, 114, 28)))
    const hole = areaM2(polygon(box(113.4, 27.4, 113.6, 27.6)))
    const multi: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [FRAME, [box(113.4, 27.4, 113.6, 27.6)]],
    }
    expect(areaM2(polygon(...FRAME))).toBeCloseTo(shell - hole, 0)
    expect(areaM2(multi)).toBeCloseTo(shell, 0)
  })

  test('the whole earth is 510,065,622 km²', () => {
    expect(areaM2(polygon(box(-180, -90, 180, 90))) / 1e6).toBeCloseTo(510065621.7, 0)
  })
})

describe('labelPoint', () => {
  test('is the middle of a square and inside a horseshoe', () => {
    const [lon, lat] = labelPoint(polygon(box(113, 27, 113.01, 27.01)))
    expect(lon).toBeCloseTo(113.005, 4)
    expect(lat).toBeCloseTo(27.005, 4)
    const horseshoe = polygon([
      [0, 0],
      [10, 0],
      [10, 10],
      [8, 10],
      [8, 2],
      [2, 2],
      [2, 10],
      [0, 10],
      [0, 0],
    ])
    expect(pointInPolygon(labelPoint(horseshoe), horseshoe.coordinates)).toBe(true)
  })

  test('goes to the largest part, out of its hole', () => {
    const multi: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [[box(0, 0, 0.1, 0.1)], FRAME],
    }
    expect(pointInPolygon(labelPoint(multi), FRAME)).toBe(true)
  })

  test('a multipolygon without polygons has no place for a label', () => {
    expect(() => labelPoint({ type: 'MultiPolygon', coordinates: [] })).toThrow(/^geometry_empty: /)
  })
})
