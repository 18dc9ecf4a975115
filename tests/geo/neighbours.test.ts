import fc from 'fast-check'
import { distanceM } from 'geo/distance'
import { neighboursWithin } from 'geo/neighbours'
import { expect, test } from 'vitest'

type Place = [lon: number, lat: number]

const rowsOf = (places: Place[], bandM: number): number[][] => {
  const [lon, lat] = [places.map((place) => place[0]), places.map((place) => place[1])]
  const { starts, items } = neighboursWithin(lon, lat, bandM)
  return places.map((_, at) =>
    [...items.subarray(starts[at], starts[at + 1])].sort((a, b) => a - b),
  )
}
/** Pairs so near the edge that rounding decides are nobody's claim. */
const isAtEdge = (one: Place, other: Place, bandM: number) =>
  Math.abs(distanceM(one, other) - bandM) < 1e-3

test('as the distance of every pair says, anywhere on earth', () => {
  const near = (lon: number, lat: number) =>
    fc.tuple(
      fc.double({ min: -0.3, max: 0.3, noNaN: true }).map((by) => lon + by),
      fc.double({ min: -0.3, max: 0.3, noNaN: true }).map((by) => lat + by),
    )
  const centres: Place[] = [
    [113.1, 27.8],
    [179.9, 0],
    [20, 89.6],
    [-179.9, -45],
  ]
  const city = fc
    .constantFrom(...centres)
    .chain(([lon, lat]) => fc.array(near(lon, Math.min(lat, 89.7)), { maxLength: 40 }))
  fc.assert(
    fc.property(city, fc.integer({ min: 10, max: 60_000 }), (places, bandM) => {
      for (const [at, row] of rowsOf(places, bandM).entries()) {
        const one = places[at] as Place
        const expected = places.flatMap((other, index) =>
          distanceM(one, other) <= bandM && !isAtEdge(one, other, bandM) ? [index] : [],
        )
        const found = row.filter((index) => !isAtEdge(one, places[index] as Place, bandM))
        expect(found).toEqual(expected)
      }
    }),
  )
})

test('points at the same place are neighbours, and one without any has itself', () => {
  const here: Place = [113.1, 27.8]
  expect(rowsOf([here, [114, 27], here], 1000)).toEqual([[0, 2], [1], [0, 2]])
  expect(rowsOf([], 1000)).toEqual([])
})

test('a band that is none is refused', () => {
  for (const bandM of [0, -1, Number.NaN, 2e7]) {
    expect(() => neighboursWithin([113], [27], bandM)).toThrow('band_invalid')
  }
})
