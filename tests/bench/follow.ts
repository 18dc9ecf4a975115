import { connect } from 'node:net'

/** Opens a stream of what comes after `since`; calls `tell` with the seq of each change. */
export function follow(site: string, since: number, tell: (seq: number) => void): Promise<void> {
  const { hostname, port } = new URL(site)
  const socket = connect({ host: hostname, port: Number(port) })
  let text = ''
  return new Promise((resolve, reject) => {
    // After the end of the server a reset is no news.
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      resolve()
      text += chunk.toString('latin1')
      const end = text.lastIndexOf('\n\n')
      for (const [, seq] of text.slice(0, end + 1).matchAll(/"seq":(\d+),"at"/g)) tell(Number(seq))
      text = text.slice(end + 1)
    })
    socket.write(`GET /api/event?since=${since} HTTP/1.1\r\nHost: bench\r\n\r\n`)
  })
}
