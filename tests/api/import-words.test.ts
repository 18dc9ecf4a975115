import { postgisWords } from 'api/import/geometry-words'
import { readSource } from 'api/import/read-source'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
})
afterAll(() => site.close())

async function send(name: string, body: BodyInit, query = '') {
  const path = `/api/import?fileName=${encodeURIComponent(name)}&dryRun=true${query}`
  const response = await site.request(path, { method: 'POST', body })
  return JSON.parse((await response.text()).trim().split('\n').at(-1) ?? '')
}

const collection = (geometry: object, properties: object, rest: object = {}) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry }],
    ...rest,
  })
const point = { type: 'Point', coordinates: [113.12, 27.83] }
const project = { 项目名称: '甲', 填报单位: '荷塘区', 类别: '产业' }
/** Letters that are no part of a name or a code. */
const ENGLISH = /\b(is|in|at|expected|invalid|Unexpected|missing|token|position|string|received)\b/

describe('degrees in a file that is said to be in metres', () => {
  test('are refused where the importer says metres', async () => {
    const { report } = await send('a.geojson', collection(point, project), '&crs=gk3-35')
    expect(report.counts).toMatchObject({ created: 0, refused: 1 })
    expect(report.rows[0].findings[0].message).toMatch(
      /gk3-35（米），坐标 \[113.12, 27.83\] 却是度/,
    )
  })

  test('and where the file does', async () => {
    const ring = [
      [113.1, 27.8],
      [113.2, 27.8],
      [113.2, 27.9],
      [113.1, 27.8],
    ]
    const crs = { type: 'name', properties: { name: 'EPSG:4547' } }
    const area = { type: 'Polygon', coordinates: [ring] }
    const text = collection(area, { 编码: '430299', 名称: '新县' }, { crs })
    const { report } = await send('a.geojson', text, '&as=unit')
    expect(report.counts).toMatchObject({ created: 0, refused: 1 })
    expect(report.rows[0].findings[0].message).toContain('却是度')
  })
})

test('half a character in GeoJSON is refused with row and field', async () => {
  const { report } = await send('a.geojson', collection(point, { ...project, 备注: '坏\ud800字' }))
  const told = { row: 1, field: 'note', code: 'TEXT_BROKEN', level: 'refuse' }
  expect(report.rows[0].findings[0]).toMatchObject(told)
})

describe('messages are Chinese', () => {
  test.each([
    ['NaN', '{"type":"Point",\n"coordinates":[NaN,27]}', '第 2 行第 16 个字起（“NaN,27]}”）'],
    ['a comma too many', '{"type":"Point",}', '第 1 行第 17 个字起（“}”）'],
    ['cut short', '{"type":"FeatureCollection","features":[', '在结尾处中断'],
    ['a line at fault', '{"type":"Feature"}\n{"type":x}\n', '第 2 行'],
  ])('JSON: %s', (_, text, words) => {
    expect(() => readSource(Buffer.from(text), 'x.geojson')).toThrow(words)
    expect(() => readSource(Buffer.from(text), 'x.geojson')).not.toThrow(ENGLISH)
  })

  test('a position off the globe', async () => {
    const text = '项目名称,填报单位,类别,坐标\n甲,荷塘区,产业,"204,31"\n'
    const { report } = await send('a.csv', text)
    expect(report.rows[0].findings[0].message).toMatch(/^第 2 行：坐标/)
    expect(report.rows[0].findings[0].message).not.toMatch(ENGLISH)
  })

  test.each([
    ['Self-intersection[113.15 27.85]', '边界自己相交，或几个面互相重叠（在 113.15, 27.85 处）'],
    ['Ring Self-intersection[113 27]', '环在一点上自己碰到自己（在 113, 27 处）'],
    ['Interior is disconnected[1e-5 2]', '面被洞分成了不相连的几块（在 1e-5, 2 处）'],
    ['Something new', '不是有效的面'],
  ])('PostGIS: %s', (reason, words) => {
    expect(postgisWords(reason)).toBe(words)
  })

  test.each([
    ['', '缺少文件名'],
    ['fileName=a.csv&year=x', '应为 1990 到 2100 的年份'],
    ['fileName=a.csv&dryRun=maybe', '应为 true 或 false'],
  ])('the query %s', async (query, words) => {
    const response = await site.request(`/api/import?${query}`, { method: 'POST', body: 'x' })
    const { error } = await response.json()
    expect([response.status, error.code]).toEqual([400, 'INVALID'])
    expect(error.message).toContain(words)
    expect(error.message).not.toMatch(ENGLISH)
  })
})

test('words of any length in a file come back short', () => {
  const long = 'x'.repeat(50_000)
  for (const text of [
    `{"type":"${long}"}`,
    `{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"${long}"}}}`,
  ]) {
    try {
      readSource(Buffer.from(text), 'x.geojson')
      expect.unreachable()
    } catch (error) {
      expect(String(error).length).toBeLessThan(250)
    }
  }
})
