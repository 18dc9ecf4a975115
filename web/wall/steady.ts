import { type UseQueryOptions, useQuery } from '@tanstack/react-query'

/** Asked again by the clock too, in case the live stream ever stays silent. */
const netMs = 300_000
const retryMs = 10_000

/** Never gives up: a question that failed is asked again soon, one that was answered now and then. */
export function useSteady<T, K extends readonly unknown[]>(
  options: UseQueryOptions<T, Error, T, K>,
) {
  return useQuery({
    ...options,
    refetchInterval: (query) => (query.state.status === 'error' ? retryMs : netMs),
    refetchIntervalInBackground: true,
  })
}
