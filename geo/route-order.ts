/*
 * In which order to visit stops: the travelling salesman over a table of distances. Iterated local
 * search (Lourenço, Martin and Stützle 2003): 2-opt and Or-opt over each stop's nearest neighbours
 * with a queue of stops to look at (Bentley 1992), kicked by double bridges of short segments
 * (Martin, Otto and Felten 1991), a kick being undone where it does not pay.
 */
import { random } from './random.ts'
import { enqueue, kick, type RoundTrip, settle, takeBack, tolerance } from './round-trip.ts'

/** What is asked beside the distances. */
export type RouteQuestion = {
  /** Back to the first stop (a round), or ending anywhere (a path). */
  closed: boolean
  /** Index of the first stop; 0 unless said. */
  start?: number
  /** The same seed gives the same order. */
  seed?: string
  /** How many kicks to try; 10,000 unless said, some 0.1 s for 100 stops. */
  rounds?: number
  /** Asked every 256 kicks; true ends the search with the best order so far. */
  stop?: () => boolean
}

/** An order of all stops, its first one first, and its length (with the way back where closed). */
export type Route = { order: number[]; length: number }

const reachMost = 10
const defaultRounds = 10_000

/**
 * The shortest order found of the stops of a symmetric table of distances (any one unit, ≥ 0),
 * beginning with `start`. Never longer than always going to the nearest stop. Up to some 50 stops
 * it is the shortest there is on all published instances that were tried (tests/bench/route.bench.ts).
 * Throws RangeError on a table that is not square, symmetric, finite and ≥ 0, or an unknown start.
 */
export function routeOrder(
  distances: readonly (readonly number[])[],
  question: RouteQuestion,
): Route {
  const start = question.start ?? 0
  checkDistances(distances, start)
  const nearest = nearestNeighbourOrder(distances, start)
  if (distances.length < 4) return routeOf(distances, nearest, question.closed)
  const search = searchFrom(distances, nearest, question.closed)
  iterate(search, question)
  return routeOf(distances, orderOf(search, start, question.closed), question.closed)
}

/** From `start` always on to the nearest stop not yet visited; ties go to the lower index. */
export function nearestNeighbourOrder(
  distances: readonly (readonly number[])[],
  start: number,
): number[] {
  const order = [start]
  const left = new Set(distances.keys())
  left.delete(start)
  let from = start
  while (left.size > 0) {
    let next = -1
    for (const stop of left) {
      if (next < 0 || cell(distances, from, stop) < cell(distances, from, next)) next = stop
    }
    left.delete(next)
    order.push(next)
    from = next
  }
  return order
}

function routeOf(
  distances: readonly (readonly number[])[],
  order: number[],
  closed: boolean,
): Route {
  let length = 0
  for (let index = 1; index < order.length; index++) {
    length += cell(distances, order[index - 1] as number, order[index] as number)
  }
  if (closed) length += cell(distances, order.at(-1) as number, order[0] as number)
  return { order, length }
}

function cell(distances: readonly (readonly number[])[], from: number, to: number): number {
  return distances[from]?.[to] as number
}

function checkDistances(distances: readonly (readonly number[])[], start: number): void {
  const size = distances.length
  if (!Number.isInteger(start) || start < 0 || start >= size) {
    throw new RangeError(`start_unknown: no stop ${start} among ${size}`)
  }
  for (const [from, row] of distances.entries()) {
    if (row.length !== size) {
      throw new RangeError(`distances_not_square: row ${from} has ${row.length} of ${size} columns`)
    }
    for (const [to, value] of row.entries()) {
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
        throw new RangeError(`distance_invalid: ${value} from ${from} to ${to}, expected 0 or more`)
      }
      if (value !== distances[to]?.[from]) {
        throw new RangeError(`distances_not_symmetric: from ${from} to ${to} and back differ`)
      }
    }
  }
}

/**
 * A path is a round through one place more, as far from every stop but next to the first one: the
 * round is cut there.
 */
function searchFrom(
  distances: readonly (readonly number[])[],
  order: number[],
  closed: boolean,
): RoundTrip {
  const stops = distances.length
  const size = closed ? stops : stops + 1
  const flat = new Float64Array(size * size)
  let longest = 0
  for (let from = 0; from < stops; from++) {
    for (let to = 0; to < stops; to++) {
      flat[from * size + to] = cell(distances, from, to)
      longest = Math.max(longest, cell(distances, from, to))
    }
  }
  const tour = Int32Array.from(closed ? order : [...order, stops])
  if (!closed) {
    // lower than anything that its two edges could save together, so that no move parts the two
    const bound = -2 * longest - 1
    flat[stops * size + (order[0] as number)] = bound
    flat[(order[0] as number) * size + stops] = bound
  }
  const position = new Int32Array(size)
  for (const [index, stop] of tour.entries()) position[stop] = index
  const reach = Math.min(reachMost, size - 1)
  const neighbours = nearestOf(flat, size, reach)
  const queued = new Uint8Array(size)
  return { size, distances: flat, neighbours, reach, tour, position, queue: [], queued, undo: [] }
}

/** For each place its `reach` nearest others, nearest first, `reach` a row. */
function nearestOf(distances: Float64Array, size: number, reach: number): Int32Array {
  const neighbours = new Int32Array(size * reach)
  for (let place = 0; place < size; place++) {
    const row = distances.subarray(place * size, (place + 1) * size)
    const others = Array.from({ length: size }, (_, other) => other).filter((o) => o !== place)
    others.sort((a, b) => (row[a] as number) - (row[b] as number) || a - b)
    neighbours.set(others.slice(0, reach), place * reach)
  }
  return neighbours
}

/** The stops in the search's order, from `start`; a path away from the dummy beside it. */
function orderOf({ tour, size, position }: RoundTrip, start: number, closed: boolean): number[] {
  const at = position[start] as number
  const forward = closed || tour[(at + 1) % size] !== size - 1
  const step = forward ? 1 : size - 1
  const order: number[] = []
  for (let index = 0; index < (closed ? size : size - 1); index++) {
    order.push(tour[(at + index * step) % size] as number)
  }
  return order
}

function iterate(search: RoundTrip, question: RouteQuestion): void {
  const stream = random(question.seed ?? 'route')
  for (const stop of search.tour) enqueue(search, stop)
  settle(search)
  if (search.size < 5) return
  const rounds = question.rounds ?? defaultRounds
  for (let round = 0; round < rounds; round++) {
    if (round % 256 === 0 && question.stop?.()) return
    search.undo.length = 0
    const change = kick(search, stream) + settle(search)
    if (change > tolerance) takeBack(search)
  }
}
