import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { Photo, PhotoList } from 'api/photo/contract'
import { sweepPhotos } from 'api/photo/job'
import { Report } from 'api/report/contract'

import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import {
  beginUpload,
  jpeg,
  pdf,
  receivedOf,
  sendFrom,
  sendPhoto,
  uploaded,
  workbook,
} from '../support/photo.ts'

let db: Database
let site: TestApp
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-photo-'))
  site = await openSmallCity({ ONEMAP_DATA: folder })
  db = site.deps.db
})
afterAll(async () => {
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

const failure = async (response: Response) => {
  const { error } = ApiError.parse(await response.json())
  return { status: response.status, ...error }
}
const kept = async (response: Response) => {
  expect(await response.clone().text()).not.toContain('"error"')
  return Photo.parse(await response.json())
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const content = async (id: number, size = 'full') => {
  const answer = await site.get(`/api/photo/${id}/content?size=${size}`)
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
}
/** Files under a part of the data folder. */
const files = async (part: string) => {
  const found = await readdir(join(folder, 'photo', part), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name)
}
const of = (project: number) => ({ noun: 'project', rowId: project })

describe('a photo', () => {
  test('is turned upright, made smaller and stripped; when and where it was taken is kept', async () => {
    const exif = {
      IFD2: { DateTimeOriginal: '2023:05:20 09:30:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '27/1 50/1 2400/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '113/1 10/1 4800/100',
      },
    }
    const bytes = await sharp(await jpeg(5000, 2500))
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .toBuffer()
    const photo = await kept(await sendPhoto(site, bytes, { ...of(1), name: '基坑.JPG' }))
    expect(photo).toMatchObject({
      kind: 'photo',
      type: 'image/jpeg',
      name: '基坑.JPG',
      sha256: sha256(bytes),
      width: 2048,
      height: 4096,
      takenAt: '2023-05-20T01:30:00.000Z',
      positionBy: 'image',
      sender: '王调度',
      elsewhere: 0,
    })
    expect(photo.location?.coordinates.map((one) => one.toFixed(2))).toEqual(['113.18', '27.84'])
    const { answer, bytes: full } = await content(photo.id)
    const head = await sharp(full).metadata()
    expect([head.width, head.height, head.exif]).toEqual([2048, 4096, undefined])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('基坑.JPG')}`,
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    const small = await sharp((await content(photo.id, 'small')).bytes).metadata()
    expect([small.width, small.height]).toEqual([240, 480])
    const again = await site.get(`/api/photo/${photo.id}/content`, {
      'if-none-match': answer.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
  })

  test('says where the page was when it was taken, before what the image says', async () => {
    const photo = await kept(
      await sendPhoto(site, await jpeg(40, 40), {
        ...of(1),
        takenAt: '2023-05-30T10:00:00+08:00',
        location: { type: 'Point', coordinates: [113.1795, 27.8402] },
        accuracyM: 12,
      }),
    )
    expect(photo).toMatchObject({
      takenAt: '2023-05-30T02:00:00.000Z',
      location: { coordinates: [113.1795, 27.8402] },
      accuracyM: 12,
      positionBy: 'page',
    })
    const swapped = await sendPhoto(site, await jpeg(41, 40), {
      ...of(1),
      location: { type: 'Point', coordinates: [27.84, 113.18] },
    })
    expect((await failure(swapped)).code).toBe('POSITION_INVALID')
  })

  test('sent twice, and five times at once, under one key is one; the same content is one file', async () => {
    const bytes = await jpeg(64, 48, '#123')
    const upload = await uploaded(site, bytes)
    const body = { key: randomUUID(), upload, name: 'a.jpg', ...of(3), sha256: sha256(bytes) }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => site.send('POST', '/api/photo', body)),
    )
    const ids = await Promise.all(answers.map(async (answer) => (await kept(answer)).id))
    expect(new Set(ids).size).toBe(1)
    expect((await site.send('POST', '/api/photo', body)).status).toBe(200)
    const before = (await files('kept')).length
    const again = await kept(await sendPhoto(site, bytes, of(3)))
    expect([again.id === ids[0], again.elsewhere]).toEqual([false, 0])
    expect(await files('kept')).toHaveLength(before)
    const other = await site.send('POST', '/api/photo', { ...body, rowId: 1 })
    expect((await failure(other)).code).toBe('PHOTO_KEY_REUSED')
  })

  test('that stands on two projects is flagged, whoever looks', async () => {
    const bytes = await jpeg(80, 60, '#abc')
    await kept(await sendPhoto(site, bytes, of(1)))
    // The same picture with another record beside it is the same picture.
    const copied = await sharp(bytes)
      .withExif({ IFD0: { Copyright: '别处' } })
      .jpeg()
      .toBuffer()
    expect(copied.equals(bytes)).toBe(false)
    const unit = site.as('unit')
    expect((await kept(await sendPhoto(unit, bytes, of(3)))).elsewhere).toBe(1)
    const { rows } = PhotoList.parse(await (await unit.get('/api/photo?project=3')).json())
    expect(rows[0]).toMatchObject({ projectId: 3, elsewhere: 1 })
  })

  test('of a report goes with it when it is filed, and can be taken back until then', async () => {
    const reportKey = randomUUID()
    const draft = { noun: 'report', reportKey, projectId: 2 }
    const [first, second] = [
      await kept(await sendPhoto(site, await jpeg(50, 50), draft)),
      await kept(await sendPhoto(site, pdf('会议纪要'), { ...draft, name: '纪要.pdf' })),
    ]
    expect([first.rowId, second.kind]).toEqual([null, 'file'])
    const list = async (query: string) =>
      PhotoList.parse(await (await site.get(`/api/photo?${query}`)).json()).rows.map(({ id }) => id)
    expect(await list('project=2')).toEqual([])
    expect(await list(`reportKey=${reportKey}`)).toEqual([second.id, first.id])
    expect((await site.as('unit').send('DELETE', `/api/photo/${first.id}`, {})).status).toBe(404)
    expect((await site.send('DELETE', `/api/photo/${first.id}`, {})).status).toBe(200)
    const filed = Report.parse(
      await (
        await site.send('POST', '/api/report', {
          key: reportKey,
          projectId: 2,
          month: '2023-05-01',
          actualWan: 1,
        })
      ).json(),
    )
    expect(await list(`noun=report&row=${filed.id}`)).toEqual([second.id])
    const late = await kept(await sendPhoto(site, await jpeg(51, 50), draft))
    expect(late.rowId).toBe(filed.id)
    const gone = await site.send('DELETE', `/api/photo/${second.id}`, {})
    expect((await failure(gone)).code).toBe('PHOTO_FILED')
  })
})

describe('a file', () => {
  test('is served as it came, never shown in the page', async () => {
    const bytes = workbook()
    const photo = await kept(await sendPhoto(site, bytes, { ...of(1), name: '台账.pdf' }))
    expect(photo).toMatchObject({ kind: 'file', name: '台账.xlsx', sha256: sha256(bytes) })
    const { answer, bytes: back } = await content(photo.id)
    expect(back.equals(bytes)).toBe(true)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
    expect(answer.headers.get('content-type')).toContain('spreadsheetml')
  })

  const html = strToU8('<!doctype html><script>alert(1)</script>')
  const svg = strToU8(
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  )
  const exe = new Uint8Array(512)
  exe.set(strToU8('MZ'))
  const bomb = () => workbook({ 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 * 1024) })
  const hostile: [
    what: string,
    name: string,
    bytes: () => Uint8Array | Promise<Uint8Array>,
    code: string,
  ][] = [
    ['a page', '说明.jpg', () => html, 'FILE_TYPE'],
    ['a drawing that runs scripts', '图.svg', () => svg, 'FILE_TYPE'],
    ['a program under another name', '合同.pdf', () => exe, 'FILE_TYPE'],
    [
      'a page with the beginning of a PDF further on',
      'a.pdf',
      () => Buffer.concat([html, pdf()]),
      'FILE_TYPE',
    ],
    [
      'a workbook with macros',
      '台账.xlsx',
      () => workbook({ 'xl/vbaProject.bin': exe }),
      'FILE_TYPE',
    ],
    ['an archive of anything', 'a.zip', () => zipSync({ 'a.txt': html }), 'FILE_TYPE'],
    ['nothing at all', 'a.jpg', () => new Uint8Array(), 'FILE_DAMAGED'],
    ['a workbook that inflates a thousandfold', '台账.xlsx', bomb, 'FILE_INFLATES'],
    ['one whose directory lies about it', '台账.xlsx', () => lying(bomb()), 'FILE_INFLATES'],
    [
      'half a workbook',
      '台账.xlsx',
      () => workbook({ 'xl/a.bin': noise(4000) }).subarray(0, 900),
      'FILE_DAMAGED',
    ],
    [
      'an image of 2,500 million pixels',
      '图.png',
      () => pixelBomb(50_000, 50_000),
      'IMAGE_TOO_LARGE',
    ],
    [
      'half an image',
      '图.jpg',
      async () => (await jpeg(800, 600)).subarray(0, 2000),
      'FILE_DAMAGED',
    ],
  ]
  test.each(hostile)('refused, nothing kept: %s', async (_, name, make, code) => {
    const before = [await files('kept'), await files('coming')]
    const answer = await sendPhoto(site, await make(), { ...of(1), name })
    expect((await failure(answer)).code).toBe(code)
    expect([await files('kept'), await files('coming')]).toEqual(before)
  })

  test('that is an image and a page in one is kept as the image alone', async () => {
    const bytes = Buffer.concat([await jpeg(60, 60), html, zipSync({ 'a.html': html })])
    const photo = await kept(await sendPhoto(site, bytes, { ...of(1), name: 'a.html' }))
    expect([photo.kind, photo.name]).toEqual(['photo', 'a.jpg'])
    const { bytes: full } = await content(photo.id)
    expect(full.includes('script')).toBe(false)
    expect((await sharp(full).metadata()).exif).toBeUndefined()
  })
})

describe('an upload', () => {
  test('that breaks off goes on where it was, and is claimed only when it is whole', async () => {
    const bytes = await jpeg(900, 700, '#765')
    const id = (await beginUpload(site, bytes.length)) ?? ''
    await sendFrom(site, id, 0, bytes.subarray(0, 1000))
    expect(await receivedOf(site, id)).toBe(1000)
    // What nobody has looked at yet is told of, and not served.
    const state = await site.get(`/api/photo/upload/${id}`)
    expect(await state.json()).toEqual({ receivedBytes: 1000, sizeBytes: bytes.length })
    const input = { key: randomUUID(), upload: id, name: 'a.jpg', ...of(1) }
    const early = await site.send('POST', '/api/photo', input)
    expect((await failure(early)).code).toBe('UPLOAD_INCOMPLETE')
    const wrong = await failure(await sendFrom(site, id, 500, bytes.subarray(500)))
    expect([wrong.status, wrong.code]).toEqual([409, 'UPLOAD_OFFSET'])
    expect((await sendFrom(site, id, 1000, bytes.subarray(1000))).status).toBe(204)
    const photo = await kept(await site.send('POST', '/api/photo', input))
    expect(photo.sha256).toBe(sha256(bytes))
    expect(await files('coming')).not.toContain(id)
  })

  test('of two that race for the same place one goes on, and nothing is written twice', async () => {
    const bytes = noise(200_000)
    const id = (await beginUpload(site, bytes.length)) ?? ''
    const answers = await Promise.all([sendFrom(site, id, 0, bytes), sendFrom(site, id, 0, bytes)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await receivedOf(site, id)).toBe(bytes.length)
  })

  test('is nobody else’s', async () => {
    const id = await uploaded(site, pdf())
    expect(await receivedOf(site.as('unit'), id)).toBeNaN()
    const stolen = await sendFrom(site.as('unit'), id, 0, pdf())
    expect((await failure(stolen)).code).toBe('UPLOAD_NOT_FOUND')
    const claim = { key: randomUUID(), upload: id, name: 'a.pdf', ...of(3) }
    expect((await failure(await site.as('unit').send('POST', '/api/photo', claim))).code).toBe(
      'UPLOAD_NOT_FOUND',
    )
  })

  test('that was damaged on the way is told apart by its hash', async () => {
    const answer = await sendPhoto(site, pdf(), { ...of(1), sha256: sha256(pdf('anders')) })
    expect((await failure(answer)).code).toBe('UPLOAD_DAMAGED')
  })

  test('is refused by its size before a byte is sent', async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': String(60 * 1024 * 1024) }
    const answer = await site.request('/api/photo/upload', { method: 'POST', headers })
    expect(await failure(answer)).toMatchObject({ status: 413, code: 'FILE_TOO_BIG' })
  })
})

test('what is not theirs is neither listed, nor served, nor a place to attach to', async () => {
  const photo = await kept(await sendPhoto(site, await jpeg(70, 70), of(1)))
  const unit = site.as('unit')
  expect((await unit.get(`/api/photo/${photo.id}/content`)).status).toBe(404)
  expect(await (await unit.get('/api/photo?project=1')).json()).toEqual({ rows: [] })
  const foreign = await sendPhoto(unit, pdf(), { ...of(1), name: 'a.pdf' })
  expect((await failure(foreign)).code).toBe('PROJECT_NOT_FOUND')
  expect((await site.as('leader').send('POST', '/api/photo', {})).status).toBe(403)
})

test('the sweep takes what nobody can reach, and nothing else', async () => {
  const photo = await kept(await sendPhoto(site, await jpeg(72, 70), of(1)))
  const open = await uploaded(site, pdf('offen'))
  const now = new Date(db.clock.now().getTime() + 1000)
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  const orphan = join(folder, 'photo', 'kept', 'ff')
  await mkdir(orphan, { recursive: true })
  await writeFile(join(orphan, 'f'.repeat(64)), 'x')
  await mkdir(join(folder, 'photo', 'making'), { recursive: true })
  await writeFile(join(folder, 'photo', 'making', '1-1'), 'half')
  await sweepPhotos(db, now, folder)
  expect(await files('kept')).not.toContain('f'.repeat(64))
  expect(await files('making')).toEqual([])
  expect(await files('coming')).toContain(open)
  expect((await content(photo.id)).answer.status).toBe(200)
  await sweepPhotos(db, later(25), folder)
  expect(await files('coming')).toEqual([])
  expect((await content(photo.id, 'small')).answer.status).toBe(200)
})

/** Bytes that do not compress, the same each time. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = 1
  for (let at = 0; at < length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    bytes[at] = state >> 16
  }
  return bytes
}

/** States a size of 1 byte for every entry, in the directory and before the entries. */
function lying(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip)
  for (let at = 0; at + 46 < bytes.length; at++) {
    const mark = bytes.readUInt32LE(at)
    if (mark === 0x02014b50) bytes.writeUInt32LE(1, at + 24)
    if (mark === 0x04034b50) bytes.writeUInt32LE(1, at + 22)
  }
  return bytes
}

/** A PNG of a few hundred bytes whose head promises a whole wall of pixels. */
function pixelBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const rows = deflateSync(Buffer.alloc(100_000))
  return Buffer.concat([
    mark,
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc(body), body.length + 4)
  return out
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}
