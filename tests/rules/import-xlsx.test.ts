import type { Cell } from 'api/import/cell'
import type { Table } from 'api/import/draft'
import { interpret } from 'api/import/interpret'
import { styleOf } from 'api/import/number-format'
import { readSource } from 'api/import/read-source'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'

/** A cell's XML: blank, words, a number, or a number in a style. */
type Given = null | string | number | readonly [style: number, value: number] | { xml: string }

const FORMATS = ['', '0!.0,', '#,##0.00,"千元"', '0.00"亿元"', 'yyyy', 'yyyy"年"m"月"', '"$"#,##0']

function xmlOf(cell: Given): string {
  if (cell === null) return '<c/>'
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  if (typeof cell === 'string') return `<c t="inlineStr"><is><t>${cell}</t></is></c>`
  if ('xml' in cell) return cell.xml
  return `<c s="${cell[0]}"><v>${cell[1]}</v></c>`
}

/** A workbook of one sheet whose cells do not say where they are. */
function workbook(
  rows: readonly (readonly Given[])[],
  { properties = '', merges = [] as string[] } = {},
): Uint8Array {
  const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const escaped = FORMATS.map((code) => code.replaceAll('"', '&quot;'))
  const formats = escaped.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`)
  const styles = FORMATS.map((_, at) => `<xf numFmtId="${at === 0 ? 0 : 200 + at}"/>`)
  const cells = rows.map((row) => `<row>${row.map(xmlOf).join('')}</row>`).join('')
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('')
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${rels}"><workbookPr ${properties}/><sheets><sheet name="表" r:id="a"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet><numFmts>${formats.join('')}</numFmts><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><sheetData>${cells}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
    ),
  })
}

const rowsOf = (bytes: Uint8Array): Cell[][] | undefined =>
  readSource(bytes, 'x.xlsx').sheets[0]?.rows
const tableOf = (bytes: Uint8Array): Promise<Table> =>
  interpret(readSource(bytes, 'x.xlsx'), { map: {} })
const refusals = (table: Table) =>
  table.drafts.flatMap(({ findings }) =>
    findings
      .filter(({ level }) => level === 'refuse')
      .map(({ row, field, code }) => [row, field, code]),
  )

describe('cells that do not say their column', () => {
  test('follow the one before, blank or not', () => {
    const bytes = workbook([
      ['项目名称', '县市区', '项目类别', '年度计划投资（万元）', '总投资（万元）'],
      ['甲', '区', '产业', null, 300],
      [null, '区', null, null, '乙'],
    ])
    expect(rowsOf(bytes)?.slice(1)).toEqual([
      ['甲', '区', '产业', null, 300],
      [null, '区', null, null, '乙'],
    ])
  })

  test('also behind one that does', () => {
    const at = { xml: '<c r="C1" t="inlineStr"><is><t>丙</t></is></c>' }
    expect(rowsOf(workbook([['甲', at, '丁']]))).toEqual([['甲', null, '丙', '丁']])
  })
})

describe('a number format', () => {
  test.each([
    ['#,##0.00', { kind: 'plain' }],
    ['#,##0.00_);(#,##0.00)', { kind: 'plain' }],
    ['_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', { kind: 'plain' }],
    ['[$¥-804]#,##0.00', { kind: 'plain' }],
    ['0"个"', { kind: 'plain' }],
    ['General"万元"', { kind: 'unit', unit: '万元' }],
    ['0.00"亿元"', { kind: 'unit', unit: '亿元' }],
    ['0.00"亿元";-0.00"亿元";"—"', { kind: 'unit', unit: '亿元' }],
    ['#,##0.00"万"', { kind: 'unit', unit: '万' }],
    ['#,##0\\元', { kind: 'unit', unit: '元' }],
    ['0!.0,', { kind: 'altered' }],
    ['0!.0000,"万元"', { kind: 'altered' }],
    ['#,##0,', { kind: 'altered' }],
    ['#,##0.00,,', { kind: 'altered' }],
    ['#,##0.00,"千元"', { kind: 'altered' }],
    ['0"千元"', { kind: 'altered' }],
    ['0.0"百万"', { kind: 'altered' }],
    ['0"万美元"', { kind: 'altered' }],
    ['"$"#,##0', { kind: 'altered' }],
    ['[$$-409]#,##0.00', { kind: 'altered' }],
    ['[>=100000000]0.00,,"亿";0', { kind: 'altered' }],
    ['0.00"亿元";-0.00', { kind: 'altered' }],
    ['0.00%', { kind: 'percent' }],
    ['yyyy', { kind: 'year' }],
    ['yyyy"年"', { kind: 'year' }],
    ['yyyy"年"m"月"', { kind: 'month' }],
    ['[$-804]yyyy"年"m"月"d"日";@', { kind: 'date' }],
    ['m"月"d"日"', { kind: 'date' }],
  ])('%s', (code, style) => {
    expect(styleOf(200, code)).toMatchObject(style)
  })

  test('with a unit says the amount; one that shows another number is refused in words', async () => {
    const table = await tableOf(
      workbook([
        ['项目名称', '县市区', '项目类别', '总投资（万元）', '计划开工时间'],
        ['甲', '区', '产业', [3, 3.5], [4, 45_000]],
        ['乙', '区', '产业', [1, 35_000_000], [5, 45_000]],
        ['丙', '区', '产业', [2, 35_000_000], null],
        ['丁', '区', '产业', [6, 500], null],
      ]),
    )
    expect(table.drafts.map(({ values }) => [values['totalWan'], values['plannedStart']])).toEqual([
      [35_000, { date: '2023-12-31', precision: 'year' }],
      [undefined, { date: '2023-03-31', precision: 'month' }],
      [undefined, undefined],
      [undefined, undefined],
    ])
    expect(refusals(table)).toEqual([
      [3, 'totalWan', 'NUMBER_FORMAT'],
      [4, 'totalWan', 'NUMBER_FORMAT'],
      [5, 'totalWan', 'NUMBER_FORMAT'],
    ])
    expect(table.drafts[2]?.findings[0]).toMatchObject({
      value: null,
      message: expect.stringContaining('35000000，数字格式“#,##0.00,"千元"”'),
    })
  })
})

test('plain numbers in a column of dates are counted from the year that the workbook counts from', async () => {
  const rows = [
    ['项目名称', '县市区', '项目类别', '计划开工时间', '计划竣工时间'],
    ['甲', '区', '产业', 43_615, '43616'],
  ]
  for (const [properties, start, finish] of [
    ['date1904="1"', '2023-05-31', '2023-06-01'],
    ['', '2019-05-30', '2019-05-31'],
  ] as const) {
    const table = await tableOf(workbook(rows, { properties }))
    expect(table.drafts[0]?.values).toMatchObject({
      plannedStart: { date: start, precision: 'day' },
      plannedFinish: { date: finish, precision: 'day' },
    })
  }
})

test('a formula without a result, or a merged value, is told in words wherever it stands', async () => {
  const formula = { xml: '<c><f>A1</f></c>' }
  const report = await tableOf(
    workbook([
      ['项目名称', '县市区', '年度', '月份', '是否入统', '填报时间', '工程进度', '填报状态'],
      ['甲', '区', formula, '2023年5月', formula, formula, formula, formula],
    ]),
  )
  expect(report.noun).toBe('report')
  const merged = await tableOf(
    workbook(
      [
        ['项目名称', '县市区', '项目类别', '年度', '年度计划投资（万元）', '建设年限'],
        ['甲', '区', '产业', 2023, 5, '2022-2025'],
        ['乙', '区', '产业', null, 6, null],
      ],
      { merges: ['D2:D3', 'F2:F3'] },
    ),
  )
  const findings = [...report.drafts, ...merged.drafts].flatMap((draft) => draft.findings)
  expect(findings.map(({ code, field }) => [code, field])).toEqual([
    ...['year', 'inStatistics', 'reportedAt', 'percent', 'status'].map((field) => [
      'FORMULA_WITHOUT_RESULT',
      field,
    ]),
    ...['year', 'buildYears', 'year', 'buildYears'].map((field) => ['MERGED_VALUE', field]),
  ])
  expect(JSON.stringify(findings)).not.toMatch(/#FORMULA|#MERGED/)
})

test('half a character in a cell is refused with row and field', async () => {
  const table = await tableOf(
    workbook([
      ['项目名称', '县市区', '项目类别', '备注'],
      ['甲', '区', '产业', '坏_xD83D_字'],
    ]),
  )
  expect(refusals(table)).toEqual([[2, 'note', 'TEXT_BROKEN']])
})

test('what is wrong with a workbook is told in Chinese', () => {
  const whole = workbook([['甲']])
  const broken = zipSync({ 'xl/workbook.xml': strToU8('</workbook>') })
  for (const bytes of [whole.slice(0, whole.length / 2), whole.slice(0, -10), broken]) {
    expect(() => readSource(bytes, 'x.xlsx')).toThrow(/^XLSX_DAMAGED: [^a-z]*Excel[^a-z]*$/)
  }
})
