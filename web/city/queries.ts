import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** The city, its clock and its basemap settings; asked again each minute for the clock. */
export const cityQuery = queryOptions({
  queryKey: ['city'],
  queryFn: ({ signal }) => parseResponse(api.city.$get({}, { init: { signal } })),
  staleTime: 60_000,
  refetchInterval: 60_000,
})

/** River, province line and neighbouring cities: what lies below the city's own shapes. */
export const basemapQuery = queryOptions({
  queryKey: ['city', 'basemap'],
  queryFn: ({ signal }) => parseResponse(api.city.basemap.$get({}, { init: { signal } })),
  staleTime: Number.POSITIVE_INFINITY,
})
