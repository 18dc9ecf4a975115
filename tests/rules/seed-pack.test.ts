import { refusalOf } from 'api/db/seed/load'
import { parseJson, parseTable, rowNumber } from 'api/db/seed/pack-file'
import type { ImportReport } from 'api/import/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const bytes = (text: string) => new TextEncoder().encode(text)
/** 名称,经度 / 泰山,113.1 as a spreadsheet in Chinese saves it. */
const gb18030 = new Uint8Array([
  0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbe, 0xad, 0xb6, 0xc8, 0x0a, 0xcc, 0xa9, 0xc9, 0xbd, 0x2c, 0x31,
  0x31, 0x33, 0x2e, 0x31, 0x0a,
])

describe('the files of a pack', () => {
  const columns = { 名称: 'text', 经度: 'number' } as const

  test('UTF-8 with a mark and GB18030 are the same table', () => {
    const rows = parseTable('城/town.csv', gb18030, columns)
    expect(rows).toEqual([{ 名称: '泰山', 经度: '113.1' }])
    expect(parseTable('城/town.csv', bytes('\uFEFF名称,经度\n\n泰山,113.1\n'), columns)).toEqual(
      rows,
    )
    expect(rows.map(rowNumber)).toEqual([2])
  })

  test.each([
    ['名称,纬度\n', 'PACK_INVALID: 城/town.csv: row 1: no column 经度; the header is 名称,纬度'],
    ['名称,经度\n\n甲,东\n', 'PACK_INVALID: 城/town.csv: row 3, column 经度: "东" is no number'],
    ['名称,经度\n,113\n', 'PACK_INVALID: 城/town.csv: row 2, column 名称: is empty'],
  ])('%j', (text, message) => {
    expect(() => parseTable('城/town.csv', bytes(text), columns)).toThrow(message)
  })

  test('a refused row is told with its own file and row, or with that of the list', () => {
    const list = parseTable('城/list.csv', bytes('项目编码\nA-1\nA-2\n'), { 项目编码: 'text' })
    const message = '第 7 行：没有填报单位“某区”'
    const finding = { row: 7, field: 'unit', value: '某区', code: 'UNIT_UNKNOWN', message }
    const row = {
      row: 7,
      code: 'A-2',
      name: '乙',
      outcome: 'refused' as const,
      changes: [],
      findings: [{ ...finding, level: 'refuse' as const }],
      similar: [],
    }
    const report = (fileName: string) =>
      ({ fileName, rows: [row], findings: [] }) as unknown as ImportReport
    const told = (fileName: string) => refusalOf({ name: '城', list }, report(fileName))
    expect(told('project.csv')).toBe('城/project.csv: row 7: UNIT_UNKNOWN 没有填报单位“某区”')
    expect(told('1 月填报')).toBe(
      '城/list.csv: row 3 (A-2 乙, 1 月填报): UNIT_UNKNOWN 没有填报单位“某区”',
    )
  })

  test('JSON at fault is told with its file, and its field', () => {
    const schema = z.object({ year: z.number() })
    expect(() => parseJson('城/pack.json', bytes('{"year":'), schema)).toThrow(
      /^PACK_INVALID: 城\/pack\.json: no JSON: /,
    )
    expect(() => parseJson('城/pack.json', bytes('{"year":"x"}'), schema)).toThrow(
      /^PACK_INVALID: 城\/pack\.json: year: /,
    )
  })
})
