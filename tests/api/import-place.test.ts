import type { Database } from 'api/db/database'
import { gaussKrugerAt } from 'geo/cgcs2000'
import { gcj02ToWgs84 } from 'geo/gcj02'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { type Options, rowCodes, rowMessages, runImport, square } from '../support/import-run.ts'

/* Where things are: what is in doubt is refused, for parks and units by the rules for projects. */

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await run(
    collection(
      feature(square(97, 29, 6), { 编码: '513300', 名称: '甘州' }),
      feature(square(104, 31, 0.3), { 编码: '510602', 名称: '锦屏区' }),
    ),
    { as: 'unit', fileName: '单位.geojson' },
  )
})
afterAll(() => db.close())

const run = (text: string, options?: Options) => runImport(db, text, options)
const feature = (geometry: unknown, properties: object) => ({
  type: 'Feature',
  geometry,
  properties,
})
const collection = (...features: unknown[]) =>
  JSON.stringify({ type: 'FeatureCollection', features })

describe('metres without a zone', () => {
  const grid = gaussKrugerAt(99)
  const table = Array.from({ length: 8 }, (_, index) => {
    const { northingM, eastingM } = grid.forward([98.9 + index * 0.01, 30 + index * 0.01])
    return `州项目${index},甘州,产业,${northingM},${eastingM}\n`
  })
  const text = `项目名称,县市区,项目类别,X坐标,Y坐标\n${table.join('')}`

  test('two meridians that both fit are refused with both', async () => {
    const report = await run(text)
    expect(rowCodes(report)).toEqual(table.map(() => ['CRS_UNDECIDED']))
    expect(rowMessages(report)[0]).toMatch(
      /没有带号，中央经线 gk3-cm99、gk3-cm102 都合适：请用 --crs gk3-cm99 或 --crs gk3-cm102 指明/,
    )
    expect(report.findings.map(({ code }) => code)).toEqual(['CRS_UNDECIDED'])
    expect((await run(text, { crs: 'gk3-cm99', dryRun: true })).counts.refused).toBe(0)
  })
})

describe('parks', () => {
  test('a place nowhere, turned round, abroad or in metres is treated as a project’s', async () => {
    const report = await run(
      `园区名称,所属区县,经度,纬度
园零,锦屏区,0,0
园反,锦屏区,31.1,104.1
园外,锦屏区,113.1,27.8
园超,锦屏区,204,31
园中,锦屏区,104.1,31.1
`,
      { as: 'park', partial: true },
    )
    expect(rowCodes(report)).toEqual([
      ['POSITION_ABROAD'],
      ['POSITION_SWAPPED'],
      ['POINT_OUTSIDE_UNIT'],
      ['POSITION_INVALID'],
      [],
    ])
    const zoned = await run('园区名称,所属区县,X坐标,Y坐标\n园米,锦屏区,3445000,35416500\n', {
      as: 'park',
    })
    expect(zoned.counts).toMatchObject({ created: 1, refused: 0 })
    const [row] = await db.sql`
      select st_x(label_point) as lon, st_y(label_point) as lat from park where name = '园米'`
    expect([row?.['lon'], row?.['lat']]).toEqual([
      expect.closeTo(104.1247, 2),
      expect.closeTo(31.1247, 2),
    ])
    expect(zoned.crs).toBe('auto:gk3-35')
  })

  test('boundaries abroad are refused, outside their unit told', async () => {
    const report = await run(
      collection(
        feature(square(0, 0, 0.1), { 园区名称: '零界', 所属区县: '锦屏区' }),
        feature(square(113, 27, 0.1), { 园区名称: '远界', 所属区县: '锦屏区' }),
      ),
      { as: 'park', fileName: '园.geojson', partial: true },
    )
    expect(rowCodes(report)).toEqual([['POSITION_ABROAD'], ['POINT_OUTSIDE_UNIT']])
  })

  test('a system that the file states is used, and the report says which', async () => {
    const shape = feature(square(104.1, 31.1, 0.05), { 园区名称: '火星园', 所属区县: '锦屏区' })
    const crs = { type: 'name', properties: { name: 'GCJ02' } }
    const text = JSON.stringify({ type: 'FeatureCollection', crs, features: [shape] })
    const report = await run(text, { as: 'park', fileName: '园.geojson' })
    expect(report.findings.map(({ message }) => message)).toEqual([
      '边界按文件写明的坐标系 gcj02 换算',
    ])
    const [row] = await db.sql`select st_xmin(boundary) as west from park where name = '火星园'`
    expect(row?.['west']).toBeCloseTo(gcj02ToWgs84([104.1, 31.1])[0], 4)
  })
})
