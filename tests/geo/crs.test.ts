import fc from 'fast-check'
import { gcj02ToBd09 } from 'geo/bd09'
import { gaussKruger } from 'geo/cgcs2000'
import { candidates, parseCrs, toWgs84 } from 'geo/crs'
import { wgs84ToGcj02 } from 'geo/gcj02'
import { type Position, PositionError } from 'geo/position'
import { describe, expect, test } from 'vitest'
import { degreesApart } from './positions.ts'

const ZHUZHOU: Position = [113.13, 27.83]
const EASTING_M = 414289.381535
const NORTHING_M = 3079906.481945

describe('parseCrs', () => {
  test.each([
    ['auto', 'auto'],
    ['wgs84', 'wgs84'],
    ['WGS 84', 'wgs84'],
    ['EPSG:4326', 'wgs84'],
    ['CGCS2000', 'cgcs2000'],
    ['EPSG:4490', 'cgcs2000'],
    ['GCJ-02', 'gcj02'],
    ['火星坐标', 'gcj02'],
    ['BD-09', 'bd09'],
    ['gk3-38', 'gk3-38'],
    ['GK6-19', 'gk6-19'],
    ['gk3-cm114', 'gk3-cm114'],
    ['gk3-cm113.5', 'gk3-cm113.5'],
    ['EPSG:4491', 'gk6-13'],
    ['EPSG:4501', 'gk6-23'],
    ['EPSG:4502', 'gk6-cm75'],
    ['EPSG:4512', 'gk6-cm135'],
    ['EPSG:4513', 'gk3-25'],
    ['EPSG:4526', 'gk3-38'],
    ['EPSG:4533', 'gk3-45'],
    ['EPSG:4534', 'gk3-cm75'],
    ['EPSG:4547', 'gk3-cm114'],
    ['EPSG:4554', 'gk3-cm135'],
  ])('%s is %s', (name, crs) => {
    expect(parseCrs(name)).toBe(crs)
  })

  test.each([
    '',
    'gk3',
    'gk3-',
    'gk4-38',
    'gk3-99',
    'gk6-38',
    'gk3-cm38',
    'EPSG:3857',
    'beijing54',
  ])('refuses "%s"', (name) => {
    expect(() => parseCrs(name)).toThrow(/^crs_unknown: /)
  })
})

describe('toWgs84', () => {
  test('every system brings the same place home', () => {
    const gcj02 = wgs84ToGcj02(ZHUZHOU)
    const bd09 = gcj02ToBd09(gcj02)
    const readings = [
      toWgs84('wgs84', ...ZHUZHOU),
      toWgs84('cgcs2000', ...ZHUZHOU),
      toWgs84('gcj02', ...gcj02),
      toWgs84('bd09', ...bd09),
      toWgs84('gk3-38', EASTING_M, NORTHING_M),
      toWgs84('gk3-38', 38_000_000 + EASTING_M, NORTHING_M),
      toWgs84('gk3-38', NORTHING_M, 38_000_000 + EASTING_M),
      toWgs84('gk3-cm114', NORTHING_M, EASTING_M),
      toWgs84('gk6-19', 19709866.120763, 3081424.370439),
      toWgs84('gk6-cm111', 709866.120763, 3081424.370439),
    ]
    for (const reading of readings) expect(degreesApart(reading, ZHUZHOU)).toBeLessThan(1e-9)
  })

  test('degrees are never swapped silently', () => {
    for (const crs of ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const) {
      expect(() => toWgs84(crs, 27.83, 113.13)).toThrow(/^position_swapped: \[27.83, 113.13\]/)
    }
  })

  test('a zone prefix that contradicts the system is refused with both meridians', () => {
    expect(() => toWgs84('gk3-37', 38414289, 3079906)).toThrow(
      'crs_mismatch: (38414289, 3079906) says zone 38 (central meridian 114°), but gk3-37 has 111°',
    )
  })

  test.each([
    { x: 113.13, y: 27.83 },
    { x: 414289, y: 414289 },
    { x: 3079906, y: 3079906 },
    { x: 24414289, y: 3079906 },
    { x: Number.NaN, y: 3079906 },
    { x: Number.POSITIVE_INFINITY, y: 3079906 },
  ])('($x, $y) is no Gauss–Krüger pair', ({ x, y }) => {
    expect(() => toWgs84('gk3-38', x, y)).toThrow(/^crs_mismatch: /)
  })
})

describe('candidates', () => {
  test('degrees in China could be any of the three', () => {
    expect(candidates(...ZHUZHOU)).toEqual([
      { crs: 'wgs84', position: ZHUZHOU, swapped: false },
      { crs: 'gcj02', position: toWgs84('gcj02', ...ZHUZHOU), swapped: false },
      { crs: 'bd09', position: toWgs84('bd09', ...ZHUZHOU), swapped: false },
    ])
  })

  test('degrees outside China are WGS 84', () => {
    expect(candidates(-0.13, 51.5)).toEqual([
      { crs: 'wgs84', position: [-0.13, 51.5], swapped: false },
    ])
  })

  test('swapped degrees are read and reported as swapped', () => {
    const found = candidates(27.83, 113.13)
    expect(found.map(({ crs, swapped }) => ({ crs, swapped }))).toEqual([
      { crs: 'wgs84', swapped: true },
      { crs: 'gcj02', swapped: true },
      { crs: 'bd09', swapped: true },
    ])
    expect(found[0]?.position).toEqual(ZHUZHOU)
  })

  test.each([
    { x: 38414289.381535, y: NORTHING_M, crs: 'gk3-38', swapped: false },
    { x: NORTHING_M, y: 38414289.381535, crs: 'gk3-38', swapped: true },
    { x: 3081424.370439, y: 19709866.120763, crs: 'gk6-19', swapped: true },
  ])('($x, $y) names its zone, whichever order', ({ x, y, crs, swapped }) => {
    const found = candidates(x, y)
    expect(found).toEqual([{ crs, position: found[0]?.position, swapped }])
    expect(degreesApart(found[0]?.position ?? [0, 0], ZHUZHOU)).toBeLessThan(1e-9)
  })

  test('metres without zone could be on any meridian; the city tells which', () => {
    const all = candidates(NORTHING_M, EASTING_M)
    expect(all.map(({ crs }) => crs)).toEqual(
      Array.from({ length: 21 }, (_, index) => `gk3-cm${75 + 3 * index}`),
    )
    expect(all.every(({ swapped }) => swapped)).toBe(true)
    const [nearest] = candidates(NORTHING_M, EASTING_M, [113.2, 27.5])
    expect(nearest?.crs).toBe('gk3-cm114')
    expect(degreesApart(nearest?.position ?? [0, 0], ZHUZHOU)).toBeLessThan(1e-9)
  })

  test('near sorts the three systems of degrees by where they land', () => {
    const bd09 = gcj02ToBd09(wgs84ToGcj02(ZHUZHOU))
    expect(candidates(...bd09, ZHUZHOU).map(({ crs }) => crs)).toEqual(['bd09', 'gcj02', 'wgs84'])
  })

  test.each([
    { x: Number.NaN, y: 27 },
    { x: 38414289, y: 27.83 },
    { x: 12593574, y: 3222000 },
    { x: 100, y: 95 },
    { x: 1e308, y: 1e308 },
  ])('($x, $y) fits none', ({ x, y }) => {
    expect(candidates(x, y)).toEqual([])
  })

  test('any pair of numbers gets valid positions or none, never an exception', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (x, y) => {
        for (const { position: at } of candidates(x, y)) {
          expect(Math.abs(at[0])).toBeLessThanOrEqual(180)
          expect(Math.abs(at[1])).toBeLessThanOrEqual(90)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('every prefixed pair of every zone is found again in both orders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 25, max: 45 }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: 18, max: 53, noNaN: true }),
        (zone, off, lat) => {
          const grid = gaussKruger(3, zone)
          const at: Position = [grid.centralMeridian + off, lat]
          const { northingM, eastingM } = grid.forward(at)
          const prefixed = zone * 1_000_000 + eastingM
          for (const pair of [[prefixed, northingM] as const, [northingM, prefixed] as const]) {
            const [only, ...others] = candidates(...pair)
            expect(others).toEqual([])
            expect(only?.crs).toBe(`gk3-${zone}`)
            expect(degreesApart(only?.position ?? [0, 0], at)).toBeLessThan(1e-9)
          }
        },
      ),
    )
  })
})

test('refusals carry their code', () => {
  try {
    parseCrs('nad27')
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(PositionError)
    expect(error).toMatchObject({ name: 'PositionError', code: 'crs_unknown' })
  }
})
