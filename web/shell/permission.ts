import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, parseResponse } from './api.ts'

/** Who is signed in, as the server says. */
export const session = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => parseResponse(api.session.$get({}, { init: { signal } })),
  staleTime: 60_000,
})

/** Who looks at the page: number, and what the roles of today allow. The server decides; this only hides. */
export function useViewer(): {
  id: number | null
  may: (noun: string, action: string) => boolean
} {
  const me = useQuery(session).data?.me ?? null
  const may = (noun: string, action: string) =>
    me?.permissions.includes(`${noun}:${action}`) ?? false
  return { id: me?.id ?? null, may }
}
