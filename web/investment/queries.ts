import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** What each project brings to one month (`YYYY-MM-01`) of the same curve. */
export const curveRows = (month: string, asOf: string | null) =>
  queryOptions({
    queryKey: ['investment', 'curve', 'row', month, asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const query = { month, ...(asOf ? { asOf } : {}) }
      return (await parseResponse(api.investment.curve.row.$get({ query }, { init: { signal } })))
        .rows
    },
    staleTime: 60_000,
  })

/** Planned and done money of a day's plan year by month, over the whole city; null: of now. */
export const curveOn = (asOf: string | null) =>
  queryOptions({
    queryKey: ['investment', 'curve', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.investment.curve.$get({ query: asOf ? { asOf } : {} }, { init: { signal } }),
      ),
    staleTime: 60_000,
  })
