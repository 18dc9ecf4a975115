/*
 * How places that were hot in any of some periods have been over them; pure.
 */
import { ringsAround } from 'geo/h3-cell'
import { adjoining } from 'geo/hotspot'
import { mannKendall } from 'geo/mann-kendall'
import { neighboursWithin } from 'geo/neighbours'
import type {
  HotspotCourse,
  HotspotHistory,
  HotspotRule,
  HotspotSite,
  Hotspots,
} from './contract.ts'
import { pText } from './trait.ts'

export type Period = Pick<Hotspots, 'date' | 'mean' | 'sites' | 'places'>
type Place = HotspotHistory['places'][number]

/** The places, those hot in the last period first; `periods` from the oldest to the last. */
export function coursesOf(
  periods: readonly Period[],
  rule: HotspotRule,
  every: HotspotHistory['every'],
): Place[] {
  const hot = new Map<string, HotspotSite>()
  for (const { sites } of periods) {
    for (const site of sites) if (site.state === 'hot') hot.set(site.id, site)
  }
  const sites = [...hot.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const { group, groups } = adjoining(
    sites.map(({ state }) => state),
    besideOf(sites, rule),
  )
  return Array.from({ length: groups }, (_, at) => {
    const own = sites.filter((_, site) => group[site] === at).map(({ id }) => id)
    return courseOf(own, periods, rule, every)
  }).sort((a, b) => Number(b.isHot) - Number(a.isHot) || (b.z.at(-1) ?? 0) - (a.z.at(-1) ?? 0))
}

const besideOf = (sites: readonly HotspotSite[], rule: HotspotRule) =>
  rule.basis === 'cell'
    ? ringsAround(
        sites.map(({ id }) => id),
        1,
      )
    : neighboursWithin(
        sites.map(({ lon }) => lon),
        sites.map(({ lat }) => lat),
        rule.bandKm * 1000,
      )

function courseOf(
  ids: readonly string[],
  periods: readonly Period[],
  rule: HotspotRule,
  every: HotspotHistory['every'],
): Place {
  const own = new Set(ids)
  const rows = periods.map(({ sites }) => sites.filter(({ id }) => own.has(id)))
  const z = rows.map(highest)
  const state = rows.map(stateOf)
  const news = newsOf(z, excessOf(own, periods))
  const trend = news.length >= rule.trend.periods ? trendOf(news, rule) : null
  const course = judge(state, trend)
  const told = { name: nameOf(own, periods), course, isHot: state.at(-1) === 'hot' }
  return {
    id: ids[0] ?? '',
    ...told,
    sites: [...ids],
    z,
    state,
    late: rows.map((sites) => sites.reduce((sum, { late }) => sum + late, 0)),
    trend,
    judged: news.length,
    sentence: sentenceOf(told, state, trend, news.length, rule, every),
  }
}

function highest(sites: readonly HotspotSite[]): number | null {
  const known = sites.flatMap(({ z }) => z ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function stateOf(sites: readonly HotspotSite[]): HotspotSite['state'] {
  if (sites.some(({ state }) => state === 'hot')) return 'hot'
  return sites.some(({ state }) => state === 'calm') ? 'calm' : 'short'
}

interface News {
  z: number
  excess: number
}

/**
 * What each period had to say of a place. One without new figures repeats the last and is no
 * observation of its own: weeks between two monthly reports would else make a trend out of nothing.
 */
function newsOf(z: readonly (number | null)[], excess: readonly number[]): News[] {
  const known = z.flatMap((value, at) =>
    value === null ? [] : [{ z: value, excess: excess[at] ?? 0 }],
  )
  return known.filter(({ z }, at) => known[at - 1]?.z !== z)
}

/** In each period: mean of the measure around the place's sites less that of the whole map. */
const excessOf = (own: ReadonlySet<string>, periods: readonly Period[]): number[] =>
  periods.map(({ sites, mean }) => {
    const inside = sites.filter(({ id }) => own.has(id))
    const around = inside.reduce((sum, site) => sum + site.around, 0)
    return around === 0
      ? 0
      : inside.reduce((sum, site) => sum + site.mean * site.around, 0) / around - mean
  })

/**
 * The trend of Gi*. It is one only where the delay itself, beyond that of the city, has gone the same
 * way: Gi* alone also moves when the rest of the city does.
 */
function trendOf(news: readonly News[], rule: HotspotRule): NonNullable<Place['trend']> {
  const { s, tau, p } = mannKendall(news.map(({ z }) => z))
  const delay = mannKendall(news.map(({ excess }) => excess))
  const isOne = p <= rule.trend.p && Math.sign(s) === Math.sign(delay.s)
  return { s, tau, p, direction: isOne ? (s > 0 ? 'rising' : 'falling') : 'none' }
}

function judge(state: readonly string[], trend: Place['trend']): HotspotCourse {
  if (state.at(-1) !== 'hot') return 'fading'
  if (!state.slice(0, -1).includes('hot')) return 'new'
  if (trend === null || trend.direction === 'none') return 'persistent'
  return trend.direction === 'rising' ? 'intensifying' : 'fading'
}

/** As the last period has it in which one of its sites was hot. */
function nameOf(own: ReadonlySet<string>, periods: readonly Period[]): string {
  for (const { places } of periods.toReversed()) {
    const place = places.find(({ sites }) => sites.some((id) => own.has(id)))
    if (place) return place.name
  }
  return ''
}

const courseWords: Record<HotspotCourse, string> = {
  new: '新出现',
  persistent: '持续',
  intensifying: '加剧',
  fading: '消退',
}
const everyWords = { day: '天', week: '周', month: '个月' } as const

function sentenceOf(
  { name, course, isHot }: Pick<Place, 'name' | 'course' | 'isHot'>,
  state: readonly string[],
  trend: Place['trend'],
  judged: number,
  rule: HotspotRule,
  every: HotspotHistory['every'],
): string {
  const hot = state.filter((one) => one === 'hot').length
  const now = isHot ? '现在是热点' : '现在不是热点'
  const way =
    trend === null
      ? `有新数据的只有 ${judged} 期，不足 ${rule.trend.periods} 期，不判断趋势`
      : `Mann–Kendall τ=${trend.tau.toFixed(2)}，${pText(trend.p)}`
  return `${name}：${courseWords[course]}；${state.length} ${everyWords[every]}中 ${hot} 次为热点，${now}；${way}`
}
