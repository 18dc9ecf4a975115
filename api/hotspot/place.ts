/*
 * Adjoining hot sites as one place with a name; pure.
 */
import type { Borne } from './bearer.ts'
import type { HotspotPlace, HotspotRule } from './contract.ts'
import {
  degrees,
  type HotspotMap,
  isLate,
  measureWords,
  type Placed,
  rounded,
  rowOf,
} from './map.ts'
import { type Bearer, pText, sharedTraits } from './trait.ts'

export interface Names {
  parks: ReadonlyMap<number, string>
  units: ReadonlyMap<number, string>
}

/** The places of a map, the clearest first. */
export function placesOf(
  map: HotspotMap,
  rule: HotspotRule,
  names: Names,
  borne: Borne,
): HotspotPlace[] {
  const mean = meanOf(map.placed)
  return Array.from({ length: map.judged.groups }, (_, group) =>
    placeOf(map, group, rule, names, borne, mean),
  ).sort((a, b) => a.adjustedP - b.adjustedP || b.z - a.z)
}

function placeOf(
  map: HotspotMap,
  group: number,
  rule: HotspotRule,
  names: Names,
  borne: Borne,
  cityMean: number,
): HotspotPlace {
  const { sites, projects } = membersOf(map, group)
  const inside = new Set(projects)
  const bearer = (one: Placed): Bearer => ({
    unitId: one.fact.unitId,
    isLate: one.isLate,
    traits: borne.traits.get(one.fact.id) ?? [],
  })
  const elsewhere = map.placed.filter((one) => !inside.has(one))
  const shared = sharedTraits(projects.map(bearer), elsewhere.map(bearer), rule.q)
  const late = projects.filter(isLate).sort((a, b) => b.value - a.value || a.fact.id - b.fact.id)
  const rows = sites.map((site) => map.sites[site])
  const about = {
    ...nameOf(projects, names),
    mean: rounded(meanOf(projects)),
    z: Math.max(...rows.map((row) => row?.z ?? 0)),
    adjustedP: Math.min(...rows.map((row) => row?.adjustedP ?? 1)),
  }
  const { name: measure, unit, late: lateWords } = measureWords[rule.measure]
  return {
    id: rows[0]?.id ?? '',
    ...about,
    lon: degrees(middle(projects.map(({ lon }) => lon))),
    lat: degrees(middle(projects.map(({ lat }) => lat))),
    sites: rows.flatMap((row) => row?.id ?? []),
    projectIds: projects.map(({ fact }) => fact.id),
    lateIds: late.map(({ fact }) => fact.id),
    annualWan: rounded(projects.reduce((sum, { fact }) => sum + (fact.annualWan ?? 0), 0)),
    holders: holdersOf(late, borne),
    traits: shared.traits,
    traitsTried: shared.tried,
    sentence: `${about.name}：${projects.length} 个项目中 ${late.length} 个${lateWords(rule.lateFrom[rule.measure])}，平均${measure} ${about.mean} ${unit}，全部项目平均 ${rounded(cityMean)} ${unit}；Gi*=${about.z.toFixed(2)}，校正后 ${pText(about.adjustedP)}`,
  }
}

function holdersOf(late: readonly Placed[], { holders }: Borne): HotspotPlace['holders'] {
  const counts = new Map<string, number>()
  for (const { fact } of late) {
    const name = holders.get(fact.id)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, projects]) => ({ name, projects }))
    .sort((a, b) => b.projects - a.projects || (a.name < b.name ? -1 : 1))
}

/** Sites of a group in order of id, and their projects in order of id. */
function membersOf({ judged, frame, placed }: HotspotMap, group: number) {
  const sites = [...judged.group.keys()].filter((site) => judged.group[site] === group)
  const projects = sites
    .flatMap((site) => rowOf(frame.inside, site, placed))
    .sort((a, b) => a.fact.id - b.fact.id)
  return { sites, projects }
}

/** The park in which at least half of the projects lie, else the unit of most. */
export function nameOf(
  projects: readonly Pick<Placed, 'fact'>[],
  { parks, units }: Names,
): Pick<HotspotPlace, 'name' | 'parkId' | 'unitId'> {
  const unit = mostOf(projects.map(({ fact }) => fact.unitId))
  const park = mostOf(projects.map(({ fact }) => fact.parkId))
  const inPark = projects.filter(({ fact }) => fact.parkId === park).length
  const parkId = park !== null && inPark * 2 >= projects.length ? park : null
  const name = (parkId === null ? undefined : parks.get(parkId)) ?? units.get(unit ?? -1) ?? ''
  return { name, parkId, unitId: unit }
}

/** The value that is there most often, nulls aside; of equals the smallest. */
function mostOf(values: readonly (number | null)[]): number | null {
  const counts = new Map<number, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return first?.[0] ?? null
}

export const meanOf = (placed: readonly Placed[]): number =>
  middle(placed.map(({ value }) => value))

const middle = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
