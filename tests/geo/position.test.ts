import { CHINA_BBOX, inChinaBbox, isSwapped, position } from 'geo/position'
import { describe, expect, test } from 'vitest'

describe('position', () => {
  test('gives back what can be a position, limits included', () => {
    expect(position(113.13, 27.83)).toEqual([113.13, 27.83])
    expect(position(-180, -90)).toEqual([-180, -90])
    expect(position(180, 90)).toEqual([180, 90])
  })

  test.each([
    {
      lon: Number.NaN,
      lat: 27,
      message:
        'coordinate_not_finite: [NaN, 27] holds a value that is not a finite number, expected [lon, lat] in degrees',
    },
    {
      lon: 113,
      lat: Number.NEGATIVE_INFINITY,
      message:
        'coordinate_not_finite: [113, -Infinity] holds a value that is not a finite number, expected [lon, lat] in degrees',
    },
    {
      lon: 27.83,
      lat: 113.13,
      message:
        'position_swapped: [27.83, 113.13] looks like [lat, lon], expected longitude first: [113.13, 27.83]',
    },
    {
      lon: 38414289,
      lat: 3079906,
      message:
        'position_out_of_range: [38414289, 3079906] is off the globe, expected lon in -180..180 and lat in -90..90 degrees',
    },
  ])('refuses [$lon, $lat]', ({ lon, lat, message }) => {
    expect(() => position(lon, lat)).toThrow(message)
  })
})

test('swapped is told from the range and from China, and only then', () => {
  expect(isSwapped(27.83, 113.13)).toBe(true)
  // Kashgar: 76°E is a possible latitude, yet not one where anybody builds
  expect(isSwapped(39.47, 75.99)).toBe(true)
  expect(isSwapped(113.13, 27.83)).toBe(false)
  expect(isSwapped(-0.13, 51.5)).toBe(false)
  expect(isSwapped(151.2, -33.87)).toBe(false)
  expect(isSwapped(500, 600)).toBe(false)
  expect(isSwapped(Number.NaN, 113)).toBe(false)
})

test('the box of China has its edges inside', () => {
  const [west, south, east, north] = CHINA_BBOX
  expect(inChinaBbox(west, south)).toBe(true)
  expect(inChinaBbox(east, north)).toBe(true)
  expect(inChinaBbox(east + 1e-9, north)).toBe(false)
  expect(inChinaBbox(Number.NaN, 30)).toBe(false)
})
