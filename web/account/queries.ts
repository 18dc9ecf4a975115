import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Every account, with its rights and how its owner signs in; held whole and searched in the page. */
export const accountList = queryOptions({
  queryKey: ['account', 'list'],
  queryFn: ({ signal }) => parseResponse(api.account.$get({}, { init: { signal } })),
})
