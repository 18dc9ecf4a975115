import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a server that can be cut and mended, to see what a page does without its server. */
export interface Line {
  url: string
  /** Ends every open connection and refuses new ones. */
  cut: () => void
  mend: () => void
  close: () => Promise<void>
}

/** Listens on a free port and passes everything on to `target` (an http address). */
export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await listening(server)
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the line has no port')
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      drop()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}
