import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Asked anew after an act, on coming back to the page, and now and then: it weighs the whole scope. */
const everyMs = 300_000

/** What the reader has to decide today, at most ten. */
export const agendaQuery = queryOptions({
  queryKey: ['agenda'],
  queryFn: ({ signal }) => parseResponse(api.agenda.$get({}, { init: { signal } })),
  staleTime: 30_000,
  refetchInterval: everyMs,
})

/** What waits for these projects, by name. */
export const dependantsOf = (projects: readonly number[]) =>
  queryOptions({
    queryKey: ['agenda', 'row', projects.join()],
    queryFn: async ({ signal }) => {
      if (projects.length === 0) return []
      const query = { project: projects.join() }
      return (await parseResponse(api.agenda.row.$get({ query }, { init: { signal } }))).rows
    },
  })
