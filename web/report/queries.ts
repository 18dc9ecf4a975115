import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

const queryOf = (month: string, asOf: string | null) => ({
  month: `${month}-01`,
  ...(asOf ? { asOf } : {}),
})

/** The city's table of a month (`YYYY-MM`), now or as it was known at the end of a day. */
export const reportTable = (month: string, asOf: string | null) =>
  queryOptions({
    queryKey: ['report', 'table', month, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.report.table.$get({ query: queryOf(month, asOf) }, { init: { signal } })),
  })

/** Where the same table is to be had as a workbook. */
export const reportTableFile = (month: string, asOf: string | null): string =>
  `/api/report/table.xlsx?${new URLSearchParams(queryOf(month, asOf))}`
