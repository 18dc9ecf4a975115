/*
 * A round trip and the moves that shorten it: 2-opt (two edges exchanged) and Or-opt (up to three
 * stops in a row moved elsewhere, either way round), tried only where a new edge leads to a near
 * neighbour and is shorter than one that it replaces. Kept as an array that is reversed in pieces.
 */
import type { Random } from './random.ts'

/** A round of `size` places over a flat table of symmetric distances. */
export type RoundTrip = {
  size: number
  distances: Float64Array
  /** The `reach` nearest others of each place, nearest first, `reach` a row. */
  neighbours: Int32Array
  reach: number
  tour: Int32Array
  /** Where each place stands in `tour`. */
  position: Int32Array
  /** Places whose surroundings changed, and a flag for each place in it. */
  queue: number[]
  queued: Uint8Array
  /** First and last position of each piece reversed since it was last emptied, to take back. */
  undo: number[]
}

const segmentMost = 3
const kickMost = 50
// sums of distances differ by rounding; a gain below this is none
export const tolerance = 1e-7

/** Notes that `place` is to be looked at by `settle`. */
export function enqueue(trip: RoundTrip, place: number): void {
  if (trip.queued[place] === 1) return
  trip.queued[place] = 1
  trip.queue.push(place)
}

/** Moves until no queued place has one that shortens the round; returns the change of length, ≤ 0. */
export function settle(trip: RoundTrip): number {
  let change = 0
  for (let place = trip.queue.pop(); place !== undefined; place = trip.queue.pop()) {
    trip.queued[place] = 0
    for (;;) {
      const gain = improve(trip, place)
      if (gain === 0) break
      change -= gain
    }
  }
  return change
}

/**
 * A double bridge of two short pieces that stand one after the other: they change places. Returns
 * the change of length and queues the places at the ends.
 */
export function kick(trip: RoundTrip, stream: Random): number {
  const { size } = trip
  const most = Math.min(kickMost, Math.floor((size - 2) / 2))
  const before = stream.integer(0, size - 1)
  const middle = (before + stream.integer(1, most)) % size
  const end = (middle + stream.integer(1, most)) % size
  const p = at(trip, before)
  const first = at(trip, (before + 1) % size)
  const second = at(trip, middle)
  const third = at(trip, (middle + 1) % size)
  const fourth = at(trip, end)
  const n = at(trip, (end + 1) % size)
  const change =
    span(trip, p, third) +
    span(trip, fourth, first) +
    span(trip, second, n) -
    span(trip, p, first) -
    span(trip, second, third) -
    span(trip, fourth, n)
  moveSegment(trip, first, second, fourth, false)
  for (const place of [p, first, second, third, fourth, n]) enqueue(trip, place)
  return change
}

/** Takes back every reversal noted in `undo`. */
export function takeBack(trip: RoundTrip): void {
  for (let index = trip.undo.length - 2; index >= 0; index -= 2) {
    reversePiece(trip, trip.undo[index] as number, trip.undo[index + 1] as number)
  }
  trip.undo.length = 0
}

/** The first move found that shortens the round at `place`: what it gains, 0 for none. */
function improve(trip: RoundTrip, place: number): number {
  return (
    twoOpt(trip, place, true) ||
    twoOpt(trip, place, false) ||
    orOpt(trip, place, true) ||
    orOpt(trip, place, false)
  )
}

/** Exchanges the edge from `a` to the next (or previous) place and one more: `a` meets a neighbour. */
function twoOpt(trip: RoundTrip, a: number, forward: boolean): number {
  const b = beside(trip, a, forward)
  const old = span(trip, a, b)
  for (let rank = 0; rank < trip.reach; rank++) {
    const c = trip.neighbours[a * trip.reach + rank] as number
    const edge = span(trip, a, c)
    if (edge >= old) return 0
    const d = beside(trip, c, forward)
    const gain = old + span(trip, c, d) - edge - span(trip, b, d)
    if (gain <= tolerance) continue
    if (forward) reverse(trip, b, c)
    else reverse(trip, c, b)
    for (const place of [a, b, c, d]) enqueue(trip, place)
    return gain
  }
  return 0
}

/**
 * Moves one to three places, of which `a` is the first (or, backward, the last), between a
 * neighbour `c` of `a` and a place beside that.
 */
function orOpt(trip: RoundTrip, a: number, forward: boolean): number {
  const before = beside(trip, a, !forward)
  let e = a
  for (let length = 1; length <= segmentMost && length <= trip.size - 3; length++) {
    const after = beside(trip, e, forward)
    const removed = span(trip, before, a) + span(trip, e, after) - span(trip, before, after)
    if (removed > tolerance) {
      const gain = insert(trip, { a, e, before, after, length, forward, removed })
      if (gain > 0) return gain
    }
    e = after
  }
  return 0
}

/** A row of places from `a` to `e` that may be moved, and what stands around it. */
type Segment = {
  a: number
  e: number
  before: number
  after: number
  length: number
  forward: boolean
  removed: number
}

function insert(trip: RoundTrip, segment: Segment): number {
  const { a, e, before, after, removed } = segment
  for (let rank = 0; rank < trip.reach; rank++) {
    const c = trip.neighbours[a * trip.reach + rank] as number
    const edge = span(trip, a, c)
    if (edge >= removed) return 0
    if (within(trip, segment, c)) continue
    for (const side of [true, false]) {
      const d = beside(trip, c, side)
      if (within(trip, segment, d)) continue
      const gain = removed + span(trip, c, d) - edge - span(trip, e, d)
      if (gain <= tolerance) continue
      place(trip, segment, c, d, side)
      for (const changed of [a, e, before, after, c, d]) enqueue(trip, changed)
      return gain
    }
  }
  return 0
}

function within({ position, size }: RoundTrip, segment: Segment, other: number): boolean {
  const from = position[segment.a] as number
  const to = position[other] as number
  const ahead = segment.forward ? to - from : from - to
  return (ahead < 0 ? ahead + size : ahead) < segment.length
}

/** Puts the segment between `c` and `d`, the place after `c` (`side`) or before it, `a` beside `c`. */
function place(trip: RoundTrip, segment: Segment, c: number, d: number, side: boolean): void {
  const first = segment.forward ? segment.a : segment.e
  const last = segment.forward ? segment.e : segment.a
  // after the move the row stands turned round where `first` is to meet the later of the two
  const target = side ? c : d
  const firstMeetsTarget = (first === segment.a) === side
  moveSegment(trip, first, last, target, !firstMeetsTarget)
}

/**
 * Moves the row from `first` on to `last` behind `target`, straight (`first` beside `target`) or
 * turned round, by two or three reversals.
 */
function moveSegment(
  trip: RoundTrip,
  first: number,
  last: number,
  target: number,
  turned: boolean,
): void {
  const before = beside(trip, first, false)
  const after = beside(trip, last, true)
  const behind = beside(trip, target, true)
  reverse(trip, first, target)
  reverseBeside(trip, before, target, after)
  if (!turned) reverseBeside(trip, behind, first, last)
}

/** Reverses the row from `near`, which stands beside `outside`, to `far`. */
function reverseBeside(trip: RoundTrip, outside: number, near: number, far: number): void {
  if (beside(trip, outside, true) === near) reverse(trip, near, far)
  else reverse(trip, far, near)
}

/** Reverses the row from `from` on to `to`, or all the others: the round is the same. */
function reverse(trip: RoundTrip, from: number, to: number): void {
  const { position, size } = trip
  let first = position[from] as number
  let last = position[to] as number
  const length = last - first + (last < first ? size : 0) + 1
  if (length * 2 > size) {
    const swap = first
    first = last + 1 === size ? 0 : last + 1
    last = swap === 0 ? size - 1 : swap - 1
  }
  trip.undo.push(first, last)
  reversePiece(trip, first, last)
}

function reversePiece({ tour, position, size }: RoundTrip, from: number, to: number): void {
  let first = from
  let last = to
  const length = last - first + (last < first ? size : 0) + 1
  for (let swaps = length >> 1; swaps > 0; swaps--) {
    const a = tour[first] as number
    const b = tour[last] as number
    tour[first] = b
    position[b] = first
    tour[last] = a
    position[a] = last
    first = first + 1 === size ? 0 : first + 1
    last = last === 0 ? size - 1 : last - 1
  }
}

function beside({ tour, position, size }: RoundTrip, place: number, forward: boolean): number {
  const index = position[place] as number
  if (forward) return tour[index + 1 === size ? 0 : index + 1] as number
  return tour[index === 0 ? size - 1 : index - 1] as number
}

function at(trip: RoundTrip, index: number): number {
  return trip.tour[index] as number
}

function span(trip: RoundTrip, from: number, to: number): number {
  return trip.distances[from * trip.size + to] as number
}
