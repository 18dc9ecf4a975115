import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { type Borne, readBearers } from './bearer.ts'
import type { HotspotMeasures, HotspotRule, Hotspots } from './contract.ts'
import { type HotspotMap, isLate, mapOf, measureWords, rounded } from './map.ts'
import { readMeasured } from './measure.ts'
import { meanOf, type Names, placesOf } from './place.ts'

const nothingBorne: Borne = { traits: new Map(), holders: new Map() }

/**
 * The hotspots of all projects that the transaction sees, as known in a view, by a rule; with what
 * the projects of each share, or, quicker, without.
 */
export async function readHotspots(
  sql: Query,
  view: View,
  rule: HotspotRule,
  withTraits: boolean,
): Promise<Hotspots> {
  const measured = await readMeasured(sql, view)
  const map = mapOf(measured, rule)
  const names = await readNames(sql, view)
  const isAsked = withTraits && map.judged.groups > 0
  const borne = isAsked ? await readBearers(sql, view, measured) : nothingBorne
  const places = placesOf(map, rule, names, borne)
  const judged = map.sites.filter(({ state }) => state !== 'short').length
  const counts = {
    projects: map.placed.length,
    late: map.placed.filter(isLate).length,
    unplaced: map.unplaced,
    mean: rounded(meanOf(map.placed)),
    judged,
    short: map.sites.length - judged,
  }
  return {
    date: view.date,
    asOf: view.asOf,
    rule,
    enough: judged > 0,
    sentence: sentenceOf(map, rule, counts, places.length),
    ...counts,
    sites: map.sites,
    places,
  }
}

/** What the page needs to judge by itself. */
export async function readMeasures(
  sql: Query,
  view: View,
  rule: HotspotRule,
): Promise<HotspotMeasures> {
  const measured = await readMeasured(sql, view)
  return {
    date: view.date,
    rule,
    columns: {
      id: measured.map(({ fact }) => fact.id),
      lon: measured.map(({ fact }) => fact.lon),
      lat: measured.map(({ fact }) => fact.lat),
      annualWan: measured.map(({ fact }) => fact.annualWan),
      lag: measured.map(({ lag }) => lag),
      slip: measured.map(({ slip }) => slip),
      issue: measured.map(({ issue }) => issue),
    },
  }
}

/** What units and parks are called, as known in a view. */
export async function readNames(sql: Query, view: View): Promise<Names> {
  const named = async (table: 'park' | 'unit') => {
    const rows = await sql<{ id: number; name: string }[]>`
      select id, name from ${factTable(sql, table, view.asOf)} t`
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
  return { parks: await named('park'), units: await named('unit') }
}

type Counts = Pick<Hotspots, 'projects' | 'late' | 'unplaced' | 'judged' | 'short'>

function sentenceOf(
  { judged: { enough } }: HotspotMap,
  rule: HotspotRule,
  { projects, late, unplaced, judged, short }: Counts,
  places: number,
): string {
  const { name, late: lateWords } = measureWords[rule.measure]
  const left = unplaced > 0 ? `（另有 ${unplaced} 个没有位置或年度计划，未计入）` : ''
  const base = `${projects} 个项目有“${name}”数据${left}`
  const sites = rule.basis === 'cell' ? '个网格' : '个项目'
  if (projects < rule.leastTotal) {
    return `数据不足：${base}，少于 ${rule.leastTotal} 个，不判断热点`
  }
  if (!enough) return `数据不足：${base}，数值全部相同，无从比较`
  if (judged === 0) {
    return `数据不足：${base}，没有一${sites}周围有 ${rule.minimum} 个项目，不判断热点`
  }
  const found = places === 0 ? '没有超出偶然的热点' : `${places} 处热点超出偶然`
  const lacking = short > 0 ? `，${short} ${sites}周围不足 ${rule.minimum} 个项目，数据不足` : ''
  return `${base}，其中 ${late} 个${lateWords(rule.lateFrom[rule.measure])}；判断了 ${judged} ${sites}${lacking}：${found}（误报率不超过 ${rounded(rule.q * 100)}%）`
}
