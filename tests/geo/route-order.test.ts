import fc from 'fast-check'
import { nearestNeighbourOrder, routeOrder } from 'geo/route-order'
import { describe, expect, test } from 'vitest'
import { tsplib } from '../support/tsplib.ts'

type Table = number[][]

const points = (min: number, max: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
      minLength: min,
      maxLength: max,
    })
    .map((all) => all.map(([x, y]) => all.map(([u, v]) => Math.hypot(x - u, y - v))))

const lengthOf = (table: Table, order: number[], closed: boolean): number =>
  order.reduce((sum, stop, index) => {
    const next = order[index + 1] ?? (closed ? order[0] : undefined)
    return sum + (next === undefined ? 0 : (table[stop]?.[next] ?? Number.NaN))
  }, 0)

/** The shortest length by trying every order. */
function shortest(table: Table, start: number, closed: boolean): number {
  const visit = (from: number, left: number[], soFar: number): number => {
    if (left.length === 0) return soFar + (closed ? (table[from]?.[start] ?? 0) : 0)
    return Math.min(
      ...left.map((stop) =>
        visit(
          stop,
          left.filter((other) => other !== stop),
          soFar + (table[from]?.[stop] ?? 0),
        ),
      ),
    )
  }
  const others = [...table.keys()].filter((stop) => stop !== start)
  return visit(start, others, 0)
}

describe('the published instances', () => {
  const instances = tsplib().filter(({ distances }) => distances.length <= 105)

  test.each(instances)('$name is visited in the shortest order, whatever the seed', (instance) => {
    for (const seed of ['a', 'b']) {
      const { order, length } = routeOrder(instance.distances, { closed: true, seed, rounds: 5000 })
      expect(lengthOf(instance.distances, order, true)).toBe(length)
      if (instance.distances.length <= 52) expect(length).toBe(instance.optimum)
      expect(length / instance.optimum).toBeLessThanOrEqual(1.01)
    }
  })
})

describe('any stops', () => {
  const asked = { rounds: 200 }

  test('each is visited once, from the start, never longer than always to the nearest', () => {
    fc.assert(
      fc.property(points(1, 40), fc.boolean(), fc.nat(), (table, closed, draw) => {
        const start = draw % table.length
        const { order, length } = routeOrder(table, { ...asked, closed, start })
        expect(order[0]).toBe(start)
        expect(order.toSorted((a, b) => a - b)).toEqual([...table.keys()])
        expect(length).toBeCloseTo(lengthOf(table, order, closed), 6)
        const nearest = lengthOf(table, nearestNeighbourOrder(table, start), closed)
        expect(length).toBeLessThanOrEqual(nearest + 1e-6)
      }),
    )
  })

  test('few of them in the shortest order of all, as a round and as a path', () => {
    fc.assert(
      fc.property(points(1, 7), fc.boolean(), fc.nat(), (table, closed, draw) => {
        const start = draw % table.length
        const { length } = routeOrder(table, { ...asked, closed, start })
        expect(length).toBeCloseTo(shortest(table, start, closed), 6)
      }),
    )
  })

  test('the same seed gives the same order; a caller may end the search', () => {
    const table = tsplib().find(({ name }) => name === 'kroA100')?.distances ?? []
    const once = routeOrder(table, { closed: false, start: 7, seed: '2023-05-31', rounds: 1000 })
    const again = routeOrder(table, { closed: false, start: 7, seed: '2023-05-31', rounds: 1000 })
    expect(again).toEqual(once)
    const ended = routeOrder(table, { closed: false, start: 7, stop: () => true })
    expect(ended.length).toBeGreaterThan(once.length)
  })
})

test.each([
  [[[0, 1]], 0, 'distances_not_square'],
  [
    [
      [0, 1],
      [2, 0],
    ],
    0,
    'distances_not_symmetric',
  ],
  [
    [
      [0, -1],
      [-1, 0],
    ],
    0,
    'distance_invalid',
  ],
  [
    [
      [0, Number.NaN],
      [Number.NaN, 0],
    ],
    0,
    'distance_invalid',
  ],
  [[[0]], 1, 'start_unknown'],
])('%j from %i is refused: %s', (table, start, code) => {
  expect(() => routeOrder(table as Table, { closed: true, start: start as number })).toThrow(
    code as string,
  )
})
