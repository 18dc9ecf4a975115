import fc from 'fast-check'
import { bd09ToGcj02, gcj02ToBd09 } from 'geo/bd09'
import { gcj02ToWgs84, wgs84ToGcj02 } from 'geo/gcj02'
import type { Position } from 'geo/position'
import { describe, expect, test } from 'vitest'
import { chinesePosition, degreesApart } from './positions.ts'

const ZHUZHOU: Position = [113.15, 27.83]

describe('GCJ-02', () => {
  test('is about 571 m east and 351 m south of WGS 84 in Zhuzhou', () => {
    const [lon, lat] = wgs84ToGcj02(ZHUZHOU)
    const metresPerDegree = (Math.PI * 6371008.8) / 180
    const east = (lon - ZHUZHOU[0]) * metresPerDegree * Math.cos((ZHUZHOU[1] * Math.PI) / 180)
    const north = (lat - ZHUZHOU[1]) * metresPerDegree
    expect(Math.abs(east - 571)).toBeLessThan(3)
    expect(Math.abs(north + 351)).toBeLessThan(3)
  })

  // eviltransform's own test values
  test.each<{ name: string; wgs84: Position; gcj02: Position }>([
    {
      name: 'Shanghai',
      wgs84: [121.5272106, 31.1774276],
      gcj02: [121.531541859215, 31.17530398364597],
    },
    {
      name: 'Shenzhen',
      wgs84: [113.912316, 22.543847],
      gcj02: [113.9171764808363, 22.540796131694766],
    },
    {
      name: 'Beijing',
      wgs84: [116.377817, 39.911954],
      gcj02: [116.38404722455657, 39.91334545536069],
    },
  ])('agrees with eviltransform in $name', ({ wgs84, gcj02 }) => {
    expect(degreesApart(wgs84ToGcj02(wgs84), gcj02)).toBeLessThan(1e-12)
    expect(degreesApart(gcj02ToWgs84(gcj02), wgs84)).toBeLessThan(1e-10)
  })

  // values that coordtransform (wandergis) publishes
  test('agrees with coordtransform in Beijing', () => {
    const at = wgs84ToGcj02([116.404, 39.915])
    expect(degreesApart(at, [116.41024449916938, 39.91640428150164])).toBeLessThan(1e-12)
  })

  test.each<{ name: string; at: Position }>([
    { name: 'London', at: [-0.1276, 51.5072] },
    { name: 'Sydney', at: [151.2, -33.87] },
    { name: 'west of the box', at: [72.0039, 40] },
  ])('leaves $name untouched, both ways', ({ at }) => {
    expect(wgs84ToGcj02(at)).toEqual(at)
    expect(gcj02ToWgs84(at)).toEqual(at)
  })

  test('the inverse undoes the shift within 1e-9° anywhere in China', () => {
    fc.assert(
      fc.property(chinesePosition, (at) => {
        expect(degreesApart(gcj02ToWgs84(wgs84ToGcj02(at)), at)).toBeLessThan(1e-9)
        expect(degreesApart(wgs84ToGcj02(gcj02ToWgs84(at)), at)).toBeLessThan(1e-9)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('BD-09', () => {
  // values that coordtransform (wandergis) publishes; its inverse is good to 1e-5° only
  test('agrees with coordtransform in Beijing', () => {
    const forward = gcj02ToBd09([116.404, 39.915])
    expect(degreesApart(forward, [116.41036949371029, 39.92133699351022])).toBeLessThan(1e-12)
    const inverse = bd09ToGcj02([116.404, 39.915])
    expect(degreesApart(inverse, [116.39762729119315, 39.90865673957631])).toBeLessThan(1e-5)
  })

  test('the inverse undoes the shift within 1e-9° anywhere in China', () => {
    fc.assert(
      fc.property(chinesePosition, (at) => {
        expect(degreesApart(bd09ToGcj02(gcj02ToBd09(at)), at)).toBeLessThan(1e-9)
        expect(degreesApart(gcj02ToBd09(bd09ToGcj02(at)), at)).toBeLessThan(1e-9)
      }),
      { numRuns: 2000 },
    )
  })
})
