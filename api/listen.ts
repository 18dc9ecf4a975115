import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ApiError } from './http/contract.ts'
import { pathOf } from './http/path.ts'

const idleMs = 100

/** A server that listens before it has anything to show. */
export interface Listener {
  url: string
  /** From now on this site answers, instead of "loading". */
  show(site: Hono): void
  /** Takes no more connections, waits for the answers under way, then cuts what is left. */
  close(patienceMs: number): Promise<void>
}

/**
 * Listens at once, so that a taken port is known before a database is opened, and says "loading"
 * until a site is shown.
 * @throws Error `PORT_TAKEN`, `PORT_FORBIDDEN` or `HOST_UNKNOWN`.
 */
export async function listen(host: string, port: number): Promise<Listener> {
  let site = loadingSite()
  const streams = new Set<ServerResponse>()
  let closing = false
  const answer = (request: Request, bindings: HttpBindings) => {
    const { incoming, outgoing } = bindings
    // By address: looking into the headers of every response would cost a third of the throughput.
    if (pathOf(incoming.url ?? '').startsWith('/api/event')) {
      streams.add(outgoing)
      outgoing.once('close', () => streams.delete(outgoing))
    }
    const sent = (response: Response) => {
      // A caller that is told so asks the next server.
      if (closing) outgoing.shouldKeepAlive = false
      return response
    }
    const response = site.fetch(request, bindings)
    // What is there at once (a kept tile) goes out at once: a promise would cost a third of the rate.
    return response instanceof Promise ? response.then(sent) : sent(response)
  }
  const listener = getRequestListener(
    (request, bindings) => answer(request, bindings as HttpBindings),
    // HTTP/1.0 may come without a name.
    { hostname: 'localhost' },
  )
  const server = createServer(listener)
  await bound(server, host, port)
  const { port: given } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return {
    url: `http://${name.includes(':') ? `[${name}]` : name}:${given}`,
    show: (next) => {
      site = next
    },
    close: (patienceMs) => {
      closing = true
      return drain(server, streams, patienceMs)
    },
  }
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(
        `PORT_TAKEN: port ${port} on ${host} is in use by another program (端口已被占用); stop it, or set PORT to another number, e.g. PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new Error(`PORT_FORBIDDEN: port ${port} needs privileges; set PORT to 1024 or above`)
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new Error(
        `HOST_UNKNOWN: HOST is "${host}", which is no address of this machine; use 127.0.0.1 or 0.0.0.0`,
      )
    default:
      return error
  }
}

function drain(server: Server, streams: Set<ServerResponse>, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs)
    // A connection is idle again after each answer, and would be kept for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), idleMs)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(idle)
      resolve()
    })
    // An event stream has no end of its own: its page resumes at the next server.
    for (const stream of streams) stream.destroy()
    server.closeIdleConnections()
  })
}

/** Until the data is there: a page that asks again, and the one error shape for programs. */
function loadingSite(): Hono {
  const body: ApiError = { error: { code: 'STARTING', message: '正在加载数据，请稍候' } }
  return new Hono()
    .get('/health/live', (c) => c.json({ status: 'live' }, 200))
    .all('*', (c) => {
      c.header('Retry-After', '2')
      c.header('Cache-Control', 'no-store')
      if (!(c.req.header('accept') ?? '').includes('text/html')) return c.json(body, 503)
      return c.html(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>全市项目一张图</title><p>正在加载数据，请稍候……</p></html>',
        503,
      )
    })
}
