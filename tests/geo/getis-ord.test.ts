import fc from 'fast-check'
import { getisOrd, getisOrdStar } from 'geo/getis-ord'
import type { Lists } from 'geo/neighbours'
import { describe, expect, test } from 'vitest'
import { gridPlaces, gridValues } from './getis-ord-grid.ts'

type Place = readonly [x: number, y: number]

/** Neighbours within a distance on the plane, itself included. */
function planar(places: readonly Place[], band: number): Lists {
  return listsOf(
    places.map(([x, y]) =>
      places.flatMap(([ox, oy], at) => (Math.hypot(x - ox, y - oy) <= band ? [at] : [])),
    ),
  )
}

function listsOf(rows: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(rows.length + 1)
  for (const [at, row] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + row.length
  return { starts, items: Uint32Array.from(rows.flat()) }
}

const six: Place[] = [
  [10, 10],
  [20, 10],
  [40, 10],
  [15, 20],
  [30, 20],
  [30, 30],
]
const sixValues = [2, 3, 3.2, 5, 8, 7]

describe('golden values', () => {
  test('esda’s six points within 15, to 1e-7', () => {
    const lists = planar(six, 15)
    const gi = [-1.0136729, -0.0436159, 1.315587, -0.3141268, 1.1537399, 1.7783394]
    const star = [-1.3972763, -0.2891776, 0.6506496, -0.2891776, 1.2345209, 2.0242433]
    for (const [at, z] of getisOrd(sixValues, lists).entries())
      expect(z).toBeCloseTo(gi[at] ?? 0, 7)
    for (const [at, z] of getisOrdStar(sixValues, lists).entries()) {
      expect(Math.abs(z - (star[at] ?? 0))).toBeLessThan(1e-7)
    }
  })

  test('the grid of Getis & Ord 1996 at 210, 210, to 1e-5', () => {
    const at = gridPlaces.findIndex(([x, y]) => x === 210 && y === 210)
    const bands = [30, 60, 90, 120, 150]
    const gi = [1.221979, 1.748098, 1.986135, 1.893374, 1.237454]
    const star = [1.45078, 1.900559, 2.096939, 1.981907, 1.306698]
    for (const [place, band] of bands.entries()) {
      const lists = planar(gridPlaces, band)
      expect(getisOrd(gridValues, lists)[at]).toBeCloseTo(gi[place] ?? 0, 5)
      expect(getisOrdStar(gridValues, lists)[at]).toBeCloseTo(star[place] ?? 0, 5)
    }
    const book = getisOrdStar(gridValues, planar(gridPlaces, 30), { variance: 'n-1' })
    expect(book[at]).toBeCloseTo(1.447944, 5)
  })
})

describe('what must not matter', () => {
  const cities = fc
    .array(
      fc.record({
        x: fc.integer({ min: 0, max: 30 }),
        y: fc.integer({ min: 0, max: 30 }),
        value: fc.integer({ min: 0, max: 40 }),
        weight: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 4, maxLength: 40 },
    )
    .filter((rows) => new Set(rows.map(({ value }) => value)).size > 1)
  const starOf = (rows: { x: number; y: number; value: number; weight: number }[], scale = 1) =>
    getisOrdStar(
      rows.map(({ value }) => value),
      planar(
        rows.map(({ x, y }) => [x, y]),
        8,
      ),
      { weights: rows.map(({ weight }) => weight * scale) },
    )

  test('the unit of the weights, the unit and origin of the values', () => {
    fc.assert(
      fc.property(cities, fc.double({ min: 0.01, max: 1000, noNaN: true }), (rows, factor) => {
        const plain = starOf(rows)
        const moved = rows.map((row) => ({ ...row, value: row.value * 3 + 7 }))
        for (const other of [starOf(rows, factor), starOf(moved)]) {
          for (const [at, z] of other.entries()) expect(z).toBeCloseTo(plain[at] ?? 0, 6)
        }
      }),
    )
  })

  test('the order of the rows', () => {
    fc.assert(
      fc.property(cities, (rows) => {
        const backwards = starOf(rows.toReversed()).toReversed()
        for (const [at, z] of starOf(rows).entries()) expect(backwards[at]).toBeCloseTo(z, 9)
      }),
    )
  })

  test('neither is a number of nothing: all alike, no neighbours, the whole map', () => {
    expect([...getisOrdStar([5, 5, 5], planar(six.slice(0, 3), 15))]).toEqual([0, 0, 0])
    expect([...getisOrd([1, 2, 3], listsOf([[0], [1], [2]]))]).toEqual([0, 0, 0])
    expect([...getisOrdStar([1, 2, 3], listsOf([[0, 1, 2], [], [2]]))].slice(0, 2)).toEqual([0, 0])
  })
})
