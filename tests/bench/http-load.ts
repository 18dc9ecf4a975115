import { connect, type Socket } from 'node:net'

export interface Load {
  perSecond: number
  done: number
  bytes: number
}

/**
 * Asks for the paths in turn over `clients` kept-open connections for `seconds`, each connection one
 * request at a time. Plain sockets: the measuring program must cost less than what it measures.
 * @param options.headers further header lines, each with its line end.
 * @throws Error when an answer is neither 200, 204 nor 304.
 */
export async function load(
  origin: string,
  paths: readonly string[],
  { clients = 8, seconds = 2, limit = Number.POSITIVE_INFINITY, headers = '' } = {},
): Promise<Load> {
  const { hostname, port } = new URL(origin)
  const began = performance.now()
  const end = began + seconds * 1000
  let next = 0
  let done = 0
  let bytes = 0
  const client = async () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    while (performance.now() < end && next < limit) {
      const path = paths[next++ % paths.length] ?? '/'
      const length = await exchange(socket, path, headers)
      bytes += length
      done += 1
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { perSecond: done / ((performance.now() - began) / 1000), done, bytes }
}

/** One request and its whole answer; resolves to the answer's length in bytes. */
function exchange(socket: Socket, path: string, headers: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    let expected = -1
    const finish = (outcome: () => void) => {
      socket.off('data', onData)
      socket.off('error', reject)
      outcome()
    }
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      if (expected < 0) expected = lengthOf(received, path)
      if (expected >= 0 && received.length >= expected) finish(() => resolve(expected))
    }
    socket.on('data', onData)
    socket.once('error', reject)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n${headers}\r\n`)
  })
}

function lengthOf(received: Buffer, path: string): number {
  const head = received.indexOf('\r\n\r\n')
  if (head < 0) return -1
  const text = received.toString('latin1', 0, head)
  if (!/^HTTP\/1.1 (200|204|304)/.test(text)) throw new Error(`${path}: ${text.split('\r\n')[0]}`)
  return head + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
}
