/**
 * The service worker of one screen: keeps the files that it needs to open, and answers with them
 * when the network does not. Data is not its business (last-known.ts keeps that).
 */

/** What the worker uses of its global scope; the DOM types of the pages do not have it. */
interface WorkerScope {
  caches: CacheStorage
  location: Location
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
interface Waiting {
  waitUntil(done: Promise<unknown>): void
}
interface Fetching {
  request: Request
  respondWith(answer: Promise<Response>): void
}
/** Filled in by the build: the screen's address, the name of this build and its files. */
declare const __PAGE_BUILD__: { page: string; name: string; files: string[] }

const scope = self as unknown as WorkerScope
const { page, name: buildName, files: pageFiles } = __PAGE_BUILD__
const prefix = `onemap-page${page}-`
const cacheName = prefix + buildName
/** A network that has not answered by then counts as none. */
const patienceMs = 4000

scope.addEventListener('install', (event) => {
  event.waitUntil(
    scope.caches
      .open(cacheName)
      .then((cache) => cache.addAll([page, ...pageFiles]))
      .then(() => scope.skipWaiting()),
  )
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOldBuilds().then(() => scope.clients.claim()))
})

/** The build before this one stays: a page of it that is still open asks for more of its files. */
async function dropOldBuilds(): Promise<void> {
  const names = (await scope.caches.keys()).filter((name) => name.startsWith(prefix))
  const old = names.filter((name) => name !== cacheName).slice(0, -1)
  await Promise.all(old.map((name) => scope.caches.delete(name)))
}

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return
  if (request.mode === 'navigate') event.respondWith(openPage(request))
  else if (url.pathname.startsWith('/assets/') || pageFiles.includes(url.pathname)) {
    event.respondWith(keptFile(request))
  }
})

/** The newest page when the network answers in time, else the one kept. */
async function openPage(request: Request): Promise<Response> {
  const cache = await scope.caches.open(cacheName)
  const kept = await cache.match(page, { ignoreVary: true })
  const fresh = fetch(request)
  if (!kept) return fresh
  const patience = new Promise<Response>((resolve) => setTimeout(resolve, patienceMs, kept))
  const answered = fresh.then((response) => (response.ok ? response : kept)).catch(() => kept)
  return Promise.race([answered, patience])
}

/** Files carry their hash in the name: what is kept is right. What the map loads later is kept too. */
async function keptFile(request: Request): Promise<Response> {
  const cache = await scope.caches.open(cacheName)
  const kept = await cache.match(request, { ignoreVary: true })
  if (kept) return kept
  const response = await fetch(request).catch(() => null)
  if (response?.ok) {
    await cache.put(request, response.clone())
    return response
  }
  const before = await scope.caches.match(request, { ignoreVary: true })
  return before ?? response ?? Response.error()
}
