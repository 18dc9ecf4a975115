import fc from 'fast-check'
import { distanceM, geodesicDistanceM } from 'geo/distance'
import type { Position } from 'geo/position'
import { expect, test } from 'vitest'
import { chinesePosition } from './positions.ts'

// WGS 84 geodesics by GeographicLib (in PROJ 9.5.1)
const GEODESICS: { name: string; from: Position; to: Position; metres: number }[] = [
  { name: 'across the city', from: [113.13, 27.83], to: [113.17, 27.87], metres: 5930.5607 },
  { name: 'to Changsha', from: [113.13, 27.83], to: [112.94, 28.23], metres: 48104.4977 },
  { name: 'to Beijing', from: [113.13, 27.83], to: [116.4, 39.9], metres: 1372294.6376 },
  { name: 'across China', from: [75, 39], to: [134, 48], metres: 4754564.6734 },
]

test.each(GEODESICS)('$name: the sphere is within 0.4 %', ({ from, to, metres }) => {
  expect(Math.abs(distanceM(from, to) / metres - 1)).toBeLessThan(0.004)
})

test.each(GEODESICS)('$name: Lambert is within 1e-5', ({ from, to, metres }) => {
  expect(Math.abs(geodesicDistanceM(from, to) / metres - 1)).toBeLessThan(1e-5)
})

test('a degree on the mean sphere is 111,195.08 m along a meridian and the equator', () => {
  expect(distanceM([113, 27], [113, 28])).toBeCloseTo(111195.0802, 3)
  expect(distanceM([113, 0], [114, 0])).toBeCloseTo(111195.0802, 3)
})

test('the date line is no distance and the antipode is half the way round', () => {
  expect(distanceM([180, 10], [-180, 10])).toBeCloseTo(0, 6)
  expect(distanceM([0, 0], [180, 0])).toBeCloseTo(Math.PI * 6371008.8, 3)
})

test('both distances are 0 to the place itself and symmetric', () => {
  fc.assert(
    fc.property(chinesePosition, chinesePosition, (a, b) => {
      expect(distanceM(a, a)).toBe(0)
      expect(geodesicDistanceM(a, a)).toBe(0)
      expect(distanceM(a, b)).toBe(distanceM(b, a))
      expect(geodesicDistanceM(a, b)).toBeCloseTo(geodesicDistanceM(b, a), 6)
    }),
  )
})

test('no way round is shorter', () => {
  fc.assert(
    fc.property(chinesePosition, chinesePosition, chinesePosition, (a, b, c) => {
      expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 1e-6)
    }),
  )
})
