import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { SessionState } from 'api/session/contract'
import { api, parseResponse } from '../shell/api.ts'
import { keepSession } from './kept.ts'

const againMs = 10_000

/** Who is signed in, how one may sign in, and what passwords have to be. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionState> => {
    const state = await parseResponse(api.session.$get({}, { init: { signal } }))
    keepSession(state)
    return state
  },
  staleTime: 60_000,
  // What this browser knew last stands in at once; a server that comes back is asked again.
  retry: false,
  refetchInterval: ({ state }) => (state.status === 'error' ? againMs : false),
})

/** Asks the server who is signed in; rejects when it does not answer. */
export const askSession = (client: QueryClient): Promise<SessionState> =>
  client.fetchQuery({ ...sessionQuery, staleTime: 0 })
