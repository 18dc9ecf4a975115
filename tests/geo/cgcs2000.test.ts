import fc from 'fast-check'
import { centralMeridianOf, gaussKruger, gaussKrugerAt } from 'geo/cgcs2000'
import type { Position } from 'geo/position'
import { describe, expect, test } from 'vitest'
import { degreesApart } from './positions.ts'

type Known = {
  epsg: number
  width: 3 | 6
  zone: number
  at: Position
  eastingM: number
  northingM: number
}

// PROJ 9.5.1 (EPSG:4490 to the code), easting without its zone prefix
const KNOWN: Known[] = [
  // biome-ignore format: a table
  { epsg: 4547, width: 3, zone: 38, at: [113.13, 27.83], eastingM: 414289.381535, northingM: 3079906.481945 },
  // biome-ignore format: a table
  { epsg: 4547, width: 3, zone: 38, at: [114, 30], eastingM: 500000, northingM: 3320113.397845 },
  // biome-ignore format: a table
  { epsg: 4547, width: 3, zone: 38, at: [115.49, 29.9], eastingM: 643916.697352, northingM: 3309961.193947 },
  // biome-ignore format: a table
  { epsg: 4547, width: 3, zone: 38, at: [111.2, 26.5], eastingM: 220800.390029, northingM: 2935276.109198 },
  // biome-ignore format: a table
  { epsg: 4525, width: 3, zone: 37, at: [113.13, 27.83], eastingM: 709866.120763, northingM: 3081424.370439 },
  // biome-ignore format: a table
  { epsg: 4497, width: 6, zone: 19, at: [113.13, 27.83], eastingM: 709866.120763, northingM: 3081424.370439 },
  // biome-ignore format: a table
  { epsg: 4513, width: 3, zone: 25, at: [75.3, 39.5], eastingM: 525804.0485, northingM: 4374057.0838 },
  // biome-ignore format: a table
  { epsg: 4533, width: 3, zone: 45, at: [134.9, 48.2], eastingM: 492566.3543, northingM: 5340670.8848 },
  // biome-ignore format: a table
  { epsg: 4491, width: 6, zone: 13, at: [74.2, 38.1], eastingM: 429829.0042, northingM: 4218900.0497 },
]

describe('Gauss–Krüger on CGCS2000', () => {
  test.each(KNOWN)('agrees with PROJ on EPSG:$epsg at $at to 0.1 mm', (known) => {
    const grid = gaussKruger(known.width, known.zone)
    const plane = grid.forward(known.at)
    expect(plane.eastingM).toBeCloseTo(known.eastingM, 4)
    expect(plane.northingM).toBeCloseTo(known.northingM, 4)
    expect(degreesApart(grid.inverse(known), known.at)).toBeLessThan(1e-9)
  })

  test('inverse undoes forward within 1e-9° up to 4° off the meridian', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 25, max: 45 }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 3, max: 54, noNaN: true }),
        (zone, off, lat) => {
          const grid = gaussKruger(3, zone)
          const at: Position = [grid.centralMeridian + off, lat]
          expect(degreesApart(grid.inverse(grid.forward(at)), at)).toBeLessThan(1e-9)
        },
      ),
    )
  })

  test('east and west of the meridian mirror each other', () => {
    const grid = gaussKrugerAt(113)
    const east = grid.forward([114.2, 27])
    const west = grid.forward([111.8, 27])
    expect(east.eastingM - 500_000).toBeCloseTo(500_000 - west.eastingM, 6)
    expect(east.northingM).toBeCloseTo(west.northingM, 6)
  })

  test('zones know their meridians and refuse numbers outside China', () => {
    expect(centralMeridianOf(3, 25)).toBe(75)
    expect(centralMeridianOf(3, 38)).toBe(114)
    expect(centralMeridianOf(6, 13)).toBe(75)
    expect(centralMeridianOf(6, 19)).toBe(111)
    expect(() => gaussKruger(3, 24)).toThrow(
      'crs_unknown: zone 24 is not a 3-degree zone of China, expected 25 to 45',
    )
    expect(() => gaussKruger(6, 24)).toThrow('crs_unknown: zone 24')
    expect(() => gaussKruger(3, 38.5)).toThrow('crs_unknown: zone 38.5')
    expect(() => gaussKrugerAt(Number.NaN)).toThrow('crs_unknown: central meridian NaN')
    expect(() => gaussKrugerAt(0)).toThrow('crs_unknown: central meridian 0')
  })
})
