import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'
import { type HotspotAsk, isOwn } from './ask.ts'
import { haveDone } from './work.ts'

/** Rows change all day, what is hot hardly: asked again when it is looked at later than this. */
const freshMs = 60_000

const asked = ({ measure, weighted, basis, bandKm }: HotspotAsk, asOf: string | null) => ({
  ...(measure === undefined ? {} : { measure }),
  ...(weighted === undefined ? {} : { weighted: String(weighted) }),
  ...(basis === undefined ? {} : { basis }),
  ...(bandKm === undefined ? {} : { bandKm: String(bandKm) }),
  ...(asOf === null ? {} : { asOf }),
})

/** Where delay concentrates beyond chance, and what the projects there share, now or as of a day. */
export const hotspotMap = (ask: HotspotAsk, asOf: string | null) =>
  queryOptions({
    queryKey: ['hotspot', 'map', asOf ?? 'now', ask],
    queryFn: ({ signal }) =>
      parseResponse(api.hotspot.$get({ query: asked(ask, asOf) }, { init: { signal } })),
    staleTime: freshMs,
  })

/** How the places have been over the last weeks. */
export const hotspotHistory = (ask: HotspotAsk, asOf: string | null) =>
  queryOptions({
    queryKey: ['hotspot', 'history', asOf ?? 'now', ask],
    queryFn: ({ signal }) =>
      parseResponse(api.hotspot.history.$get({ query: asked(ask, asOf) }, { init: { signal } })),
    staleTime: freshMs,
  })

/** The columns that the page's worker judges by the reader's own radius and measure. */
export const measuresQuery = (asOf: string | null) =>
  queryOptions({
    queryKey: ['hotspot', 'measure', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.hotspot.measure.$get({ query: asked({}, asOf) }, { init: { signal } })),
    staleTime: freshMs,
  })

/** The reader's own map, judged in the page; `null` where the city's rule is asked for. */
export const ownMap = (ask: HotspotAsk, asOf: string | null) =>
  queryOptions({
    queryKey: ['hotspot', 'own', asOf ?? 'now', ask],
    queryFn: async ({ signal, client }) => {
      const { columns, rule, date } = await client.fetchQuery(measuresQuery(asOf))
      const own = { ...rule, ...ask }
      const result = await haveDone({ kind: 'judge', columns, rule: own }, signal)
      if (!('judged' in result)) throw new Error('HOTSPOT_WORKER: no map came')
      return { rule: own, date, ...result.judged }
    },
    enabled: isOwn(ask),
    staleTime: freshMs,
    structuralSharing: false,
  })

/** Outlines of cells, closed rings of [lon, lat]; a cell never changes. */
export const cellOutlines = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['hotspot', 'outline', ids.join()],
    queryFn: async ({ signal }) => {
      const result = await haveDone({ kind: 'outline', ids }, signal)
      if (!('outlines' in result)) throw new Error('HOTSPOT_WORKER: no outlines came')
      return new Map(ids.map((id, at) => [id, result.outlines[at] ?? []]))
    },
    enabled: ids.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
