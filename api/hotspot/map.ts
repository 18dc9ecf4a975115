/*
 * From measured projects to the map of hotspots; pure.
 */
import {
  frameOf,
  type HotspotFrame,
  type HotspotPoints,
  type HotspotSites,
  judgeSites,
} from 'geo/hotspot'
import type { Lists } from 'geo/neighbours'
import { fieldFailure } from '../http/failure.ts'
import type { HotspotMeasure, HotspotRule, HotspotSite } from './contract.ts'
import type { Measured } from './measure.ts'

/** A project that is on the map. */
export interface Placed {
  fact: Measured['fact']
  lon: number
  lat: number
  value: number
  isLate: boolean
}

export interface HotspotMap {
  placed: Placed[]
  /** Projects with the measure and without a position (or, where money weighs, without an annual plan). */
  unplaced: number
  frame: HotspotFrame
  judged: HotspotSites
  sites: HotspotSite[]
}

/** Judges the projects by a rule. @throws ApiFailure 422 `BAND_TOO_WIDE`. */
export function mapOf(measured: readonly Measured[], rule: HotspotRule): HotspotMap {
  const having = measured.filter((one) => one[rule.measure] !== null)
  const placed = having.flatMap((one) => placedOf(one, rule))
  const points = {
    id: placed.map(({ fact }) => fact.id),
    lon: placed.map(({ lon }) => lon),
    lat: placed.map(({ lat }) => lat),
    value: placed.map(({ value }) => value),
    weight: rule.weighted ? placed.map(({ fact }) => fact.annualWan ?? 0) : undefined,
  }
  const frame = framed(points, rule)
  const judged = judgeSites(points, frame, rule)
  const sites = sitesOf(placed, frame, judged)
  return { placed, unplaced: having.length - placed.length, frame, judged, sites }
}

/** @throws ApiFailure 422 `BAND_TOO_WIDE`: with so many projects a narrower band says more anyway. */
function framed(points: HotspotPoints, rule: HotspotRule): HotspotFrame {
  try {
    return frameOf(points, rule)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const { bandKm } = rule
    const message = `相距 ${bandKm} 公里以内的项目对太多，算不下，请把半径改小，如 10 公里`
    throw fieldFailure(422, 'BAND_TOO_WIDE', message, 'bandKm', bandKm)
  }
}

function placedOf(one: Measured, rule: HotspotRule): Placed[] {
  const { fact } = one
  const value = one[rule.measure]
  if (fact.lon === null || fact.lat === null || value === null) return []
  if (rule.weighted && !((fact.annualWan ?? 0) > 0)) return []
  const isLate = value >= rule.lateFrom[rule.measure]
  return [{ fact, lon: fact.lon, lat: fact.lat, value, isLate }]
}

function sitesOf(
  placed: readonly Placed[],
  { ids, lon, lat, inside, around }: HotspotFrame,
  judged: HotspotSites,
): HotspotSite[] {
  const first = new Map<number, string>()
  for (const [site, group] of judged.group.entries()) {
    if (group >= 0 && !first.has(group)) first.set(group, ids[site] ?? '')
  }
  return ids.map((id, site) => {
    const own = rowOf(inside, site, placed)
    const near = countedIn(around, site, placed)
    return {
      id,
      lon: degrees(lon[site]),
      lat: degrees(lat[site]),
      projects: own.length,
      late: own.filter(isLate).length,
      around: near.all,
      lateAround: near.late,
      mean: rounded(judged.mean[site] ?? 0),
      z: told(judged.z[site]),
      p: told(judged.p[site]),
      shuffleP: told(judged.shuffleP[site]),
      adjustedP: told(judged.adjustedP[site]),
      state: judged.state[site] ?? 'short',
      place: first.get(judged.group[site] ?? -1) ?? null,
    }
  })
}

/** Rows of a wide band are long: counted without being gathered. */
function countedIn({ starts, items }: Lists, row: number, placed: readonly Placed[]) {
  const [from = 0, to = 0] = [starts[row], starts[row + 1]]
  let late = 0
  for (let at = from; at < to; at++) if (placed[items[at] ?? -1]?.isLate) late += 1
  return { all: to - from, late }
}

/** The items of a row of a list. */
export function rowOf<Item>({ starts, items }: Lists, row: number, of: readonly Item[]): Item[] {
  const found: Item[] = []
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
    const item = of[items[at] ?? -1]
    if (item !== undefined) found.push(item)
  }
  return found
}

export const isLate = ({ isLate }: Placed): boolean => isLate
/** About a metre. */
export const degrees = (value = Number.NaN): number => Math.round(value * 1e5) / 1e5
export const rounded = (value: number): number => Math.round(value * 100) / 100 + 0
/** Four digits are more than anybody reads. */
const told = (value = Number.NaN): number | null =>
  Number.isNaN(value) ? null : Number(value.toPrecision(4))

/** The measure in words, with its unit, and what a project is that counts as late. */
export const measureWords: Record<
  HotspotMeasure,
  { name: string; unit: string; late: (from: number) => string }
> = {
  lag: { name: '投资进度落后', unit: '个百分点', late: (from) => `落后 ${from} 个百分点以上` },
  slip: { name: '节点延期', unit: '天', late: (from) => `延期 ${from} 天以上` },
  issue: { name: '未办结问题累计', unit: '天', late: (from) => `有问题 ${from} 天以上未办结` },
}
