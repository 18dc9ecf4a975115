import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { within } from '../patience.ts'
import { ApiFailure, fieldFailure } from './failure.ts'

const writing = new Set(['POST', 'PUT', 'PATCH'])
/** JSON bodies are small; files go through the importer, which has a limit of its own. */
const mostBytes = 1024 * 1024

/** A packed body would be read as the text that it is not. */
export const refusePacked: MiddlewareHandler = async (c, next) => {
  const encoding = c.req.header('content-encoding') ?? ''
  if (!/^(identity)?$/i.test(encoding.trim())) {
    const message = `请求内容是压缩的（${encoding.slice(0, 100)}），请不压缩再发送`
    throw fieldFailure(415, 'BODY_PACKED', message, 'content-encoding', encoding.slice(0, 100))
  }
  await next()
}

/**
 * Receives a JSON body before anything waits for it, so that who sends slowly holds no place among
 * those who are served. What is no UTF-8 is refused: replacement characters would be stored for it.
 * @throws ApiFailure 415 `BODY_NOT_JSON`, 413 `BODY_TOO_LARGE`, 408 `BODY_SLOW`, 400 `TEXT_INVALID`.
 */
export function receiveJson(patienceMs: number): MiddlewareHandler {
  return async (c, next) => {
    if (writing.has(c.req.method) && hasRoute(c)) {
      checkType(c)
      const bytes = await received(c, patienceMs)
      c.req.bodyCache.text = Promise.resolve(textOf(bytes)) as never
    }
    await next()
  }
}

/** A path or method that no route takes is refused for that, whatever the body. */
const hasRoute = (c: Context) => matchedRoutes(c).some(({ method }) => method === c.req.method)

/** A form or plain text would be read as no fields at all, and each field reported as missing. */
function checkType(c: Context): void {
  const type = c.req.header('content-type') ?? ''
  const shown = type.slice(0, 100)
  const refuse = (message: string) => {
    throw fieldFailure(415, 'BODY_NOT_JSON', message, 'content-type', shown)
  }
  if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(type))
    refuse(`请求内容的类型是“${shown}”，应为 application/json`)
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    refuse(`请求内容的编码是“${charset}”，应为 UTF-8`)
}

async function received(c: Context, patienceMs: number): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) throw tooLarge()
  const reader = c.req.raw.body?.getReader()
  if (!reader) return new Uint8Array()
  const reading = collect(reader)
  return within(reading, patienceMs, () => {
    reading.catch(() => {})
    reader.cancel().catch(() => {})
    // The rest of the body would be taken for the next request.
    c.header('Connection', 'close')
    const message = `请求内容在 ${patienceMs / 1000} 秒内没有收完，请检查网络后再试`
    throw new ApiFailure(408, 'BODY_SLOW', message)
  })
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.length
    if (size > mostBytes) throw tooLarge()
    chunks.push(value)
  }
}

const tooLarge = () => new ApiFailure(413, 'BODY_TOO_LARGE', '请求内容超过 1 MB')

function textOf(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiFailure(400, 'TEXT_INVALID', '请求内容不是有效的 UTF-8 文字')
  }
  if (/\\u[dD][89a-fA-F]/.test(text)) checkPairs(text)
  return text
}

/** Half of a character, written as an escape, has no form in UTF-8. */
function checkPairs(text: string): void {
  const check = (name: string, value: unknown) => {
    for (const part of [name, value]) {
      if (typeof part !== 'string' || !/\p{Surrogate}/u.test(part)) continue
      throw new ApiFailure(
        400,
        'TEXT_INVALID',
        '文字里有不完整的字符（半个 Unicode 代理对），请删去',
      )
    }
    return value
  }
  try {
    JSON.parse(text, check)
  } catch (error) {
    // What is no JSON is told by whoever reads it.
    if (error instanceof ApiFailure) throw error
  }
}
