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

/** What was typed for a project's months and not yet filed, whoever typed it. */
export const reportDrafts = (project: number) =>
  queryOptions({
    queryKey: ['report', 'draft', project],
    queryFn: async ({ signal }) => {
      const query = { project: String(project) }
      return (await parseResponse(api.report.draft.$get({ query }, { init: { signal } }))).rows
    },
    // Asked each time that a form opens: somebody else may have gone on with it.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** The reports of a month (`YYYY-MM`) that wait for verification. */
export const reportQueue = (month: string) =>
  queryOptions({
    queryKey: ['report', 'queue', month],
    queryFn: async ({ signal }) => {
      const query = { month: `${month}-01` }
      return (await parseResponse(api.report.queue.$get({ query }, { init: { signal } }))).rows
    },
  })

/** Causes that an issue may name. */
export const issueCauses = queryOptions({
  queryKey: ['issue', 'cause'],
  queryFn: async ({ signal }) =>
    (await parseResponse(api.issue.cause.$get({}, { init: { signal } }))).rows,
  staleTime: 600_000,
})

/** The projects of one line of the table of a month (`YYYY-MM`). */
export const tableLines = (
  month: string,
  asOf: string | null,
  group: 'total' | 'category' | 'planKind' | 'unit',
  key: string,
) =>
  queryOptions({
    queryKey: ['report', 'table', 'row', month, asOf ?? 'now', group, key],
    queryFn: async ({ signal }) => {
      const query = { ...queryOf(month, asOf), group, ...(key === '' ? {} : { key }) }
      return (await parseResponse(api.report.table.row.$get({ query }, { init: { signal } }))).rows
    },
  })
