import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** All units now, or as they were known at the end of a day. */
export const unitsOn = (asOf: string | null) =>
  queryOptions({
    queryKey: ['unit', 'list', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.unit.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  })

export const unitList = unitsOn(null)

/** Outlines now, or as they were known at the end of a day. */
export const unitBoundary = (asOf: string | null) =>
  queryOptions({
    queryKey: ['unit', 'boundary', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.unit.boundary.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
    staleTime: 600_000,
    // Another day's outlines take the place of these when they are there: the map never stands bare.
    placeholderData: keepPreviousData,
  })
