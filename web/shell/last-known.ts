/**
 * The last data that this browser saw, kept in IndexedDB, so that a screen that is opened or
 * reloaded while the server is away shows it with its age instead of nothing.
 */
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { useEffect, useState } from 'react'
import { keptReach } from '../session/kept.ts'
import { liveState, rememberSign, subscribeLive } from './live.ts'

interface Kept {
  /** Of another build the data may have another shape, of another person other rows: it is not read. */
  build: string
  /** Milliseconds: when the data was last known to be right. */
  at: number
  data: unknown
}
interface Store extends DBSchema {
  query: { key: string; value: Kept }
  sign: { key: string; value: number }
}

const writeEveryMs = 5000
const signEveryMs = 20_000
let opened: Promise<IDBPDatabase<Store> | null> | undefined

/** Path of the page's own script, which carries the build's hash. */
export const buildOf = (page: Document): string => {
  const script = page.querySelector<HTMLScriptElement>('script[type="module"][src]')
  return script?.getAttribute('src') ?? ''
}

/** The build, and whose data it is. */
const stamp = (): string => `${buildOf(document)} ${keptReach()}`

/** Null where the browser refuses storage (private window, full disk): then nothing is kept. */
function store(): Promise<IDBPDatabase<Store> | null> {
  opened ??= openDB<Store>('onemap', 1, {
    upgrade(db) {
      db.createObjectStore('query')
      db.createObjectStore('sign')
    },
  }).catch(() => null)
  return opened
}

/**
 * Puts what was kept of the given queries into the cache, to be fetched anew at once, and keeps
 * them from then on. True when the cache is ready, at the latest after a moment: a storage that
 * hangs must not keep a screen dark.
 */
export function useLastKnown(queries: readonly QueryKey[]): boolean {
  const client = useQueryClient()
  const names = queries.map((key) => JSON.stringify(key))
  const list = names.join('\n')
  const [ready, setReady] = useState('')
  useEffect(() => {
    let ended = false
    let stop = () => {}
    const wanted = list.split('\n')
    const restored = restore(client, wanted).catch(() => {})
    const patience = new Promise((resolve) => setTimeout(resolve, 1500))
    void Promise.race([restored, patience]).then(() => {
      if (ended) return
      setReady(list)
      stop = keep(client, wanted)
    })
    return () => {
      ended = true
      stop()
    }
  }, [client, list])
  return ready === list
}

/** Empties the store: whoever opens this browser next finds nothing of before. */
export async function forgetLastKnown(): Promise<void> {
  await (await store())?.clear('query')
}

async function restore(client: QueryClient, names: string[]): Promise<void> {
  const db = await store()
  if (!db) return
  const build = stamp()
  const kept = await Promise.all(names.map((name) => db.get('query', name)))
  const sign = await db.get('sign', 'alive')
  names.forEach((name, index) => {
    const entry = kept[index]
    const key = JSON.parse(name) as QueryKey
    if (entry?.build !== build || client.getQueryData(key) !== undefined) return
    client.setQueryData(key, entry.data, { updatedAt: entry.at })
    void client.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' })
  })
  if (sign !== undefined) rememberSign(sign)
}

function keep(client: QueryClient, names: string[]): () => void {
  const wanted = new Set(names)
  const dirty = new Set(names.filter((name) => client.getQueryData(JSON.parse(name))))
  let writing: ReturnType<typeof setTimeout> | undefined
  let last = 0
  const flush = () => {
    clearTimeout(writing)
    writing = undefined
    last = Date.now()
    void write(client, dirty).catch(() => {})
  }
  // The first data is kept at once, a stream of changes now and then.
  const plan = () => {
    if (dirty.size > 0)
      writing ??= setTimeout(flush, Math.max(300, last + writeEveryMs - Date.now()))
  }
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const name = JSON.stringify(event.query.queryKey)
    if (wanted.has(name)) dirty.add(name)
    plan()
  })
  plan()
  const signing = setInterval(sign, signEveryMs)
  const stopSigning = subscribeLive(sign)
  addEventListener('pagehide', flush)
  return () => {
    unsubscribe()
    clearInterval(signing)
    stopSigning()
    removeEventListener('pagehide', flush)
    flush()
  }
}

async function write(client: QueryClient, dirty: Set<string>): Promise<void> {
  const names = [...dirty]
  dirty.clear()
  // Nobody is signed in any more: what is still held is not kept.
  const db = names.length > 0 && keptReach() !== '' ? await store() : null
  if (!db) return
  const build = stamp()
  for (const name of names) {
    const state = client.getQueryState(JSON.parse(name) as QueryKey)
    if (state?.data === undefined) continue
    await db.put('query', { build, at: state.dataUpdatedAt, data: state.data }, name)
  }
}

function sign(): void {
  if (liveState().status !== 'live') return
  void store()
    .then((db) => db?.put('sign', Date.now(), 'alive'))
    .catch(() => {})
}
