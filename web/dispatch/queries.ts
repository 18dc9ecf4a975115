import { queryOptions } from '@tanstack/react-query'
import type { DispatchFilter, Selection } from 'api/dispatch/contract'
import { api, parseResponse } from '../shell/api.ts'

export type Box = DispatchFilter['box']

/** The orders that wait for me, those I sent, or all that I may see; of one project where it is given, as of a day. */
export const dispatchList = (box: Box, asOf: string | null, project?: number) =>
  queryOptions({
    queryKey: ['dispatch', 'list', box, project ?? null, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.dispatch.$get(
          {
            query: {
              box,
              limit: '200',
              ...(asOf ? { asOf } : {}),
              ...(project === undefined ? {} : { project: String(project) }),
            },
          },
          { init: { signal } },
        ),
      ),
  })

export const dispatchDetail = (id: number) =>
  queryOptions({
    queryKey: ['dispatch', 'one', id],
    queryFn: ({ signal }) =>
      parseResponse(api.dispatch[':id'].$get({ param: { id: String(id) } }, { init: { signal } })),
  })

/** What an order about a selection would say and to whom; asked for once, as people go on to change it. */
export const dispatchProposal = (selection: Partial<Selection>) =>
  queryOptions({
    queryKey: ['dispatch-proposal', selection],
    queryFn: ({ signal }) =>
      parseResponse(api.dispatch.proposal.$post({ json: selection }, { init: { signal } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
