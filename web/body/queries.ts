import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** The coordination ladder from the top down. */
export const bodyList = queryOptions({
  queryKey: ['body', 'list'],
  queryFn: ({ signal }) => parseResponse(api.body.$get({}, { init: { signal } })),
})

/** The open matters before one body, the longest overdue first. */
export const bodyItems = (id: number) =>
  queryOptions({
    queryKey: ['body', 'item', id],
    queryFn: ({ signal }) =>
      parseResponse(
        api.body[':id'].item.$get({ param: { id: String(id) }, query: {} }, { init: { signal } }),
      ),
  })
