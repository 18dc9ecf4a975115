import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

/** Under the project, so that every change of it is followed. */
export const holderOf = (project: number, asOf: string | null) =>
  queryOptions({
    queryKey: ['project', project, 'holder', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.holder.$get(
          { query: { project: String(project), ...(asOf ? { asOf } : {}) } },
          { init: { signal } },
        ),
      ),
  })
