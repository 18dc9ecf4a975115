import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Heard {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** How the robot's server behaves: an answer, a redirect, or none at all. */
export type Manner = { status: number; body?: unknown; location?: string } | 'hang' | 'hang up'

export interface RobotServer {
  /** `127.0.0.1:port`, as ONEMAP_WEBHOOK_HOSTS wants it. */
  host: string
  url: string
  heard: Heard[]
  /** Manners of the next requests, then `usual`. */
  next: Manner[]
  usual: Manner
  close(): Promise<void>
}

/** A real server in the place of 企业微信's robots, on a free port of this machine. */
export async function openRobotServer(): Promise<RobotServer> {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    robot.heard.push({ path: request.url ?? '', headers: request.headers, body })
    const manner = robot.next.shift() ?? robot.usual
    if (manner === 'hang') return
    if (manner === 'hang up') return void request.socket.destroy()
    response.writeHead(manner.status, {
      'content-type': 'application/json',
      ...(manner.location === undefined ? {} : { location: manner.location }),
    })
    response.end(JSON.stringify(manner.body ?? { errcode: 0, errmsg: 'ok' }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const robot: RobotServer = {
    host,
    url: `http://${host}/cgi-bin/webhook/send?key=0123-very-secret-key`,
    heard: [],
    next: [],
    usual: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return robot
}
