import type { Database } from 'api/db/database'
import { readSource } from 'api/import/read-source'
import { gaussKruger } from 'geo/cgcs2000'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

const grid = gaussKruger(3, 38)
let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

async function send(name: string, body: BodyInit, type = 'application/octet-stream', as = '') {
  const path = `/api/import?fileName=${encodeURIComponent(name)}${as && `&as=${as}`}`
  const headers = { 'content-type': type }
  const response = await site.request(path, { method: 'POST', body, headers })
  const last = JSON.parse((await response.text()).trim().split('\n').at(-1) ?? '')
  return { status: response.status, ...last }
}

const feature = (geometry: object | null, properties: object) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry }],
  })
const town = { 编码: '430299', 名称: '新县' }
const ring = (...positions: unknown[]) => ({ type: 'Polygon', coordinates: [positions] })

describe('a boundary at fault is refused in Chinese, with the stable code and the place', () => {
  const fault = async (geometry: object) => {
    const { report } = await send('a.geojson', feature(geometry, town), undefined, 'unit')
    expect(report.counts).toEqual({ rows: 1, created: 0, changed: 0, unchanged: 0, refused: 1 })
    return report.rows[0].findings[0].message
  }
  test('ring not closed', async () => {
    expect(await fault(ring([113, 27], [113.1, 27], [113.1, 27.1], [113, 27.1]))).toBe(
      '第 1 行：边界有误：环没有闭合：最后一点应与第一点相同（ring_not_closed coordinates[0] 是 [113,27.1]）',
    )
  })
  test('coordinates as text', async () => {
    expect(await fault(ring(['113', 27], [113.1, 27], [113.1, 27.1], [113, 27]))).toBe(
      '第 1 行：边界有误：坐标应为数字，不能是文字或空值（coordinate_not_number coordinates[0][0][0] 是 "113"）',
    )
  })
  test('latitude before longitude', async () => {
    expect(await fault(ring([27, 113], [113.1, 27], [113.1, 27.1], [27, 113]))).toMatch(
      /^第 1 行：边界有误：经度和纬度写反了：应经度在前（position_swapped coordinates\[0\]\[0\] 是 \[27, 113\]）/,
    )
  })
  test('a ring that crosses itself', async () => {
    expect(
      await fault(ring([113, 27], [113.1, 27.1], [113.1, 27], [113, 27.1], [113, 27])),
    ).toMatch(/^第 1 行：边界有误：环与自身相交（ring_self_intersects coordinates\[0\]/)
  })
})

test('columns named like an object’s own members are unknown columns, not an error of the server', async () => {
  const properties =
    '{"__proto__":{"x":1},"constructor":"a","toString":"b","编码":"430299","名称":"新县"}'
  const bare = '{"type":"Feature","geometry":null,"properties":{"编码":"430298","名称":"又一县"}}'
  const text = `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":${properties}},${bare}]}`
  const { report } = await send('a.geojson', text, undefined, 'unit')
  expect(report.written).toBe(true)
  const unknown = report.findings.filter(({ code }: { code: string }) => code === 'HEADER_UNKNOWN')
  expect(unknown.map(({ value }: { value: string }) => value)).toEqual([
    '__proto__',
    'constructor',
    'toString',
  ])
  expect(readSource(Buffer.from(text), 'a.geojson').sheets[0]?.rows[2]).toEqual([
    null,
    null,
    null,
    '430298',
    '又一县',
  ])
})

test('a file of one endless line is refused by its first cell', async () => {
  expect((await send('a.csv', 'x'.repeat(5_000_000))).error).toEqual({
    code: 'CELL_TOO_LONG',
    message: '第 1 行有一格长 5000000 个字：最多 100000 个字，请检查分隔符和换行',
  })
})

describe('a form that is none', () => {
  const typed = 'multipart/form-data; boundary=xyz'
  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    ['of another boundary', typed, '--abc\r\n\r\nx\r\n--abc--\r\n'],
    [
      'cut short',
      typed,
      '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nab',
    ],
    [
      'without the field file',
      typed,
      '--xyz\r\nContent-Disposition: form-data; name="other"\r\n\r\nab\r\n--xyz--\r\n',
    ],
    ['empty', typed, ''],
  ])('%s', async (_, type, body) => {
    const answer = await send('a.csv', body, type)
    expect([answer.status, answer.error.code]).toEqual([400, 'FILE_MISSING'])
  })
})

test('the surveyor’s 纵坐标X and 横坐标Y are a position', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => {
    const { northingM, eastingM } = grid.forward([113.3 + index * 0.002, 27.1])
    return `桩${index},攸县,产业,${northingM + index},${eastingM + 38e6}`
  })
  const text = `项目名称,填报单位,类别,纵坐标X,横坐标Y\n${rows.join('\n')}\n`
  const { report } = await send('桩.csv', text)
  expect([report.counts.created, report.crs]).toEqual([12, 'auto:gk3-38'])
  const placed = await db.sql<{ lon: number; lat: number }[]>`
    select st_x(location) as lon, st_y(location) as lat from project where name like '桩%' order by id`
  expect(placed[3]?.lon).toBeCloseTo(113.306, 5)
  expect(placed[3]?.lat).toBeCloseTo(27.10003, 4)
})
