import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

export const unitList = queryOptions({
  queryKey: ['unit', 'list'],
  queryFn: ({ signal }) => parseResponse(api.unit.$get({ query: {} }, { init: { signal } })),
  staleTime: 600_000,
})

export const unitBoundary = queryOptions({
  queryKey: ['unit', 'boundary'],
  queryFn: ({ signal }) => parseResponse(api.unit.boundary.$get({}, { init: { signal } })),
  staleTime: 600_000,
})
