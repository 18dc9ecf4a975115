import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)
/** Up to this size the better and slower quality costs a few hundredths of a second. */
const small = 1_000_000

/** The encoding to answer with: the best that the Accept-Encoding header allows. */
export function encodingOf(header: string | undefined): Encoding {
  if (accepts(header, 'br')) return 'br'
  return accepts(header, 'gzip') ? 'gzip' : 'identity'
}

/** Whether an Accept-Encoding header allows an encoding (RFC 9110 §12.5.3). */
export function accepts(header: string | undefined, encoding: string): boolean {
  let wildcard = false
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
    if (name === encoding) return weight > 0
    if (name === '*') wildcard = weight > 0
  }
  return wildcard
}

/** Compresses outside the event loop. */
export async function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return compressGzip(body, { level: 6 })
  if (encoding === 'identity') return body
  return compressBrotli(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: body.length < small ? 9 : 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
}

/** Whether an If-None-Match header names this entity tag (weak comparison, RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const opaque = (text: string) => text.trim().replace(/^W\//, '')
  return (
    ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one) === opaque(tag))
  )
}
