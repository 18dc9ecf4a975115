/*
 * Which points lie within a distance of each other along the ground. Points are put on the unit sphere
 * and into a grid of cubes as wide as the chord of the distance, so that every neighbour lies in one of
 * the 27 cubes around; no meridian or pole is special, and nothing is measured in degrees.
 */
import { EARTH_RADIUS_M } from './distance.ts'

/** Rows of indexes, packed: row `i` is `items[starts[i]]` up to `items[starts[i + 1]]`, in any order. */
export interface Lists {
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

/** About 100 m: narrower cubes would be too many to number exactly. */
const leastWidth = 2 ** -16
const mostPairs = 2 ** 26

interface Grid {
  /** Unit vectors, three numbers a point. */
  xyz: Float64Array
  /** The points of each cube, chained: the first one by key, then `next`. */
  first: Map<number, number>
  next: Int32Array
  keyAt: (point: number, dx: number, dy: number, dz: number) => number
}

/**
 * For each point the points within `bandM` metres of it (great circle), itself included: a point
 * without neighbours has a row of one, points at the same place are neighbours. `lon` and `lat` are
 * degrees in EPSG:4326, of equal length.
 * @throws RangeError `band_invalid`, `neighbours_too_many` past 2^26 pairs (a quarter of a GB).
 */
export function neighboursWithin(
  lon: ArrayLike<number>,
  lat: ArrayLike<number>,
  bandM: number,
): Lists {
  const half = bandM / (2 * EARTH_RADIUS_M)
  if (!(bandM > 0) || half >= Math.PI / 4) {
    throw new RangeError(`band_invalid: ${bandM} m, expected more than 0 and less than 10000 km`)
  }
  const chord = 2 * Math.sin(half)
  const grid = gridOf(lon, lat, Math.max(chord, leastWidth))
  const starts = new Uint32Array(lon.length + 1)
  let items = new Uint32Array(Math.max(1024, lon.length * 16))
  let filled = 0
  for (let point = 0; point < lon.length; point++) {
    for (let cube = 0; cube < 27; cube++) {
      const key = grid.keyAt(
        point,
        (cube % 3) - 1,
        (Math.trunc(cube / 3) % 3) - 1,
        Math.trunc(cube / 9) - 1,
      )
      for (let other = grid.first.get(key) ?? -1; other >= 0; other = grid.next[other] ?? -1) {
        if (squaredChord(grid.xyz, point, other) > chord * chord) continue
        if (filled === items.length) items = grown(items)
        items[filled++] = other
      }
    }
    starts[point + 1] = filled
  }
  return { starts, items: items.slice(0, filled) }
}

function gridOf(lon: ArrayLike<number>, lat: ArrayLike<number>, width: number): Grid {
  const xyz = new Float64Array(lon.length * 3)
  const cubes = new Int32Array(lon.length * 3)
  const across = Math.ceil(2 / width) + 3
  const next = new Int32Array(lon.length).fill(-1)
  const first = new Map<number, number>()
  const keyAt = (point: number, dx: number, dy: number, dz: number) => {
    const [x = 0, y = 0, z = 0] = [cubes[point * 3], cubes[point * 3 + 1], cubes[point * 3 + 2]]
    return ((x + dx) * across + y + dy) * across + z + dz
  }
  for (let point = 0; point < lon.length; point++) {
    const [east, north] = [radians(lon[point]), radians(lat[point])]
    xyz[point * 3] = Math.cos(north) * Math.cos(east)
    xyz[point * 3 + 1] = Math.cos(north) * Math.sin(east)
    xyz[point * 3 + 2] = Math.sin(north)
    for (let axis = 0; axis < 3; axis++) {
      cubes[point * 3 + axis] = Math.floor(((xyz[point * 3 + axis] ?? 0) + 1) / width) + 1
    }
    const key = keyAt(point, 0, 0, 0)
    next[point] = first.get(key) ?? -1
    first.set(key, point)
  }
  return { xyz, first, next, keyAt }
}

function squaredChord(xyz: Float64Array, one: number, other: number): number {
  const dx = (xyz[one * 3] ?? 0) - (xyz[other * 3] ?? 0)
  const dy = (xyz[one * 3 + 1] ?? 0) - (xyz[other * 3 + 1] ?? 0)
  const dz = (xyz[one * 3 + 2] ?? 0) - (xyz[other * 3 + 2] ?? 0)
  return dx * dx + dy * dy + dz * dz
}

function grown(items: Uint32Array): Uint32Array<ArrayBuffer> {
  if (items.length >= mostPairs) throw new RangeError('neighbours_too_many: past 2^26 pairs')
  const more = new Uint32Array(Math.min(mostPairs, items.length * 2))
  more.set(items)
  return more
}

const radians = (degrees: number | undefined): number => ((degrees ?? Number.NaN) * Math.PI) / 180
