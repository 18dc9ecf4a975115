import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { City } from 'api/city/contract'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { createSite } from 'api/site'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { openTestDatabase } from '../support/database.ts'

let db: Database
let opened: TestApp
let folder: string
let site: ReturnType<typeof createSite>
const ask = async (path: string, headers: Record<string, string> = {}) =>
  site.request(path, { headers })

beforeAll(async () => {
  db = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'onemap-page-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>一张图</title>')
  await writeFile(join(folder, 'sw.js'), 'self')
  await writeFile(join(folder, 'assets/map-1a2b.js'), `// ${'map '.repeat(1000)}`)
  await writeFile(
    join(folder, 'city.pmtiles'),
    Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
  )
  opened = await openTestApp(db, { PMTILES_URL: join(folder, 'city.pmtiles') })
  site = createSite(opened.deps, folder)
})
afterAll(async () => {
  await opened.close()
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the page', () => {
  test.each(['/', '/desk', '/wall', '/field', '/field/project/7', '/desk?unit=3'])(
    '%s is its document, asked again each time',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain('text/html')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(await response.text()).toContain('一张图')
    },
  )

  test('its hashed files are kept for ever and travel compressed, its worker is asked again', async () => {
    const hashed = await ask('/assets/map-1a2b.js', { 'accept-encoding': 'gzip' })
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(hashed.headers.get('content-encoding')).toBe('gzip')
    expect((await ask('/sw.js')).headers.get('cache-control')).toBe('no-cache')
  })

  test('a wrong address shows people the page, as not found; programs are told in JSON', async () => {
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const page = await ask('/dekc', html)
    expect([page.status, page.headers.get('cache-control')]).toEqual([404, 'no-cache'])
    expect(await page.text()).toContain('一张图')
    for (const path of ['/api/nothing', '/assets/gone.js']) {
      const { error } = ApiError.parse(await (await ask(path, html)).json())
      expect(error.code).toBe('ROUTE_NOT_FOUND')
    }
  })

  test.each(['/assets/gone.js', '/nothing', '/..%2fpackage.json', '/api/../index.html/x'])(
    '%s is not there, and is not remembered as such',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('cache-control') ?? '').not.toContain('immutable')
      expect(ApiError.parse(await response.json()).error.code).toBe('ROUTE_NOT_FOUND')
    },
  )

  test('says so before it is built', async () => {
    const bare = createSite(opened.deps, join(folder, 'nowhere'))
    const response = await bare.request('/desk')
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining('npm start'),
    ])
  })
})

test('a basemap file of one’s own is served in ranges under our own address', async () => {
  const city = City.parse(await (await ask('/api/city')).json())
  expect(city.basemap.pmtilesUrl).toBe('/basemap.pmtiles')
  const part = await ask('/basemap.pmtiles', { range: 'bytes=16-19' })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe('bytes 16-19/256')
  expect([...new Uint8Array(await part.arrayBuffer())]).toEqual([16, 17, 18, 19])
  expect(part.headers.get('cache-control')).toContain('no-cache')
  const tag = part.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[0-9a-z]+-[0-9a-z]+"$/)
  expect((await ask('/basemap.pmtiles', { 'if-none-match': tag })).status).toBe(304)
  const older = { range: 'bytes=16-19', 'if-range': '"other"' }
  expect((await ask('/basemap.pmtiles', older)).status).toBe(200)
})

test.each([
  ['bytes=250-999', 206, 'bytes 250-255/256'],
  ['bytes=250-', 206, 'bytes 250-255/256'],
  ['bytes=-6', 206, 'bytes 250-255/256'],
  ['bytes=-999', 206, 'bytes 0-255/256'],
  ['bytes=256-300', 416, 'bytes */256'],
  ['bytes=-0', 416, 'bytes */256'],
  ['bytes=20-10', 200, null],
  ['bytes=a-b', 200, null],
  ['bytes=0-1,4-5', 200, null],
  ['lines=1-2', 200, null],
])('the basemap in range %s is %i', async (range, status, content) => {
  const response = await ask('/basemap.pmtiles', { range })
  const size = (await response.arrayBuffer()).byteLength
  expect([response.status, response.headers.get('content-range')]).toEqual([status, content])
  if (status === 200) expect(size).toBe(256)
})
