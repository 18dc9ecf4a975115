/*
 * The map of hotspots from columns of measures: the same functions of geo that the server uses, so
 * the same rule gives the same map. Runs in the page's worker; tests compare it with the server's.
 */
import type { HotspotMeasures, HotspotRule, HotspotSite } from 'api/hotspot/contract'
import { outlineOf } from 'geo/h3-cell'
import { frameOf, type HotspotFrame, type HotspotSites, judgeSites } from 'geo/hotspot'

/** A site as map and list show it, its number of projects and what was found of it. */
export type JudgedSite = Pick<
  HotspotSite,
  'id' | 'lon' | 'lat' | 'projects' | 'around' | 'z' | 'p' | 'adjustedP' | 'state'
> & {
  /** Which place of adjoining hot sites it belongs to, from 0; null: none. */
  group: number | null
}

export interface Judged {
  enough: boolean
  projects: number
  sites: JudgedSite[]
  places: number
}

type Columns = HotspotMeasures['columns']

/** Judges the projects that have the measure, a position and, where money weighs, an annual plan. */
export function judge(columns: Columns, rule: HotspotRule): Judged {
  const values = columns[rule.measure]
  const kept = [...columns.id.keys()].filter(
    (row) =>
      isKnown(values[row]) &&
      isKnown(columns.lon[row]) &&
      isKnown(columns.lat[row]) &&
      (!rule.weighted || (columns.annualWan[row] ?? 0) > 0),
  )
  const take = (from: readonly (number | null)[]) =>
    Float64Array.from(kept, (row) => from[row] ?? Number.NaN)
  const points = {
    id: take(columns.id),
    lon: take(columns.lon),
    lat: take(columns.lat),
    value: take(values),
    weight: rule.weighted ? take(columns.annualWan) : undefined,
  }
  const frame = frameOf(points, rule)
  const judged = judgeSites(points, frame, rule)
  const sites = frame.ids.map((id, site) => siteOf(id, site, frame, judged))
  return { enough: judged.enough, projects: kept.length, sites, places: judged.groups }
}

function siteOf(
  id: string,
  site: number,
  { lon, lat, inside, around }: HotspotFrame,
  judged: HotspotSites,
): JudgedSite {
  const number = (values: Float64Array) => {
    const value = values[site] ?? Number.NaN
    return Number.isNaN(value) ? null : value
  }
  const group = judged.group[site] ?? -1
  return {
    id,
    lon: lon[site] ?? Number.NaN,
    lat: lat[site] ?? Number.NaN,
    projects: lengthOf(inside, site),
    around: lengthOf(around, site),
    z: number(judged.z),
    p: number(judged.p),
    adjustedP: number(judged.adjustedP),
    state: judged.state[site] ?? 'short',
    group: group < 0 ? null : group,
  }
}

const lengthOf = ({ starts }: HotspotFrame['inside'], row: number): number =>
  (starts[row + 1] ?? 0) - (starts[row] ?? 0)

const isKnown = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined

/** The outlines of cells, closed rings of [lon, lat], in the order asked for. */
export const outlines = (ids: readonly string[]): [number, number][][] => ids.map(outlineOf)
