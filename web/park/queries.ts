import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** All parks now, or as they were known at the end of a day. */
export const parksOn = (asOf: string | null) =>
  queryOptions({
    queryKey: ['park', 'list', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.park.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  })

export const parkList = parksOn(null)

/** Outlines now, or as they were known at the end of a day. */
export const parkBoundary = (asOf: string | null) =>
  queryOptions({
    queryKey: ['park', 'boundary', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.park.boundary.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
    staleTime: 600_000,
    // Another day's outlines take the place of these when they are there: the map never stands bare.
    placeholderData: keepPreviousData,
  })
