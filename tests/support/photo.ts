import { randomUUID } from 'node:crypto'
import { zipSync } from 'fflate'
import sharp from 'sharp'
import type { Asking } from './app.ts'

const tus = { 'tus-resumable': '1.0.0' }

/** Begins an upload by the tus protocol; answers its id, or null where it was refused. */
export async function beginUpload(asking: Asking, size: number): Promise<string | null> {
  const headers = { ...tus, 'upload-length': String(size) }
  const answer = await asking.request('/api/photo/upload', { method: 'POST', headers })
  return answer.headers.get('location')?.split('/').at(-1) ?? null
}

/** Sends bytes from an offset on. */
export const sendFrom = (asking: Asking, id: string, offset: number, bytes: Uint8Array) =>
  asking.request(`/api/photo/upload/${id}`, {
    method: 'PATCH',
    headers: {
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(bytes),
  })

/** How many bytes the server has. */
export async function receivedOf(asking: Asking, id: string): Promise<number> {
  const path = `/api/photo/upload/${id}`
  const answer = await asking.request(path, { method: 'HEAD', headers: tus })
  return Number(answer.headers.get('upload-offset') ?? Number.NaN)
}

/** A complete upload. @throws Error when it is refused. */
export async function uploaded(asking: Asking, bytes: Uint8Array): Promise<string> {
  const id = await beginUpload(asking, bytes.length)
  if (id === null) throw new Error('UPLOAD_REFUSED: it could not be begun')
  if (bytes.length > 0) await sendFrom(asking, id, 0, bytes)
  return id
}

/** Uploads bytes and claims them for a row. */
export async function sendPhoto(
  asking: Asking,
  bytes: Uint8Array,
  body: object,
): Promise<Response> {
  const upload = await uploaded(asking, bytes)
  return asking.send('POST', '/api/photo', { key: randomUUID(), upload, name: '现场.jpg', ...body })
}

/** A JPEG of one colour. */
export const jpeg = (width: number, height: number, background = '#3a6'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()

/** A workbook as far as its type can be told, with further entries. */
export function workbook(more: Record<string, Uint8Array> = {}): Uint8Array {
  const text = (value: string) => new TextEncoder().encode(value)
  return zipSync(
    {
      '[Content_Types].xml': text(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
      ),
      'xl/workbook.xml': text('<workbook/>'),
      ...more,
    },
    { level: 9 },
  )
}

export const pdf = (text = 'onemap') => new TextEncoder().encode(`%PDF-1.4\n% ${text}\n%%EOF\n`)
