import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HotspotPlace, HotspotRule } from 'api/hotspot/contract'
import type { FeatureCollection } from 'geojson'
import { useEffect, useMemo, useState } from 'react'
import { type HotspotAsk, isOwn, writeAsk } from './ask.ts'
import { hotspotFeatures, type ShownSite } from './hotspot-layer.ts'
import type { JudgedSite } from './judge.ts'
import { cellOutlines, hotspotMap, ownMap } from './queries.ts'

/** A reader who moves the radius is answered by the page at once, by the server when it rests. */
const restMs = 400

/** What is known of the hotspots that are asked for. */
export interface HotspotView {
  rule: HotspotRule
  date: string
  enough: boolean
  /** What the map rests on, or why it says nothing; null while only the page's own map is there. */
  sentence: string | null
  projects: number
  judged: number
  short: number
  sites: readonly ShownSite[]
  /** How many places are hot. */
  hot: number
  /** With what they share; null until the server has compared them. */
  places: readonly HotspotPlace[] | null
}

export interface Hotspots {
  view: HotspotView | null
  error: unknown
  /** Something is still being worked out; `cancel` gives it up. */
  isBusy: boolean
  cancel: () => void
  retry: () => void
}

/**
 * The hotspots of the whole city as the reader asks for them: judged in the page where the wish is
 * the reader's own, by the server where it is the city's rule. `wanted` false asks for nothing.
 */
export function useHotspots(ask: HotspotAsk, asOf: string | null, wanted: boolean): Hotspots {
  const client = useQueryClient()
  const key = writeAsk(ask)
  const rested = useRested(key)
  const own = useQuery({ ...ownMap(ask, asOf), enabled: wanted && isOwn(ask) })
  const told = useQuery({
    ...hotspotMap(ask, asOf),
    enabled: wanted && rested === key,
    placeholderData: keepPreviousData,
  })
  const server = told.isPlaceholderData ? undefined : told.data
  const view = useMemo(() => {
    if (server) return { ...server, hot: server.places.length }
    return own.data ? ownView(own.data) : null
  }, [server, own.data])
  return {
    view,
    // Where the page cannot judge by itself the server's map is waited for.
    error: view ? null : told.error,
    isBusy: wanted && (own.isFetching || told.isFetching || rested !== key),
    cancel: () => void client.cancelQueries({ queryKey: ['hotspot'] }),
    retry: () => void told.refetch(),
  }
}

function ownView(own: {
  rule: HotspotRule
  date: string
  enough: boolean
  projects: number
  places: number
  sites: JudgedSite[]
}): HotspotView {
  // A place is named by its first site, as the server names it.
  const first = new Map<number, string>()
  for (const { id, group } of own.sites) {
    if (group !== null && !first.has(group)) first.set(group, id)
  }
  const short = own.sites.filter(({ state }) => state === 'short').length
  return {
    rule: own.rule,
    date: own.date,
    enough: own.enough,
    sentence: null,
    projects: own.projects,
    judged: own.sites.length - short,
    short,
    sites: own.sites.map((site) => ({
      ...site,
      place: site.group === null ? null : (first.get(site.group) ?? null),
    })),
    hot: own.places,
    places: null,
  }
}

/** What to draw of them; null while it is on its way. */
export function useHotspotFeatures(view: HotspotView | null): FeatureCollection | null {
  const isCells = view?.rule.basis === 'cell'
  const ids = useMemo(
    () => (view && isCells ? view.sites.map(({ id }) => id).sort() : []),
    [view, isCells],
  )
  const outlines = useQuery(cellOutlines(ids)).data ?? null
  return useMemo(() => {
    if (!view || (isCells && !outlines)) return null
    return hotspotFeatures(view.sites, isCells ? outlines : null)
  }, [view, isCells, outlines])
}

/** The value once it has not changed for a moment; at once the first time. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
