import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** The departments of the city that people belong to and answer for. */
export const departmentList = queryOptions({
  queryKey: ['department', 'list'],
  queryFn: ({ signal }) => parseResponse(api.department.$get({}, { init: { signal } })),
  staleTime: 300_000,
})
