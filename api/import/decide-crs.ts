/*
 * Which coordinate system the pairs of a file are in when nobody says: decided by evidence (zone
 * numbers, and inside which unit's boundary the points fall under each reading) or not at all.
 */
import { type Crs, candidates } from 'geo/crs'
import type { Position } from 'geo/position'
import type { Finding } from './contract.ts'
import type { RawPair } from './coordinates.ts'
import { aboutFile } from './draft.ts'

/** A pair with the test of lying where its row says it is; null where the row's unit has no boundary. */
export interface Witness {
  pair: RawPair
  inside: ((at: Position) => boolean) | null
}

export interface CrsDecision {
  /** For pairs in degrees; null: not decided, such rows are refused. */
  degrees: Crs | null
  /** For pairs in metres without zone number; null: not decided, such rows are refused. */
  metres: Crs | null
  /** What fits as well as the best, where nothing is decided for that. */
  rivals: readonly Crs[]
  findings: Finding[]
}

const SAMPLE = 1000
const MIN_WITNESSES = 5
const CLEAR_SHARE = 0.9
/** Another meridian that half of the points allow is one too many. */
const RIVAL_SHARE = 0.5

/** No easting or northing in China is smaller, in metres. */
const SMALLEST_GRID = 100_000

export const isGrid = ({ x, y }: RawPair) =>
  Math.abs(x) >= SMALLEST_GRID || Math.abs(y) >= SMALLEST_GRID

export const isDegrees = ({ x, y }: RawPair) => Math.abs(x) <= 180 && Math.abs(y) <= 180

/** Decides for the pairs that state no system themselves. */
export function decideCrs(witnesses: readonly Witness[]): CrsDecision {
  const degrees = witnesses.filter(({ pair }) => isDegrees(pair))
  const metres = witnesses.filter(({ pair }) => isGrid(pair) && !hasZone(pair))
  const ofDegrees = degrees.length > 0 ? decideDegrees(sampleOf(degrees), degrees.length) : null
  const ofMetres = metres.length > 0 ? decideMetres(sampleOf(metres)) : null
  return {
    degrees: ofDegrees ? ofDegrees.crs : 'wgs84',
    metres: ofMetres?.crs ?? null,
    rivals: [...(ofDegrees?.rivals ?? []), ...(ofMetres?.rivals ?? [])],
    findings: [...(ofDegrees?.findings ?? []), ...(ofMetres?.findings ?? [])],
  }
}

interface Decided {
  crs: Crs | null
  rivals: readonly Crs[]
  findings: Finding[]
}

/** WGS 84 / CGCS2000 unless the boundaries clearly speak for one shifted system; said either way. */
function decideDegrees(witnesses: readonly Witness[], total: number): Decided {
  const tally = countInside(witnesses)
  const judged = witnesses.filter(({ inside }) => inside).length
  const plain = tally.get('wgs84') ?? 0
  const [best, count] = bestOf(tally)
  const margin = Math.max(3, judged * 0.1)
  if (best && best !== 'wgs84' && isClear(count, judged) && count - plain >= margin) {
    const rivals = rivalsOf(tally, (other) => count - other < margin)
    if (rivals.length > 1) return undecided('经纬度', tally, rivals, judged)
    const message = `坐标按 ${best} 换算：${judged} 个点按它有 ${count} 个落在所填单位内，按 wgs84 只有 ${plain} 个；如不对请用 --crs 指明`
    return decided(best, aboutFile('warn', 'CRS_DECIDED', message, null, best))
  }
  const evidence = judged > 0 ? `（${judged} 个点中 ${plain} 个落在所填单位内）` : ''
  const message = `文件没有写明坐标系：${total} 个经纬度按 CGCS2000（与 WGS 84 相差厘米）登记${evidence}；如果来自高德、腾讯（gcj02）或百度（bd09）会偏几百米，请用 --crs 指明`
  return decided('wgs84', aboutFile('warn', 'CRS_ASSUMED', message, null, 'wgs84'))
}

/** The one central meridian under which the points fall where they should, if no other comes near. */
function decideMetres(witnesses: readonly Witness[]): Decided {
  const tally = countInside(witnesses)
  const judged = witnesses.filter(({ inside }) => inside).length
  const [best, count] = bestOf(tally)
  if (best && isClear(count, judged)) {
    const rivals = rivalsOf(tally, (other) => other >= judged * RIVAL_SHARE)
    if (rivals.length > 1) return undecided('平面坐标没有带号', tally, rivals, judged)
    const message = `平面坐标没有带号，按 ${best} 换算：${judged} 个点有 ${count} 个落在所填单位内`
    return decided(best, aboutFile('note', 'CRS_DECIDED', message, null, best))
  }
  const seen = [...tally].filter(([, inside]) => inside > 0)
  const list = seen.length > 0 ? countsOf(tally, seen) : '没有一个中央经线'
  const message = `平面坐标没有带号，${judged} 个点里${list}落在所填单位内，不足以判断：请用 --crs 指明，如 gk3-38 或 gk3-cm113`
  return { crs: null, rivals: [], findings: [aboutFile('warn', 'CRS_UNDECIDED', message)] }
}

const decided = (crs: Crs, finding: Finding): Decided => ({ crs, rivals: [], findings: [finding] })

function undecided(
  what: string,
  tally: ReadonlyMap<Crs, number>,
  rivals: readonly Crs[],
  judged: number,
): Decided {
  const counts = countsOf(
    tally,
    rivals.map((crs) => [crs, 0]),
  )
  const message = `${what}，${judged} 个点里${counts}落在所填单位内，分不出是哪一个：请用 ${optionsFor(rivals)} 指明`
  return { crs: null, rivals, findings: [aboutFile('warn', 'CRS_UNDECIDED', message)] }
}

const countsOf = (tally: ReadonlyMap<Crs, number>, of: readonly (readonly [Crs, number])[]) =>
  of.map(([crs]) => `${crs} 有 ${tally.get(crs) ?? 0} 个`).join('、')

/** --crs gk3-cm99 或 --crs gk3-cm102 */
export const optionsFor = (systems: readonly Crs[]) =>
  systems.map((crs) => `--crs ${crs}`).join(' 或 ')

/** The systems whose count is near the best's, the best among them. */
const rivalsOf = (tally: ReadonlyMap<Crs, number>, isNear: (count: number) => boolean) =>
  [...tally].filter(([, count]) => isNear(count)).map(([crs]) => crs)

function countInside(witnesses: readonly Witness[]): Map<Crs, number> {
  const tally = new Map<Crs, number>()
  for (const { pair, inside } of witnesses) {
    if (!inside) continue
    for (const { crs, position, swapped } of candidates(pair.x, pair.y)) {
      const fits = inside(position) && !(swapped && isDegrees(pair))
      tally.set(crs, (tally.get(crs) ?? 0) + (fits ? 1 : 0))
    }
  }
  return tally
}

function bestOf(tally: ReadonlyMap<Crs, number>): [Crs | null, number] {
  let best: [Crs | null, number] = [null, 0]
  for (const [crs, count] of tally) if (count > best[1]) best = [crs, count]
  return best
}

/** A handful of metre pairs may speak for a zone (3° zones are 300 km apart), but all of them must. */
function isClear(count: number, judged: number): boolean {
  return judged >= MIN_WITNESSES ? count >= judged * CLEAR_SHARE : judged > 0 && count === judged
}

/** An easting with zone number has eight digits. */
export function hasZone({ x, y }: RawPair): boolean {
  return Math.max(Math.abs(x), Math.abs(y)) >= 13_000_000
}

function sampleOf(witnesses: readonly Witness[]): readonly Witness[] {
  if (witnesses.length <= SAMPLE) return witnesses
  const step = witnesses.length / SAMPLE
  return Array.from({ length: SAMPLE }, (_, index) => witnesses[Math.floor(index * step)]).filter(
    (witness) => witness !== undefined,
  )
}
