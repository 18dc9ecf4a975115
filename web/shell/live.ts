import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { LiveStream } from './live-stream.ts'

/** How the page stands with its server. `since` is the last sign of life (performance-independent ms). */
export interface LiveState {
  status: 'connecting' | 'live' | 'broken'
  since: number
}

let state: LiveState = { status: 'connecting', since: Date.now() }
const listeners = new Set<() => void>()

function set(status: LiveState['status']): void {
  state = { status, since: status === 'live' ? Date.now() : state.since }
  for (const listener of listeners) listener()
}

export const liveState = (): LiveState => state

/** What the page shows was last known to be right at this time (ms), before the page was opened. */
export function rememberSign(at: number): void {
  if (state.status === 'live') return
  state = { ...state, since: at }
  for (const listener of listeners) listener()
}

export const subscribeLive = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLiveState = (): LiveState => useSyncExternalStore(subscribeLive, () => state)

/**
 * Follows /api/event: each change refreshes the map by its delta and only the queries of the rows
 * that changed. The browser resumes a broken stream with Last-Event-ID; when it gives up (a proxy's
 * error page), the stream is opened again from the last number seen.
 */
export function useLive(): void {
  const client = useQueryClient()
  useEffect(() => new LiveStream(client, set).start(), [client])
}
