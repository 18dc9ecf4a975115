import type { QueryClient } from '@tanstack/react-query'
import type { Change } from 'api/event/contract'
import { mapSnapshot, refreshSnapshot } from '../project/queries.ts'
import { instantText } from '../ui/date.ts'
import { tellUnknown } from './request.ts'

type Timer = ReturnType<typeof setTimeout>

/** The server tells the time each minute: one that says nothing for longer is not heard any more. */
const silenceMs = 90_000
const reopenMs = 2000
const retryMs = 5000
/** What stages, lights and curves are judged by changes at midnight, though nobody writes. */
const judgedByDay = ['project', 'investment', 'plan']

/**
 * The page's end of /api/event. The browser resumes a broken stream with Last-Event-ID; when it gives
 * up, or nothing is heard for long, the stream is opened again from the last number seen.
 */
export class LiveStream {
  readonly #client: QueryClient
  readonly #tell: (status: 'live' | 'broken') => void
  readonly #refresher: { refresh: () => void; stop: () => void }
  #source: EventSource | null = null
  #last: string | null = null
  #reopen: Timer | undefined
  #silence: Timer | undefined

  constructor(client: QueryClient, tell: (status: 'live' | 'broken') => void) {
    this.#client = client
    this.#tell = tell
    this.#refresher = refreshInTurn(client)
  }

  /** Follows until `close`; the browser's word that the network went or came is taken at once. */
  start(): () => void {
    const gone = () => this.#tell('broken')
    const back = () => this.open()
    addEventListener('offline', gone)
    addEventListener('online', back)
    this.open()
    return () => {
      removeEventListener('offline', gone)
      removeEventListener('online', back)
      this.close()
    }
  }

  open(): void {
    this.close()
    this.#waitForWord()
    const since = this.#last === null ? '' : `?since=${this.#last}`
    const source = new EventSource(`/api/event${since}`)
    this.#source = source
    source.onopen = () => {
      this.#heard()
      // Whatever happened while nobody listened is in the delta since the version held.
      this.#refresher.refresh()
      void this.#client.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
    }
    source.onerror = () => {
      this.#tell('broken')
      if (source.readyState !== EventSource.CLOSED) return
      // Shut for good: by a proxy, or because nobody is signed in any more.
      tellUnknown()
      this.#reopen = setTimeout(() => this.open(), reopenMs)
    }
    this.#on('change', (data) => this.#changed(data as Change[]))
    this.#on('reset', () => void this.#client.invalidateQueries())
    this.#on('clock', (data) => this.#clock((data as { now: string }).now))
  }

  close(): void {
    clearTimeout(this.#reopen)
    clearTimeout(this.#silence)
    this.#refresher.stop()
    this.#source?.close()
  }

  #on(name: string, act: (data: unknown) => void): void {
    this.#source?.addEventListener(name, (event: MessageEvent<string>) => {
      this.#last = event.lastEventId || this.#last
      this.#heard()
      act(JSON.parse(event.data))
    })
  }

  #heard(): void {
    this.#tell('live')
    this.#waitForWord()
  }

  /** A stream that was opened and never says anything is opened again too. */
  #waitForWord(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      this.#tell('broken')
      this.open()
    }, silenceMs)
  }

  #changed(changes: Change[]): void {
    this.#refresher.refresh()
    invalidate(this.#client, changes)
  }

  #clock(now: string): void {
    void this.#client.invalidateQueries({ queryKey: ['city'], exact: true })
    if (!isAnotherDay(this.#client, now)) return
    this.#refresher.refresh()
    for (const noun of judgedByDay) void this.#client.invalidateQueries({ queryKey: [noun] })
  }
}

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
  // What belongs to a noun is named after it: dispatch_task.
  const nouns = new Set(changes.map((change) => change.noun.replace(/_.*/, '')))
  // Another rule judges everything anew.
  if (nouns.has('light')) void client.invalidateQueries({ queryKey: ['project'] })
  // The city's name and bounds are those of its units.
  if (nouns.has('unit')) void client.invalidateQueries({ queryKey: ['city'], exact: true })
  for (const noun of nouns) {
    if (noun !== 'project') void client.invalidateQueries({ queryKey: [noun] })
  }
  // Whatever happens may be what somebody waited for, or makes somebody wait.
  if (nouns.size > 0) void client.invalidateQueries({ queryKey: ['inbox'] })
  // The month's table adds up projects, plans and money too.
  if (nouns.size > 0) void client.invalidateQueries({ queryKey: ['report', 'table'] })
}
