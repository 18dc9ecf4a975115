import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Under the project, so that every change of it is followed. */
export const revisionsOf = (project: number) =>
  queryOptions({
    queryKey: ['project', project, 'revision'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.milestone.revision.$get({ query: { project: String(project) } }, { init: { signal } }),
      ),
  })

export const plansOf = (project: number) =>
  queryOptions({
    queryKey: ['project', project, 'milestone-plan'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.milestone.plan.$get({ query: { project: String(project) } }, { init: { signal } }),
      ),
  })

export const ledgerOf = (project: number, asOf: string | null) =>
  queryOptions({
    queryKey: ['project', project, 'ledger', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.milestone.ledger.$get(
          { query: { project: String(project), ...(asOf ? { asOf } : {}) } },
          { init: { signal } },
        ),
      ),
  })

/** What waits for the dispatch office, of the whole scope. */
export const waitingRevisions = queryOptions({
  queryKey: ['milestone_revision', 'waiting'],
  queryFn: ({ signal }) =>
    parseResponse(
      api.milestone.revision.$get({ query: { state: 'proposed' } }, { init: { signal } }),
    ),
})
export const waitingPlans = queryOptions({
  queryKey: ['milestone_plan', 'waiting'],
  queryFn: ({ signal }) =>
    parseResponse(api.milestone.plan.$get({ query: { state: 'submitted' } }, { init: { signal } })),
})

/** Late against both plans, by unit. */
export const slipFigures = (asOf: string | null) =>
  queryOptions({
    queryKey: ['milestone', 'slip', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.milestone.slip.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
  })

export const causes = queryOptions({
  queryKey: ['cause'],
  queryFn: ({ signal }) => parseResponse(api.issue.cause.$get({}, { init: { signal } })),
  staleTime: 600_000,
})

export const templates = queryOptions({
  queryKey: ['milestone_template'],
  queryFn: ({ signal }) => parseResponse(api.milestone.template.$get({}, { init: { signal } })),
  staleTime: 600_000,
})

/** The steps behind a figure of `slipFigures`. */
export const slipRows = (against: 'due' | 'original' | 'revised') =>
  queryOptions({
    queryKey: ['milestone', 'slip', 'row', against],
    queryFn: async ({ signal }) => {
      const query = { against }
      return (await parseResponse(api.milestone.slip.row.$get({ query }, { init: { signal } })))
        .rows
    },
  })
