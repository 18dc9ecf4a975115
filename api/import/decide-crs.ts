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
  /** For pairs in degrees. */
  degrees: Crs
  /** For pairs in metres without zone number; null: not decided, such rows are refused. */
  metres: Crs | null
  findings: Finding[]
}

const SAMPLE = 1000
const MIN_WITNESSES = 5
const CLEAR_SHARE = 0.9

export const isDegrees = ({ x, y }: RawPair) => Math.abs(x) <= 180 && Math.abs(y) <= 180

/** Decides for the pairs that state no system themselves. */
export function decideCrs(witnesses: readonly Witness[]): CrsDecision {
  const degrees = witnesses.filter(({ pair }) => isDegrees(pair))
  const metres = witnesses.filter(({ pair }) => !isDegrees(pair) && !hasZone(pair))
  const ofDegrees = degrees.length > 0 ? decideDegrees(sampleOf(degrees), degrees.length) : null
  const ofMetres = metres.length > 0 ? decideMetres(sampleOf(metres)) : null
  return {
    degrees: ofDegrees?.crs ?? 'wgs84',
    metres: ofMetres?.crs ?? null,
    findings: [...(ofDegrees?.findings ?? []), ...(ofMetres?.findings ?? [])],
  }
}

/** WGS 84 / CGCS2000 unless the boundaries clearly speak for a shifted system; said either way. */
function decideDegrees(witnesses: readonly Witness[], total: number) {
  const tally = countInside(witnesses)
  const judged = witnesses.filter(({ inside }) => inside).length
  const plain = tally.get('wgs84') ?? 0
  const [best, count] = bestOf(tally)
  const margin = Math.max(3, judged * 0.1)
  if (best && best !== 'wgs84' && isClear(count, judged) && count - plain >= margin) {
    const message = `坐标按 ${best} 换算：${judged} 个点按它有 ${count} 个落在所填单位内，按 wgs84 只有 ${plain} 个；如不对请用 --crs 指明`
    return { crs: best, findings: [aboutFile('warn', 'CRS_DECIDED', message, null, best)] }
  }
  const evidence = judged > 0 ? `（${judged} 个点中 ${plain} 个落在所填单位内）` : ''
  const message = `文件没有写明坐标系：${total} 个经纬度按 CGCS2000（与 WGS 84 相差厘米）登记${evidence}；如果来自高德、腾讯（gcj02）或百度（bd09）会偏几百米，请用 --crs 指明`
  return {
    crs: 'wgs84' as Crs,
    findings: [aboutFile('warn', 'CRS_ASSUMED', message, null, 'wgs84')],
  }
}

function decideMetres(witnesses: readonly Witness[]) {
  const tally = countInside(witnesses)
  const judged = witnesses.filter(({ inside }) => inside).length
  const [best, count] = bestOf(tally)
  if (best && isClear(count, judged)) {
    const message = `平面坐标没有带号，按 ${best} 换算：${judged} 个点有 ${count} 个落在所填单位内`
    return { crs: best, findings: [aboutFile('note', 'CRS_DECIDED', message, null, best)] }
  }
  const seen = [...tally].filter(([, inside]) => inside > 0)
  const list =
    seen.map(([crs, inside]) => `${crs} 有 ${inside} 个`).join('、') || '没有一个中央经线'
  const message = `平面坐标没有带号，${judged} 个点里${list}落在所填单位内，不足以判断：请用 --crs 指明，如 gk3-38 或 gk3-cm113`
  return { crs: null, findings: [aboutFile('warn', 'CRS_UNDECIDED', message)] }
}

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
