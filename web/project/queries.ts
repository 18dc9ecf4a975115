import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { MapSnapshot } from 'api/map/contract'
import type { ClientResponse } from 'hono/client'
import { api, parseResponse } from '../shell/api.ts'
import { request } from '../shell/request.ts'
import { mergeSnapshot } from './table.ts'

const refreshMs = 30_000

const snapshotKey = (asOf: string | null) => ['map', asOf ?? 'now']

/** The whole map, now or as it was known at the end of a day. Kept fresh by `refreshSnapshot`. */
export const mapSnapshot = (asOf: string | null) =>
  queryOptions({
    queryKey: snapshotKey(asOf),
    queryFn: ({ signal }): Promise<MapSnapshot> => fetchMap(asOf ? { asOf } : {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // A hundred thousand rows are replaced, not compared value by value with those before.
    structuralSharing: false,
    gcTime: asOf ? 300_000 : Number.POSITIVE_INFINITY,
  })

/** Everything of one project, for the panel and the card. */
export const projectDetail = (id: number, asOf: string | null) =>
  queryOptions({
    queryKey: ['project', id, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.project[':id'].$get(
          { param: { id: String(id) }, query: asOf ? { asOf } : {} },
          { init: { signal } },
        ),
      ),
    staleTime: 60_000,
  })

export const projectHistory = (id: number) =>
  queryOptions({
    queryKey: ['project', id, 'history'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.project[':id'].history.$get({ param: { id: String(id) } }, { init: { signal } }),
      ),
  })

/** Asks for what changed since the snapshot held, and merges it. */
export async function refreshSnapshot(client: QueryClient): Promise<void> {
  // A first snapshot under way may be older than the change that asks for this refresh.
  if (client.isFetching({ queryKey: snapshotKey(null), exact: true }) > 0)
    await client.fetchQuery(mapSnapshot(null)).catch(() => {})
  const held = client.getQueryData<MapSnapshot>(snapshotKey(null))
  if (!held) return
  // A connection that died in silence would keep the page waiting, and every refresh after this one.
  const delta = await fetchMap({ since: held.version }, AbortSignal.timeout(refreshMs))
  client.setQueryData<MapSnapshot>(snapshotKey(null), (now) =>
    now && now.version === held.version ? mergeSnapshot(now, delta) : now,
  )
}

/** Plain fetch: the snapshot compresses itself and is not part of the typed routes. */
async function fetchMap(query: Record<string, string>, signal?: AbortSignal): Promise<MapSnapshot> {
  const response = await request(`/api/map?${new URLSearchParams(query)}`, signal ? { signal } : {})
  return parseResponse(response as unknown as ClientResponse<MapSnapshot, 200, 'json'>)
}
