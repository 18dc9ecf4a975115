import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Context, Handler } from 'hono'
import { matches } from '../http/encoding.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'

/**
 * The basemap's file in ranges, as the page's reader asks for it. The entity tag changes with the
 * file, so that a reader that holds parts of an older one notices; a range that is written wrongly is
 * answered with the whole file (RFC 9110 §14.2).
 * @throws ApiFailure 416 `RANGE_INVALID` for one beyond the end, 404 `BASEMAP_MISSING`.
 */
export function basemapFile(path: string): Handler {
  return async (c) => {
    const { size, mtimeMs } = await stat(path).catch(() => {
      throw new ApiFailure(404, 'BASEMAP_MISSING', '底图文件不在了，请检查设置 PMTILES_URL')
    })
    const tag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`
    // no-transform: compressed, the offsets would be others.
    c.header('Cache-Control', 'no-cache, no-transform')
    c.header('Accept-Ranges', 'bytes')
    c.header('ETag', tag)
    if (matches(c.req.header('if-none-match'), tag)) return c.body(null, 304)
    const range = wantedRange(c, tag, size)
    const [start, end] = range ?? [0, size - 1]
    c.header('Content-Type', 'application/octet-stream')
    c.header('Content-Length', String(end - start + 1))
    if (range) c.header('Content-Range', `bytes ${start}-${end}/${size}`)
    const status = range ? 206 : 200
    if (c.req.method === 'HEAD' || size === 0) return c.body(null, status)
    const bytes = Readable.toWeb(createReadStream(path, { start, end }))
    return c.body(bytes as ReadableStream, status)
  }
}

function wantedRange(c: Context, tag: string, size: number): [start: number, end: number] | null {
  const header = c.req.header('range')
  const asked = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '')
  const [, first = '', last = ''] = asked ?? []
  if (first === '' && last === '') return null
  const held = c.req.header('if-range')
  if (held !== undefined && held !== tag) return null
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  if (start < size && start <= end) return [start, end]
  c.header('Content-Range', `bytes */${size}`)
  throw fieldFailure(416, 'RANGE_INVALID', `文件只有 ${size} 字节`, 'range', header)
}
