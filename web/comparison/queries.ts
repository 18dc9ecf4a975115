import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** What differs between a day or instant and a later one, null: now. */
export const comparisonOf = (from: string, to: string | null) =>
  queryOptions({
    queryKey: ['comparison', from, to ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.comparison.$get({ query: { from, ...(to ? { to } : {}) } }, { init: { signal } }),
      ),
    staleTime: to === null ? 60_000 : Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })

/** Says that the reader looks at the city, and asks when the look before this one ended. */
export const lookQuery = queryOptions({
  queryKey: ['look'],
  queryFn: () => parseResponse(api.comparison.look.$post()),
  // Said again while the page is seen, so that the look ends when the reader leaves.
  refetchInterval: 600_000,
  staleTime: Number.POSITIVE_INFINITY,
})
