import type { Database } from 'api/db/database'
import type { ImportNoun, ImportReport } from 'api/import/contract'
import { importFile } from 'api/import/import-file'
import { afterAll, beforeAll, expect, test } from 'vitest'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { openTestDatabase } from '../support/database.ts'

/* A city that is not the demo's, from files as they come: no codes, no unit column, many sheets. */

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const author = { actor: '测试员', reason: '导入测试' }
const run = (bytes: Uint8Array, fileName: string, as?: ImportNoun): Promise<ImportReport> =>
  importFile(db, { bytes, fileName, author, ...(as ? { as } : {}) })
const text = (value: string) => new TextEncoder().encode(value)
const cells = (...values: (string | number)[]) => values.map((value) => ({ value }))

async function book(sheets: Record<string, SheetData>): Promise<Uint8Array> {
  const all = Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))
  return new Uint8Array(await writeXlsxFile(all).toBuffer())
}

const ring = (west: number, south: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.1, south],
      [west + 0.1, south + 0.1],
      [west, south + 0.1],
      [west, south],
    ],
  ],
})
const county = (adcode: number, name: string, west: number) => ({
  type: 'Feature',
  geometry: ring(west, 43.7),
  properties: { adcode, name, level: 'district', parent: { adcode: 650100 } },
})

test('districts whose city is not in their file are imported, and that is told', async () => {
  const features = [county(650102, '天山区', 87.5), county(650109, '米东区', 87.7)]
  const file = text(JSON.stringify({ type: 'FeatureCollection', features }))
  const report = await run(file, '650100_full.json', 'unit')
  expect(report.counts).toMatchObject({ created: 2, refused: 0 })
  expect(report.rows.map(({ findings }) => findings.map(({ message }) => message))).toEqual(
    [1, 2].map((row) => [
      `第 ${row} 行：没有上级“650100”，上级留空：需要时请填写已有单位或本文件中另一行的编码或名称`,
    ]),
  )
})

test('a park without a code gets one, and stays the same park', async () => {
  const file = text(
    JSON.stringify({
      type: 'Feature',
      geometry: ring(87.52, 43.72),
      properties: { 园区名称: '甘泉堡经开区', 所属区县: '天山区' },
    }),
  )
  expect((await run(file, '园区.geojson', 'park')).counts).toMatchObject({ created: 1 })
  expect((await run(file, '园区.geojson', 'park')).counts).toMatchObject({ unchanged: 1 })
})

const HEAD = cells('序号', '项目名称', '类别', '总投资（万元）', '年度计划投资（万元）')

test('a sheet per county: the unit is the sheet, a cover sheet is passed over', async () => {
  const file = await book({
    填表说明: [cells('填表说明'), cells('请各区县如实填写')],
    天山区: [cells('2024年重点项目'), HEAD, cells(1, '甲', '产业', 100, 40)],
    米东区: [cells('2024年重点项目'), HEAD, cells(1, '甲', '产业', 200, 50)],
  })
  const report = await run(file, '2024.xlsx')
  expect(report.counts).toMatchObject({ created: 2, refused: 0 })
  expect(report.findings.map(({ code }) => code)).toEqual(['SHEET_SKIPPED'])
  expect(report.rows[0]?.findings[0]?.message).toBe(
    '工作表“天山区”第 3 行：填报单位取自小标题或工作表名“天山区”',
  )
  const rows = await db.sql`
    select u.name as unit, total_wan::float8 as total, pl.year, pl.annual_wan::float8 as annual
      from project p join unit u on u.id = p.unit_id join plan pl on pl.project_id = p.id
     order by p.id`
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { unit: '天山区', total: 100, year: 2024, annual: 40 },
    { unit: '米东区', total: 200, year: 2024, annual: 50 },
  ])
})

test('the year of a sheet is its own', async () => {
  const head = cells('项目名称', '填报单位', '年度计划投资（万元）')
  const file = await book({
    '2022年': [head, cells('甲', '天山区', 10)],
    '2023年': [head, cells('甲', '天山区', 20)],
  })
  expect((await run(file, '计划.xlsx', 'plan')).counts).toMatchObject({ created: 2 })
  const plans = await db.sql`
    select year, annual_wan::float8 as annual from plan join project p on p.id = project_id
      join unit u on u.id = unit_id where u.name = '天山区' order by year`
  expect(plans.map((row) => ({ ...row }))).toEqual([
    { year: 2022, annual: 10 },
    { year: 2023, annual: 20 },
    { year: 2024, annual: 40 },
  ])
})

test('the same project at the same place of two sheets is one too many', async () => {
  const head = cells('项目名称', '填报单位', '类别', '总投资（万元）')
  const file = await book({
    第一批: [head, cells('乙', '天山区', '产业', 10)],
    第二批: [head, cells('乙', '天山区', '产业', 20)],
  })
  const report = await run(file, '两批.xlsx')
  expect(report.written).toBe(false)
  expect(report.rows[1]?.findings.map(({ message }) => message)).toEqual([
    '工作表“第二批”第 2 行：与工作表“第一批”第 2 行重复（乙）：同一对象只能有一行',
  ])
})

test('words of other cities for category and kind of plan', async () => {
  const report = await run(
    text(`项目名称,填报单位,项目类别,建设性质,总投资（万元）,2024年计划投资（万元）
丙,天山区,二、交通基础设施类项目,计划新开工,100,10
丁,天山区,现代服务业,续建项目,100,10
戊,天山区,卫生健康,储备项目,100,0
`),
    '词语.csv',
  )
  expect(report.counts).toMatchObject({ created: 3, refused: 0 })
  const rows = await db.sql`
    select p.name, category, kind from project p join plan on project_id = p.id
     where p.name in ('丙', '丁', '戊') order by p.id`
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { name: '丙', category: 'infrastructure', kind: 'construction' },
    { name: '丁', category: 'industry', kind: 'construction' },
    { name: '戊', category: 'livelihood', kind: 'preliminary' },
  ])
})

test('a month whose header names another year than the plan stands in its own year', async () => {
  const report = await run(
    text(`项目名称,填报单位,类别,总投资（万元）,2023年计划投资（万元）,2024年1月计划（万元）,2月计划（万元）
己,天山区,产业,100,50,5,6
`),
    '跨年.csv',
  )
  expect(report.counts).toMatchObject({ created: 1, refused: 0 })
  const rows = await db.sql`
    select to_char(month, 'YYYY-MM') as month, planned_wan::float8 as wan
      from investment join project p on p.id = project_id where p.name = '己' order by month`
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { month: '2023-02', wan: 6 },
    { month: '2024-01', wan: 5 },
  ])
})

test('amounts below nothing and places outside China are refused by row and column', async () => {
  const report = await run(
    text(`项目名称,填报单位,类别,总投资（万元）,占地面积（亩）,经度,纬度
庚,天山区,产业,-5,1,,
辛,天山区,产业,5,-1,,
壬,天山区,产业,5,1,0,0
癸,天山区,产业,5,1,187.6,43.7
`),
    '不可能.csv',
  )
  expect(report.rows.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    ['第 2 行：列“总投资(万元)”的“-5”小于 0：请核对，不知道请留空'],
    ['第 3 行：列“占地面积(亩)”的“-1”小于 0：请核对，不知道请留空'],
    ['第 4 行：坐标“0, 0”不在中国范围内（经度约 73–135，纬度约 3–54）：请核对，不知道坐标请留空'],
    ['第 5 行：坐标“187.6, 43.7”不是经纬度（经度约 73–135，纬度约 3–54），也不是平面坐标：请核对'],
  ])
})
