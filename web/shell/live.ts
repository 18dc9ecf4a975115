import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Change } from 'api/event/contract'
import { useEffect, useSyncExternalStore } from 'react'
import { mapSnapshot, refreshSnapshot } from '../project/queries.ts'
import { instantText } from '../ui/date.ts'

/** How the page stands with its server. `since` is the last sign of life (performance-independent ms). */
export interface LiveState {
  status: 'connecting' | 'live' | 'broken'
  since: number
}

/** The server tells the time each minute: one that says nothing for longer is not heard any more. */
const silenceMs = 90_000
const retryMs = 5000

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
  useEffect(() => follow(client), [client])
}

function follow(client: QueryClient): () => void {
  let last: string | null = null
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  const refresher = refreshInTurn(client)
  const { refresh } = refresher
  let silence: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    set('live')
    listenOn()
  }
  /** A stream that was opened and never says anything is opened again too. */
  const listenOn = () => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      set('broken')
      open()
    }, silenceMs)
  }
  const open = () => {
    source?.close()
    listenOn()
    source = new EventSource(last === null ? '/api/event' : `/api/event?since=${last}`)
    source.onopen = () => {
      heard()
      // Whatever happened while nobody listened is in the delta since the version held.
      refresh()
    }
    source.onerror = () => {
      set('broken')
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, 2000)
    }
    source.addEventListener('change', (event) => {
      last = event.lastEventId || last
      heard()
      refresh()
      invalidate(client, JSON.parse(event.data) as Change[])
    })
    source.addEventListener('reset', (event) => {
      last = event.lastEventId || last
      void client.invalidateQueries()
    })
    source.addEventListener('clock', (event) => {
      last = event.lastEventId || last
      heard()
      void client.invalidateQueries({ queryKey: ['city'], exact: true })
      if (isAnotherDay(client, (JSON.parse(event.data) as { now: string }).now)) {
        refresh()
        for (const noun of judgedByDay) void client.invalidateQueries({ queryKey: [noun] })
      }
    })
  }
  open()
  return () => {
    clearTimeout(retry)
    clearTimeout(silence)
    refresher.stop()
    source?.close()
  }
}

/** What stages, lights and curves are judged by changes at midnight, though nobody writes. */
const judgedByDay = ['project', 'investment', 'plan']

function isAnotherDay(client: QueryClient, now: string): boolean {
  const held = client.getQueryData(mapSnapshot(null).queryKey)
  return held !== undefined && held.date !== instantText(now).slice(0, 10)
}

/** Asks for what changed, one question at a time; one that failed is asked again. */
function refreshInTurn(client: QueryClient): { refresh: () => void; stop: () => void } {
  let isAsking = false
  let isWanted = false
  let retry: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    isWanted = true
    if (isAsking) return
    clearTimeout(retry)
    isAsking = true
    isWanted = false
    refreshSnapshot(client)
      .catch(() => {
        retry = setTimeout(refresh, retryMs)
      })
      .finally(() => {
        isAsking = false
        if (isWanted) refresh()
      })
  }
  return { refresh, stop: () => clearTimeout(retry) }
}

function invalidate(client: QueryClient, changes: Change[]): void {
  const projects = new Set(changes.map((change) => change.projectId).filter((id) => id !== null))
  for (const id of projects) void client.invalidateQueries({ queryKey: ['project', id] })
  const nouns = new Set(changes.map((change) => change.noun))
  // The city's name and bounds are those of its units.
  if (nouns.has('unit')) void client.invalidateQueries({ queryKey: ['city'], exact: true })
  for (const noun of nouns) {
    if (noun !== 'project') void client.invalidateQueries({ queryKey: [noun] })
  }
}
