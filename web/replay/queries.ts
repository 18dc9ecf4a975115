import { queryOptions } from '@tanstack/react-query'
import type { MapReplay } from 'api/map/replay/contract'
import type { ClientResponse } from 'hono/client'
import { parseResponse } from '../shell/api.ts'
import { request } from '../shell/request.ts'
import type { Span } from './span.ts'

/** The days of a span in one answer; what is past stays as it is, so it is asked for once. */
export const replayOf = (span: Span) =>
  queryOptions({
    queryKey: ['replay', span.from, span.to],
    queryFn: async ({ signal }): Promise<MapReplay> => {
      const query = new URLSearchParams({ from: span.from, to: span.to })
      // Plain fetch: the answer compresses itself and is not part of the typed routes.
      const response = await request(`/api/map/replay?${query}`, { signal })
      return parseResponse(response as unknown as ClientResponse<MapReplay, 200, 'json'>)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 1_800_000,
    structuralSharing: false,
  })
