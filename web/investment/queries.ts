import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Planned and done money of the present year by month, over the whole city. */
export const curveQuery = queryOptions({
  queryKey: ['investment', 'curve', 'now'],
  queryFn: ({ signal }) =>
    parseResponse(api.investment.curve.$get({ query: {} }, { init: { signal } })),
  staleTime: 60_000,
})

/** What each project brings to one month (`YYYY-MM-01`) of the same curve. */
export const curveRows = (month: string) =>
  queryOptions({
    queryKey: ['investment', 'curve', 'row', month],
    queryFn: async ({ signal }) => {
      const query = { month }
      return (await parseResponse(api.investment.curve.row.$get({ query }, { init: { signal } })))
        .rows
    },
    staleTime: 60_000,
  })
