import type { Context } from 'hono'
import { type Encoding, matches } from '../http/encoding.ts'

/** An answer that may be known already by its tag, and is only made where it is not. */
export interface Tagged {
  tag: string
  body: () => Promise<Buffer>
}

/** Sends JSON that is already encoded, or 304 where the asker holds it. */
export async function sendTagged(
  c: Context,
  answer: Tagged,
  encoding: Encoding,
): Promise<Response> {
  const headers = {
    etag: answer.tag,
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding',
  }
  if (matches(c.req.header('if-none-match'), answer.tag)) return c.body(null, 304, headers)
  const body = await answer.body()
  return c.body(new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length), 200, {
    ...headers,
    'content-type': 'application/json',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  })
}
