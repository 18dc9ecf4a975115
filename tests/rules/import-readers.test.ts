import type { Cell } from 'api/import/cell'
import { ImportFailure } from 'api/import/failure'
import { interpret } from 'api/import/interpret'
import { readInWorker } from 'api/import/read-in-worker'
import { readSource } from 'api/import/read-source'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

const utf8 = (text: string) => new TextEncoder().encode(text)
const gb18030 = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

function read(bytes: Uint8Array, name = 'file.csv'): Cell[][] {
  return readSource(bytes, name).sheets[0]?.rows ?? []
}

/** The code of the refusal of a whole file. */
function refusal(bytes: Uint8Array, name: string): string {
  try {
    readSource(bytes, name)
    return 'accepted'
  } catch (error) {
    if (error instanceof ImportFailure) return error.code
    throw error
  }
}

async function xlsx(data: SheetData): Promise<Uint8Array> {
  return new Uint8Array(await writeXlsxFile(data).toBuffer())
}

describe('CSV', () => {
  const table = [
    ['项目名称', '总投资（亿元）'],
    ['宏工智能', '30'],
  ]
  test.each([
    ['UTF-8', utf8('项目名称,总投资（亿元）\n宏工智能,30')],
    ['UTF-8 with BOM and CRLF', utf8('\uFEFF项目名称,总投资（亿元）\r\n宏工智能,30')],
    ['semicolons', utf8('项目名称;总投资（亿元）\n宏工智能;30')],
    ['tabs', utf8('项目名称\t总投资（亿元）\n宏工智能\t30')],
    ['quotes', utf8('"项目名称","总投资（亿元）"\n"宏工智能","30"')],
    ['GB18030', gb18030('cfeec4bfc3fbb3c62cd7dccdb6d7caa3a8d2dad4aaa3a90abaeab9a4d6c7c4dc2c3330')],
  ])('%s', (_, bytes) => {
    expect(read(bytes)).toEqual(table)
  })

  test('a comma and a line break inside quotes stay in their cell', () => {
    expect(read(utf8('名称,备注\n甲,"一,\n二 ""三"""\n'))).toEqual([
      ['名称', '备注'],
      ['甲', '一,\n二 "三"'],
      [null],
    ])
  })

  test('whatever cells hold, they come back', () => {
    const cell = fc.string({
      unit: fc.constantFrom('项', '目', 'a', '1', ',', '"', '\n', ' ', ';'),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const text = [['甲', '乙', '丙'], ...rows]
          .map((row) => row.map(quoted).join(','))
          .join('\r\n')
        expect(read(utf8(text)).slice(1)).toEqual(
          rows.map((row) => row.map((value) => (value === '' ? null : value))),
        )
      }),
    )
  })
})

describe('XLSX', () => {
  test('numbers, dates and percentages come as people see them', async () => {
    const bytes = await xlsx([
      [{ value: '名称' }, { value: '日期' }, { value: '比例' }, { value: '金额' }],
      [
        { value: '甲' },
        { value: new Date('2023-05-31T00:00:00Z'), format: 'yyyy"年"m"月"d"日"' },
        { value: 0.6517, format: '0.00%' },
        { value: 1234.5, format: '#,##0.00' },
      ],
    ])
    expect(read(bytes, 'x.xlsx')).toEqual([
      ['名称', '日期', '比例', '金额'],
      ['甲', '2023-05-31', '65.17%', 1234.5],
    ])
  })

  test('a title, a two-row merged header, merged units and a totals row', async () => {
    const bytes = await xlsx([
      [{ value: '2023年重点项目计划表', columnSpan: 6 }, null, null, null, null, null],
      [
        { value: '序号', rowSpan: 2 },
        { value: '县市区', rowSpan: 2 },
        { value: '项目名称', rowSpan: 2 },
        { value: '投资（万元）', columnSpan: 2 },
        null,
        { value: '计划开工时间', rowSpan: 2 },
      ],
      [null, null, null, { value: '总投资' }, { value: '年度计划' }, null],
      [
        { value: 1 },
        { value: '天元区', rowSpan: 2 },
        { value: '甲' },
        { value: 100 },
        { value: 40 },
        { value: '5月底' },
      ],
      [{ value: 2 }, null, { value: '乙' }, { value: 200 }, { value: 50 }, { value: '2023Q2' }],
      [{ value: '合计', columnSpan: 3 }, null, null, { value: 300 }, { value: 91 }, null],
    ])
    const table = await interpret(readSource(bytes, 'x.xlsx'), { map: {} })
    expect(table.noun).toBe('project')
    expect(table.columns.map(({ header, field, unit }) => [header, field, unit])).toEqual([
      ['序号', null, null],
      ['县市区', 'unit', null],
      ['项目名称', 'name', null],
      ['投资(万元)/总投资', 'totalWan', '万元'],
      ['投资(万元)/年度计划', 'annualWan', '万元'],
      ['计划开工时间', 'plannedStart', null],
    ])
    expect(table.drafts.map(({ row, values }) => ({ row, ...values }))).toEqual([
      {
        row: 4,
        unit: '天元区',
        name: '甲',
        totalWan: 100,
        annualWan: 40,
        plannedStart: { date: '2023-05-31', precision: 'month' },
      },
      {
        row: 5,
        unit: '天元区',
        name: '乙',
        totalWan: 200,
        annualWan: 50,
        plannedStart: { date: '2023-06-30', precision: 'quarter' },
      },
    ])
    expect(table.findings.map(({ code, row, field }) => [code, row, field])).toEqual([
      ['TOTALS_ROW', 6, null],
      ['TOTAL_MISMATCH', 6, 'annualWan'],
    ])
  })

  test('an amount in a cell merged over rows belongs to none of them', async () => {
    const bytes = await xlsx([
      [{ value: '项目名称' }, { value: '总投资（万元）' }],
      [{ value: '甲' }, { value: 100, rowSpan: 2 }],
      [{ value: '乙' }, null],
    ])
    const { drafts } = await interpret(readSource(bytes, 'x.xlsx'), { as: 'project', map: {} })
    expect(drafts.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ['MERGED_VALUE'],
      ['MERGED_VALUE'],
    ])
  })

  test('every sheet with a header is read, and messages name it', async () => {
    const head = [{ value: '项目名称' }, { value: '总投资（万元）' }]
    const bytes = new Uint8Array(
      await writeXlsxFile([
        { sheet: '产业', data: [head, [{ value: '甲' }, { value: 1 }]] },
        { sheet: '民生', data: [head, [{ value: '乙' }, { value: '约2' }]] },
        { sheet: '说明', data: [[{ value: '本表由发改委填报' }]] },
      ]).toBuffer(),
    )
    const table = await interpret(readSource(bytes, 'x.xlsx'), { as: 'project', map: {} })
    expect(table.drafts.map(({ values }) => values)).toEqual([
      { name: '甲', totalWan: 1 },
      { name: '乙' },
    ])
    expect(table.drafts[1]?.findings[0]?.message).toMatch(/^工作表“民生”第 2 行：/)
    expect(table.findings.map(({ code }) => code)).toEqual(['SHEET_SKIPPED'])
  })

  test('a formula counts by its stored result, and is refused without one', async () => {
    const rows = read(
      workbook(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c><c r="C1" t="e"><v>#REF!</v></c></row>',
      ),
      'x.xlsx',
    )
    expect(rows).toEqual([[2, '#FORMULA!', '#REF!']])
  })

  test('a cell a million rows down is one row', () => {
    const source = readSource(
      workbook('<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>底</t></is></c></row>'),
      'x.xlsx',
    )
    expect(source.sheets[0]).toMatchObject({ rows: [[null, '底']], numbers: [1_048_576] })
  })

  test.each([
    ['cut short', async () => (await xlsx([[{ value: '甲' }]])).slice(0, 700), 'XLSX_DAMAGED'],
    ['a zip of something else', async () => zipSync({ 'a.txt': strToU8('a') }), 'XLSX_DAMAGED'],
    ['broken XML', async () => workbook('<row r="1"><c r="A1"><v>1</w></row>'), 'XLSX_DAMAGED'],
    [
      'too many columns',
      async () => workbook('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
      'TOO_MANY_COLUMNS',
    ],
    ['a zip bomb', async () => bomb(), 'ZIP_BOMB'],
    ['an old workbook', async () => gb18030('d0cf11e0a1b11ae1'), 'FILE_FORMAT'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(refusal(await bytes(), 'x.xlsx')).toBe(code)
  })

  test('a zip whose directory understates its size inflates to what it states', async () => {
    const lying = understated(bomb())
    await expect(readInWorker(lying, 'x.xlsx')).rejects.toThrow(/^(XLSX_DAMAGED|ZIP_BOMB)/)
  })
})

test('text that spreadsheets export as a formula is text, another formula is refused', async () => {
  const source = readSource(utf8('项目编码,项目名称\n"=""0430""",=A1\n'), 'x.csv')
  const { drafts } = await interpret(source, { as: 'project', map: {} })
  expect(drafts[0]?.values).toEqual({ code: '0430' })
  expect(drafts[0]?.findings.map(({ code }) => code)).toEqual(['FORMULA_TEXT'])
})

describe('what is no table', () => {
  test.each([
    ['empty', new Uint8Array(), 'FILE_EMPTY'],
    ['blanks', utf8(' \r\n\r\n '), 'FILE_EMPTY'],
    ['a picture named .csv', gb18030('89504e470d0a1a0a0000000d49484452'), 'FILE_FORMAT'],
    ['a PDF', utf8('%PDF-1.7 x'), 'FILE_FORMAT'],
    ['binary junk', new Uint8Array([1, 2, 3, 250, 251, 0, 7]), 'FILE_NOT_TEXT'],
    ['an open quote', utf8('名称,备注\n"甲,乙\n丙,丁'), 'CSV_INVALID'],
  ])('%s is refused', (_, bytes, code) => {
    expect(refusal(bytes, 'x.csv')).toBe(code)
  })

  test.each([
    ['header only', '项目名称,填报单位,总投资（万元）', 'NO_ROWS'],
    ['no header', '甲,乙\n1,2', 'HEADER_NOT_FOUND'],
    ['a list of anything', '项目编码,备注\n甲,红', 'NOUN_UNKNOWN'],
  ])('%s is refused', async (_, text, code) => {
    const reading = interpret(readSource(utf8(text), 'x.csv'), { map: {} })
    await expect(reading).rejects.toMatchObject({ code })
  })
})

/** A workbook of one sheet with these rows. */
function workbook(rows: string): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${links}"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    ),
  })
}

/** 20 MB of nothing in twenty kilobytes. */
function bomb(): Uint8Array {
  return zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(20 * 1024 * 1024) }, { level: 9 })
}

/** Writes 1000 as the inflated size into the central directory of a zip with one entry. */
function understated(zip: Uint8Array): Uint8Array {
  const bytes = zip.slice()
  const view = new DataView(bytes.buffer)
  for (let at = bytes.length - 46; at > 0; at--) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    view.setUint32(at + 24, 1000, true)
    break
  }
  return bytes
}
