import { queryOptions } from '@tanstack/react-query'
import { api, parseResponse } from '../shell/api.ts'

const askMs = 3000
/** What the server does not want now, or nobody answers, is asked for again: nobody stands at a wall. */
const againMs = 5000

/** A code for this wall, and the secret by which it learns that it was let in. */
export const pairingQuery = queryOptions({
  queryKey: ['device', 'pairing'],
  queryFn: () => parseResponse(api.device.pairing.$post()),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  retry: true,
  retryDelay: againMs,
})

/** Whether the code was typed in by an administrator. */
export const pairingState = (secret: string | undefined) =>
  queryOptions({
    queryKey: ['device', 'pairing', secret],
    queryFn: ({ signal }) =>
      parseResponse(
        api.device.pairing[':secret'].$get(
          { param: { secret: secret ?? '' } },
          { init: { signal } },
        ),
      ),
    enabled: secret !== undefined,
    retry: false,
    gcTime: 0,
    refetchInterval: askMs,
  })
