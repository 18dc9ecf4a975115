import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

export const parkList = queryOptions({
  queryKey: ['park', 'list'],
  queryFn: ({ signal }) => parseResponse(api.park.$get({ query: {} }, { init: { signal } })),
  staleTime: 600_000,
})

export const parkBoundary = queryOptions({
  queryKey: ['park', 'boundary'],
  queryFn: ({ signal }) => parseResponse(api.park.boundary.$get({}, { init: { signal } })),
  staleTime: 600_000,
})
