import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Planned and done money of the present year by month, over the whole city. */
export const curveQuery = queryOptions({
  queryKey: ['investment', 'curve', 'now'],
  queryFn: ({ signal }) =>
    parseResponse(api.investment.curve.$get({ query: {} }, { init: { signal } })),
  staleTime: 60_000,
})
