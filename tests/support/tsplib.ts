import { readFileSync } from 'node:fs'

/** A published instance of the travelling salesman, as a table of distances, and its proven optimum. */
export type Instance = { name: string; optimum: number; distances: number[][] }

type Kept = {
  name: string
  kind: 'geo' | 'euc_2d' | 'att' | 'lower' | 'upper'
  optimum: number
  numbers: number[]
}

/** The instances of tests/fixtures/tsplib.json, with distances as TSPLIB 95 defines them. */
export function tsplib(): Instance[] {
  const file = new URL('../fixtures/tsplib.json', import.meta.url)
  const { instances } = JSON.parse(readFileSync(file, 'utf8')) as { instances: Kept[] }
  return instances.map((kept) => ({
    name: kept.name,
    optimum: kept.optimum,
    distances: kept.kind === 'lower' || kept.kind === 'upper' ? given(kept) : computed(kept),
  }))
}

/** A symmetric table from one of its triangles, by rows; the lower one has the diagonal. */
function given({ kind, numbers }: Kept): number[][] {
  const diagonal = kind === 'lower' ? -1 : 1
  const size = (Math.sqrt(8 * numbers.length + 1) + diagonal) / 2
  const table = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  let read = 0
  for (const [row, cells] of table.entries()) {
    const columns = kind === 'lower' ? [0, row + 1] : [row + 1, size]
    for (let column = columns[0] ?? 0; column < (columns[1] ?? 0); column++) {
      const value = numbers[read++] ?? Number.NaN
      cells[column] = value
      const mirror = table[column]
      if (mirror) mirror[row] = value
    }
  }
  return table
}

function computed({ kind, numbers }: Kept): number[][] {
  const points = Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] ?? Number.NaN,
    numbers[2 * index + 1] ?? Number.NaN,
  ])
  return points.map(([x = 0, y = 0], from) =>
    points.map(([u = 0, v = 0], to) => {
      if (from === to) return 0
      if (kind === 'geo') return geographical(x, y, u, v)
      if (kind === 'att') return Math.ceil(Math.sqrt(((x - u) ** 2 + (y - v) ** 2) / 10))
      return Math.round(Math.hypot(x - u, y - v))
    }),
  )
}

/** TSPLIB's GEO: coordinates in degrees and minutes (ddd.mm), a sphere of 6378.388 km, whole km. */
function geographical(lat: number, lon: number, otherLat: number, otherLon: number): number {
  const [x, y, u, v] = [lat, lon, otherLat, otherLon].map(radians) as [
    number,
    number,
    number,
    number,
  ]
  const q = Math.cos(y - v)
  const cos = 0.5 * ((1 + q) * Math.cos(x - u) - (1 - q) * Math.cos(x + u))
  return Math.trunc(6378.388 * Math.acos(cos) + 1)
}

function radians(value: number): number {
  const degrees = Math.trunc(value)
  // the published optima rest on this value of pi
  return (3141592e-6 * (degrees + (5 * (value - degrees)) / 3)) / 180
}
