/*
 * The first place where the rings of one polygon meet in a way that OGC simple features forbid.
 * Segments are looked up by box in a packed R-tree (flatbush) and compared with exact orientation
 * tests (robust-predicates), so rounding neither hides nor invents a crossing. About n log n for
 * drawn shapes; a budget of comparisons bounds the shapes that are made to be slow.
 */
import Flatbush from 'flatbush'
import { orient2d } from 'robust-predicates'
import type { PolygonCoordinates } from './geojson.ts'
import type { Position } from './position.ts'

/** One end of a meeting: the segment that starts at a vertex of a ring. */
export type SegmentRef = { readonly ring: number; readonly vertex: number }

export type Meeting =
  | { readonly kind: 'meets'; readonly one: SegmentRef; readonly other: SegmentRef }
  | { readonly kind: 'over-budget'; readonly comparisons: number }

type Segment = SegmentRef & {
  readonly from: Position
  readonly to: Position
  /** place among the ring's segments of some length, and how many these are */
  readonly order: number
  readonly count: number
}

/**
 * Two segments that must not meet, or undefined. Within a ring, segments that are not neighbours
 * share no point and neighbours do not fold back on each other; segments of different rings may
 * touch in a point but neither cross nor overlap. Repeated vertices are ignored. Rings are closed.
 * `budget` is the most pairs compared, by default 100,000 + 10 per segment: drawn outlines
 * need 2 to 4, and 200,000 segments stop within seconds.
 */
export function selfIntersection(rings: PolygonCoordinates, budget?: number): Meeting | undefined {
  const segments = segmentsOf(rings)
  if (segments.length === 0) return undefined
  const limit = budget ?? 100_000 + 10 * segments.length
  const index = indexOf(segments)
  let comparisons = 0
  let meeting: Meeting | undefined
  for (const [place, one] of segments.entries()) {
    const [west, south, east, north] = boxOf(one)
    index.collides(west, south, east, north, (otherPlace) => {
      const other = segments[otherPlace]
      if (otherPlace <= place || !other) return false
      comparisons++
      if (comparisons > limit) meeting = { kind: 'over-budget', comparisons: limit }
      else if (isForbidden(one, other)) meeting = { kind: 'meets', one, other }
      return meeting !== undefined
    })
    if (meeting) return meeting
  }
  return undefined
}

function segmentsOf(rings: PolygonCoordinates): Segment[] {
  const segments: Segment[] = []
  for (const [ring, positions] of rings.entries()) {
    const starts = positions.flatMap((from, vertex) => {
      const to = positions[vertex + 1]
      return to && (to[0] !== from[0] || to[1] !== from[1]) ? [{ ring, vertex, from, to }] : []
    })
    for (const [order, start] of starts.entries()) {
      segments.push({ ...start, order, count: starts.length })
    }
  }
  return segments
}

function indexOf(segments: readonly Segment[]): Flatbush {
  const index = new Flatbush(segments.length)
  for (const segment of segments) index.add(...boxOf(segment))
  index.finish()
  return index
}

function boxOf({ from, to }: Segment): [west: number, south: number, east: number, north: number] {
  return [
    Math.min(from[0], to[0]),
    Math.min(from[1], to[1]),
    Math.max(from[0], to[0]),
    Math.max(from[1], to[1]),
  ]
}

function isForbidden(one: Segment, other: Segment): boolean {
  if (one.ring !== other.ring) {
    const contact = contactOf(one, other)
    return contact === 'cross' || contact === 'overlap'
  }
  const gap = other.order - one.order
  if (gap === 1) return foldsBack(one.from, one.to, other.to)
  if (gap === one.count - 1) return foldsBack(other.from, other.to, one.to)
  return contactOf(one, other) !== 'none'
}

/** Whether a path from → corner → to returns along the line it came on. */
function foldsBack(from: Position, corner: Position, to: Position): boolean {
  if (turn(from, corner, to) !== 0) return false
  const dot =
    (from[0] - corner[0]) * (to[0] - corner[0]) + (from[1] - corner[1]) * (to[1] - corner[1])
  return dot > 0
}

function contactOf(one: Segment, other: Segment): 'none' | 'touch' | 'cross' | 'overlap' {
  const otherFrom = turn(one.from, one.to, other.from)
  const otherTo = turn(one.from, one.to, other.to)
  if (otherFrom * otherTo > 0) return 'none'
  const oneFrom = turn(other.from, other.to, one.from)
  const oneTo = turn(other.from, other.to, one.to)
  if (otherFrom * otherTo < 0 && oneFrom * oneTo < 0) return 'cross'
  if (otherFrom === 0 && otherTo === 0) return contactOnLine(one, other)
  const touches =
    (otherFrom === 0 && isInBox(other.from, one)) ||
    (otherTo === 0 && isInBox(other.to, one)) ||
    (oneFrom === 0 && isInBox(one.from, other)) ||
    (oneTo === 0 && isInBox(one.to, other))
  return touches ? 'touch' : 'none'
}

/** The contact of two segments on one line, measured along the axis on which the first is longer. */
function contactOnLine(one: Segment, other: Segment): 'none' | 'touch' | 'overlap' {
  const [west, south, east, north] = boxOf(one)
  const [otherWest, otherSouth, otherEast, otherNorth] = boxOf(other)
  const shared =
    east - west > north - south
      ? Math.min(east, otherEast) - Math.max(west, otherWest)
      : Math.min(north, otherNorth) - Math.max(south, otherSouth)
  if (shared > 0) return 'overlap'
  return shared === 0 ? 'touch' : 'none'
}

/** Exact sign of the turn a → b → c: −1, 0 or 1. */
function turn(a: Position, b: Position, c: Position): number {
  return Math.sign(orient2d(a[0], a[1], b[0], b[1], c[0], c[1]))
}

function isInBox(at: Position, segment: Segment): boolean {
  const [west, south, east, north] = boxOf(segment)
  return at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north
}
