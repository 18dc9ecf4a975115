/*
 * Where a measure concentrates beyond chance: Gi* at each site, the chance of as much among shuffles of
 * the same values, corrected over the map's own sites. The same function runs in the page's worker and
 * on the server, so both say the same.
 */
import { falseDiscovery } from './false-discovery.ts'
import { getisOrdStar } from './getis-ord.ts'
import { type Cells, cellsOf, middleOf, pointsAround, ringsAround } from './h3-cell.ts'
import { type Lists, neighboursWithin } from './neighbours.ts'
import { normalTail } from './normal-tail.ts'
import { shuffleTail } from './shuffle-tail.ts'

/** Points with a measure: columns of equal length, degrees of EPSG:4326. */
export interface HotspotPoints {
  /** Number of each point; the sites of basis `project` are named by it. */
  id: ArrayLike<number>
  lon: ArrayLike<number>
  lat: ArrayLike<number>
  /** Not negative: 0 is on time. */
  value: ArrayLike<number>
  /** What each point weighs, not negative; without: one each. */
  weight?: ArrayLike<number> | undefined
}

export interface HotspotTerms {
  basis: 'cell' | 'project'
  /** Of the cells, and how many rings of cells around one count for it. */
  resolution: number
  rings: number
  /** Distance of neighbours on basis `project`. */
  bandKm: number
  /** Points around a site below which it is not judged; in all, below which nothing is. */
  minimum: number
  leastTotal: number
  q: number
}

/** Which points count for which site, whatever their values. */
export interface HotspotFrame {
  /** H3 index, or the point's number. */
  ids: string[]
  lon: Float64Array
  lat: Float64Array
  /** Points of the site itself, and those with which it is judged, itself included. */
  inside: Lists
  around: Lists
  /** Sites that adjoin each site, itself included. */
  beside: Lists
}

export interface HotspotSites {
  /** False where there are too few points, or all values are alike: no site is judged. */
  enough: boolean
  /** Weighted mean of the values around each site. */
  mean: Float64Array
  /** NaN where a site is not judged: Gi*, its one-sided p by the normal curve, among shuffles, corrected. */
  z: Float64Array
  p: Float64Array
  shuffleP: Float64Array
  adjustedP: Float64Array
  state: ('hot' | 'calm' | 'short')[]
  /** Which group of adjoining hot sites it belongs to, from 0; −1 for none. */
  group: Int32Array
  groups: number
}

/** The sites of points. */
export function frameOf(points: HotspotPoints, terms: HotspotTerms): HotspotFrame {
  return terms.basis === 'cell'
    ? cellFrame(cellsOf(points.lon, points.lat, terms.resolution), terms.rings)
    : projectFrame(points, terms.bandKm * 1000)
}

function cellFrame(cells: Cells, rings: number): HotspotFrame {
  const middles = cells.ids.map(middleOf)
  const beside = ringsAround(cells.ids, 1)
  const around = rings === 1 ? beside : ringsAround(cells.ids, rings)
  return {
    ids: cells.ids,
    lon: Float64Array.from(middles, ([lon]) => lon),
    lat: Float64Array.from(middles, ([, lat]) => lat),
    inside: cells.inside,
    around: pointsAround(cells, around),
    beside,
  }
}

function projectFrame({ id, lon, lat }: HotspotPoints, bandM: number): HotspotFrame {
  const n = id.length
  const around = neighboursWithin(lon, lat, bandM)
  const inside = {
    starts: Uint32Array.from({ length: n + 1 }, (_, at) => at),
    items: Uint32Array.from({ length: n }, (_, at) => at),
  }
  const ids = Array.from(id, String)
  return {
    ids,
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    inside,
    around,
    beside: around,
  }
}

/** Judges the sites of a frame by the values and weights of its points. */
export function judgeSites(
  { value, weight }: Pick<HotspotPoints, 'value' | 'weight'>,
  { around, beside }: Pick<HotspotFrame, 'around' | 'beside'>,
  terms: Pick<HotspotTerms, 'minimum' | 'leastTotal' | 'q'>,
): HotspotSites {
  const sites = around.starts.length - 1
  const z = getisOrdStar(value, around, { weights: weight })
  const shuffleP = shuffleTail(value, around, z, weight)
  const enough = value.length >= terms.leastTotal && !isFlat(value)
  const judged = (site: number) =>
    enough && (around.starts[site + 1] ?? 0) - (around.starts[site] ?? 0) >= terms.minimum
  for (let site = 0; site < sites; site++) {
    if (!judged(site)) z[site] = shuffleP[site] = Number.NaN
  }
  const adjustedP = falseDiscovery(shuffleP)
  const state = Array.from(adjustedP, (p) =>
    Number.isNaN(p) ? ('short' as const) : p <= terms.q ? ('hot' as const) : ('calm' as const),
  )
  const { group, groups } = adjoining(state, beside)
  const mean = meansOf(value, weight, around)
  return { enough, mean, z, p: z.map(tailOf), shuffleP, adjustedP, state, group, groups }
}

const tailOf = (z: number): number => (Number.isNaN(z) ? z : normalTail(z))

function isFlat(values: ArrayLike<number>): boolean {
  for (let at = 1; at < values.length; at++) if (values[at] !== values[0]) return false
  return true
}

function meansOf(
  value: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
  { starts, items }: Lists,
): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, row) => {
    let [sum, total] = [0, 0]
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const item = items[at] ?? 0
      const share = weight ? (weight[item] ?? 0) : 1
      sum += share * (value[item] ?? 0)
      total += share
    }
    return total > 0 ? sum / total : 0
  })
}

/** Groups of hot sites that adjoin, numbered in the order of their first site. */
export function adjoining(
  state: readonly string[],
  beside: Lists,
): { group: Int32Array; groups: number } {
  const group = new Int32Array(state.length).fill(-1)
  let groups = 0
  for (let first = 0; first < state.length; first++) {
    if (state[first] !== 'hot' || group[first] !== -1) continue
    const open = [first]
    group[first] = groups
    for (let site = open.pop(); site !== undefined; site = open.pop()) {
      for (let at = beside.starts[site] ?? 0; at < (beside.starts[site + 1] ?? 0); at++) {
        const other = beside.items[at] ?? 0
        if (state[other] !== 'hot' || group[other] !== -1) continue
        group[other] = groups
        open.push(other)
      }
    }
    groups += 1
  }
  return { group, groups }
}
