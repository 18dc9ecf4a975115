import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** A wall tells of itself once a minute. */
const lookMs = 30_000

/** The walls of the city, and when each was last heard of. */
export const deviceList = queryOptions({
  queryKey: ['device', 'list'],
  queryFn: ({ signal }) => parseResponse(api.device.$get({}, { init: { signal } })),
  refetchInterval: lookMs,
})
