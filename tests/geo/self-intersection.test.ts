import fc from 'fast-check'
import type { PolygonCoordinates } from 'geo/geojson'
import type { Position } from 'geo/position'
import { random } from 'geo/random'
import { selfIntersection } from 'geo/self-intersection'
import { describe, expect, test } from 'vitest'
import { box, star } from './shapes.ts'

const BOW_TIE: Position[] = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 1],
  [0, 0],
]

describe('allowed', () => {
  test.each<{ name: string; rings: PolygonCoordinates }>([
    { name: 'nothing', rings: [] },
    { name: 'a box', rings: [box(0, 0, 1, 1)] },
    { name: 'repeated vertices', rings: [box(0, 0, 1, 1).flatMap((at) => [at, at, at])] },
    { name: 'a hole', rings: [box(0, 0, 3, 3), box(1, 1, 2, 2)] },
    {
      name: 'a hole that touches the shell in a point',
      rings: [
        box(0, 0, 3, 3),
        [
          [0, 1],
          [1, 1],
          [1, 2],
          [0, 1],
        ],
      ],
    },
    {
      name: 'vertices on a straight edge',
      rings: [
        [
          [0, 0],
          [1, 0],
          [2, 0],
          [2, 1],
          [0, 1],
          [0, 0],
        ],
      ],
    },
  ])('$name', ({ rings }) => {
    expect(selfIntersection(rings)).toBeUndefined()
  })

  test('a rough circle of 20,000 vertices', () => {
    const draws = random('star')
    const ring = star([113, 27], 20_000, () => draws.uniform(0.9995, 1))
    expect(selfIntersection([ring])).toBeUndefined()
  })
})

describe('forbidden', () => {
  test.each<{ name: string; rings: PolygonCoordinates; one: string; other: string }>([
    { name: 'a bow tie', rings: [BOW_TIE], one: '0/0', other: '0/2' },
    {
      name: 'a spike',
      rings: [
        [
          [0, 0],
          [2, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
      one: '0/0',
      other: '0/1',
    },
    {
      name: 'a spike at the seam',
      rings: [
        [
          [2, 0],
          [3, 0],
          [3, 1],
          [0, 1],
          [0, 0],
          [4, 0],
          [2, 0],
        ],
      ],
      one: '0/0',
      other: '0/4',
    },
    {
      name: 'two loops that touch in a vertex',
      rings: [
        [
          [0, 0],
          [1, 1],
          [0, 2],
          [2, 2],
          [1, 1],
          [2, 0],
          [0, 0],
        ],
      ],
      one: '0/0',
      other: '0/3',
    },
    {
      name: 'a hole that crosses the shell',
      rings: [box(0, 0, 2, 2), box(1, 1, 3, 1.5)],
      one: '0/1',
      other: '1/0',
    },
    {
      name: 'a hole that shares part of an edge',
      rings: [box(0, 0, 3, 3), box(0, 1, 1, 2)],
      one: '0/3',
      other: '1/3',
    },
  ])('$name', ({ rings, one, other }) => {
    const meeting = selfIntersection(rings)
    expect(meeting?.kind).toBe('meets')
    if (meeting?.kind !== 'meets') return
    expect(`${meeting.one.ring}/${meeting.one.vertex}`).toBe(one)
    expect(`${meeting.other.ring}/${meeting.other.vertex}`).toBe(other)
  })

  test('a crossing far below what rounded orientation tests can see', () => {
    // the tip passes the opposite edge by one step of a double
    const tip = 1 + 2 ** -52
    const past: Position[] = [
      [0, 0],
      [1, 0],
      [1, 3],
      [0, 3],
      [0, 2],
      [tip, 1.5],
      [0, 1],
      [0, 0],
    ]
    expect(selfIntersection([past])?.kind).toBe('meets')
    const before = past.map((at): Position => (at[0] === tip ? [1 - 2 ** -53, 1.5] : at))
    expect(selfIntersection([before])).toBeUndefined()
  })
})

test('agrees with comparing every pair, on random rings of a small grid', () => {
  const coordinate = fc.integer({ min: 0, max: 6 })
  const ring = fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 7 })
    .map((open): Position[] => open.concat(open.slice(0, 1)))
  fc.assert(
    fc.property(ring, (positions) => {
      const found = selfIntersection([positions]) !== undefined
      expect(found).toBe(!isSimple(positions))
    }),
    { numRuns: 3000 },
  )
})

test('a ring made to be slow is given up within its budget', () => {
  // a comb on the diagonal: every box overlaps every other
  const teeth = Array.from({ length: 2000 }, (_, index): Position[] => [
    [index * 1e-5, -index * 1e-5],
    [10 + index * 1e-5 + 0.5e-5, 10 - index * 1e-5 - 0.5e-5],
  ]).flat()
  const ring: Position[] = [...teeth, [-1, -1], ...teeth.slice(0, 1)]
  expect(selfIntersection([ring], 10_000)).toEqual({ kind: 'over-budget', comparisons: 10_000 })
})

/** Whether a ring on whole numbers is simple, by every pair of its points and exact integers. */
function isSimple(ring: readonly Position[]): boolean {
  const corners = ring.filter((at, index) => {
    const before = ring[index - 1]
    return !before || before[0] !== at[0] || before[1] !== at[1]
  })
  const edges = corners.slice(1).map((to, index) => ({ from: corners[index] ?? to, to }))
  return edges.every((one, place) =>
    edges.slice(place + 1).every((other, further) => {
      const shared = sharedPoints(one, other)
      const joints = [
        ...(further === 0 ? [one.to] : []),
        ...(place === 0 && further === edges.length - 2 ? [one.from] : []),
      ]
      return shared !== 'many' && shared.every((at) => joints.some((joint) => same(at, joint)))
    }),
  )
}

type Edge = { from: Position; to: Position }

/** The points that two edges share, by Cramer's rule; those of a proper crossing are fractions. */
function sharedPoints(one: Edge, other: Edge): Position[] | 'many' {
  const ax = one.to[0] - one.from[0]
  const ay = one.to[1] - one.from[1]
  const bx = other.to[0] - other.from[0]
  const by = other.to[1] - other.from[1]
  const cx = other.from[0] - one.from[0]
  const cy = other.from[1] - one.from[1]
  const determinant = ax * by - ay * bx
  if (determinant !== 0) {
    const t = (cx * by - cy * bx) / determinant
    const u = (cx * ay - cy * ax) / determinant
    if (t < 0 || t > 1 || u < 0 || u > 1) return []
    if (t === 0) return [one.from]
    if (t === 1) return [one.to]
    return [[one.from[0] + t * ax, one.from[1] + t * ay]]
  }
  if (ax * cy - ay * cx !== 0) return []
  const length = ax * ax + ay * ay
  const start = (cx * ax + cy * ay) / length
  const end = start + (bx * ax + by * ay) / length
  const least = Math.max(0, Math.min(start, end))
  const most = Math.min(1, Math.max(start, end))
  if (least > most) return []
  if (least < most) return 'many'
  return [least === 0 ? one.from : one.to]
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
