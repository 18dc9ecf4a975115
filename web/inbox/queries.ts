import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** What waits for the reader, the oldest promise first. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => parseResponse(api.inbox.$get({}, { init: { signal } })),
})
