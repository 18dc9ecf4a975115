import type { Database } from 'api/db/database'
import type { ImportReport } from 'api/import/contract'
import { importFile } from 'api/import/import-file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { openTestDatabase } from '../support/database.ts'
import { loadImportCity } from '../support/import-city.ts'
import { rowCodes, runImport } from '../support/import-run.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await loadImportCity(db)
})
afterAll(() => db.close())

const names = (report: ImportReport) => report.rows.map(({ name }) => name)
const tryText = (text: string) => runImport(db, text, { as: 'project', year: 2023, dryRun: true })
async function trySheet(data: SheetData, sheet = '荷塘区'): Promise<ImportReport> {
  const bytes = new Uint8Array(await writeXlsxFile(data, { sheet }).toBuffer())
  const author = { actor: '测试员', reason: '试行' }
  return importFile(db, { bytes, fileName: '清单.xlsx', as: 'project', author, dryRun: true })
}

describe('files as offices keep them', () => {
  const heads = ['序号', '项目名称', '类别', '总投资（万元）']

  test('beside rows numbered 1, 2 a row numbered 一 is a heading, though it says its category', async () => {
    const report = await trySheet([
      heads,
      ['一', '产业发展', '产业', 200],
      [1, '县内甲厂房', '产业', 100],
      [2, '县内乙厂房', '产业', 100],
    ])
    expect(names(report)).toEqual(['县内甲厂房', '县内乙厂房'])
    const counted = await trySheet([
      heads,
      ['一', '产业发展项目（1个）', '产业', 100],
      [1, '县内甲厂房', '产业', 100],
    ])
    expect(names(counted)).toEqual(['县内甲厂房'])
  })

  test('where every row is numbered 一, 二 they are the projects', async () => {
    const report = await trySheet([
      heads,
      ['一', '县内甲厂房', '产业', 100],
      ['二', '县内乙厂房', '产业', 100],
    ])
    expect(names(report)).toEqual(['县内甲厂房', '县内乙厂房'])
  })

  test('小计 where the number stands is a sum, whatever the name is', async () => {
    const report = await trySheet([
      ['序号', '县市区', '类别', '项目名称', '总投资（万元）'],
      [1, '荷塘区', '产业', '县内甲厂房', 100],
      [2, '荷塘区', '产业', '县内乙厂房', 100],
      ['小计', '荷塘区', '产业', '2个', 200],
    ])
    expect(names(report)).toEqual(['县内甲厂房', '县内乙厂房'])
  })

  test('rows of a CSV that end with a comma more than its header are taken', async () => {
    const report = await tryText(
      '项目名称,县市区,类别,总投资（万元）\n甲厂房,荷塘区,产业,100\n乙厂房,荷塘区,产业,100,\n丙厂房,荷塘区,产业,100\n',
    )
    expect(rowCodes(report)).toEqual([[], [], []])
  })

  test('a row whose cells have moved behind such a comma is refused', async () => {
    const report = await tryText(
      '项目名称,县市区,类别,总投资（万元）\n甲,乙厂房,荷塘区,产业,\n丙厂房,荷塘区,产业,100\n',
    )
    expect(report.rows[0]?.outcome).toBe('refused')
  })

  test('无 and 待定 as park or parent are blanks, a city before a short name is understood', async () => {
    const report = await tryText(
      '项目名称,县市区,园区,上级项目,类别,总投资（万元）\n甲厂房,荷塘区,无,待定,产业,100\n乙厂房,株洲市荷塘,—,无,产业,100\n',
    )
    expect(report.counts).toMatchObject({ created: 2, refused: 0 })
  })

  test('a header of cells merged over two columns is found', async () => {
    const report = await trySheet([
      [
        { value: '项目名称', columnSpan: 2 },
        null,
        '县市区',
        '类别',
        { value: '总投资（万元）', columnSpan: 2 },
        null,
      ],
      ['甲厂房', null, '荷塘区', '产业', 100, null],
    ])
    expect(names(report)).toEqual(['甲厂房'])
  })
})
