/**
 * Requests to addresses that an administrator has entered. They must not reach this machine or the
 * network behind it (SSRF): https to public addresses only, save for hosts that the installation names
 * in ONEMAP_WEBHOOK_HOSTS. The address is judged after its name is resolved, in the connection itself,
 * so that a name cannot change its meaning in between. Redirects are not followed.
 */
import { lookup } from 'node:dns'
import { request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { text } from 'node:stream/consumers'
import { fieldFailure } from '../http/failure.ts'

const mostBytes = 65_536

/** Why a message did not get through, in words for an administrator: no address, no secret. */
export class SendFailure extends Error {
  /** The receiver wants nothing for a while. */
  readonly quiet: boolean
  /** Trying again is no use. */
  readonly final: boolean

  constructor(message: string, { quiet = false, final = false } = {}) {
    super(message)
    this.name = 'SendFailure'
    this.quiet = quiet
    this.final = final
  }
}

export interface Post {
  url: string
  body: string
  headers: Record<string, string>
  /** Names, with or without a port, that may be reached by http and may be private. */
  hosts: readonly string[]
  timeoutMs: number
}

/**
 * @throws ApiFailure 422 `WEBHOOK_ADDRESS` for an address that would not be asked.
 */
export function checkAddress(url: string, hosts: readonly string[]): void {
  const fault = faultOf(new URL(url), hosts)
  // The address holds the robot's key: it is not repeated.
  if (fault) throw fieldFailure(422, 'WEBHOOK_ADDRESS', fault, 'url', undefined)
}

/**
 * Sends a body and gives the status and the beginning of the answer.
 * @throws SendFailure when there is none.
 */
export async function post(message: Post): Promise<{ status: number; text: string }> {
  const url = new URL(message.url)
  const fault = faultOf(url, message.hosts)
  if (fault) throw new SendFailure(fault)
  const send = url.protocol === 'https:' ? secure : plain
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    headers: { ...message.headers, 'content-length': Buffer.byteLength(message.body) },
    signal: AbortSignal.timeout(message.timeoutMs),
    ...(isNamed(url, message.hosts) ? {} : { lookup: publicOnly }),
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(worded(error, message.timeoutMs))
    const request = send(url, options, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > mostBytes) request.destroy(new SendFailure('对方的回答过长'))
      })
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, text: answer }),
        fail,
      )
    })
    request.on('error', fail)
    request.end(message.body)
  })
}

function faultOf(url: URL, hosts: readonly string[]): string | null {
  if (isNamed(url, hosts)) {
    return /^https?:$/.test(url.protocol) ? null : '地址须以 https:// 或 http:// 开头'
  }
  if (url.protocol !== 'https:')
    return '地址须以 https:// 开头（内网地址由 ONEMAP_WEBHOOK_HOSTS 允许）'
  if (url.username || url.password) return '地址里不能有用户名和密码'
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) > 0 && isPrivate(bare) ? privateFault : null
}

const privateFault = '地址指向本机或内网；确需如此，请在 ONEMAP_WEBHOOK_HOSTS 中写明主机'

const isNamed = (url: URL, hosts: readonly string[]) =>
  hosts.includes(url.host) || hosts.includes(url.hostname)

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  closed.addSubnet(net, bits, 'ipv4')
}
// Of IPv6 only what is given out to the world (2000::/3), without the ways back to IPv4.
const world = new BlockList()
world.addSubnet('2000::', 3, 'ipv6')
closed.addSubnet('2002::', 16, 'ipv6')
closed.addSubnet('2001::', 32, 'ipv6')

function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return closed.check(address, 'ipv4')
  return !world.check(address, 'ipv6') || closed.check(address, 'ipv6')
}

const publicOnly: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? new Error('ENOTFOUND'), '')
    if (addresses.some(({ address }) => isPrivate(address)))
      return done(new SendFailure(privateFault), '')
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}

function worded(error: Error, timeoutMs: number): SendFailure {
  if (error instanceof SendFailure) return error
  const { code, cause } = error as NodeJS.ErrnoException & { cause?: Error }
  if (error.name === 'TimeoutError' || cause?.name === 'TimeoutError' || code === 'ABORT_ERR')
    return new SendFailure(`对方在 ${timeoutMs / 1000} 秒内没有回答`)
  return new SendFailure(`连接失败（${code ?? error.name}）`)
}
