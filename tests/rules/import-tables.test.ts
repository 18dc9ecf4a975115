import type { Cell } from 'api/import/cell'
import type { Table } from 'api/import/draft'
import { readHeader } from 'api/import/headers'
import { interpret } from 'api/import/interpret'
import { readSource } from 'api/import/read-source'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

/** A row of plain cells. */
const cells = (...values: (string | number | null)[]) =>
  values.map((value) => (value === null ? null : { value }))

async function tableOf(data: SheetData, name = '表'): Promise<Table> {
  const bytes = new Uint8Array(await writeXlsxFile(data, { sheet: name }).toBuffer())
  return interpret(readSource(bytes, 'x.xlsx'), { map: {} })
}

const ofCsv = (text: string) =>
  interpret(readSource(new TextEncoder().encode(text), 'x.csv'), { map: {} })

/** A workbook whose one sheet has this XML inside. */
function workbook(sheet: string, styles = ''): Uint8Array {
  const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${rels}"><sheets><sheet name="表" r:id="a"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(`<styleSheet>${styles}</styleSheet>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
  })
}

const rowsOf = (bytes: Uint8Array): Cell[][] | undefined =>
  readSource(bytes, 'x.xlsx').sheets[0]?.rows
const codes = (table: Table) => table.findings.map(({ code }) => code)
const fields = (table: Table) =>
  table.columns.flatMap(({ header, field, unit }) => (field ? [[header, field, unit]] : []))
const values = (table: Table): Record<string, unknown>[] =>
  table.drafts.map((draft) => ({ row: draft.row, ...draft.values }))

describe('headers of several rows', () => {
  test('three rows: merged cells say how deep', async () => {
    const table = await tableOf([
      [
        { value: '填报单位', rowSpan: 3 },
        { value: '项目名称', rowSpan: 3 },
        { value: '投资情况（万元）', columnSpan: 5 },
        null,
        null,
        null,
        null,
        { value: '工期', columnSpan: 2 },
        null,
      ],
      [
        null,
        null,
        { value: '总投资', rowSpan: 2 },
        { value: '2024年计划投资', columnSpan: 3 },
        null,
        null,
        { value: '1-5月完成', rowSpan: 2 },
        { value: '计划开工' },
        { value: '计划竣工' },
      ],
      cells(null, null, null, '专项债', '企业自筹', '合计', null, '时间', '时间'),
      cells('天山区', '甲', 12000, 1000, 2000, 5000, 1500, '2024年3月', '2025年'),
    ])
    expect(fields(table)).toEqual([
      ['填报单位', 'unit', null],
      ['项目名称', 'name', null],
      ['投资情况(万元)/总投资', 'totalWan', '万元'],
      ['投资情况(万元)/2024年计划投资/合计', 'annualWan', '万元'],
      ['投资情况(万元)/1-5月完成', 'doneWan', '万元'],
      ['工期/计划开工/时间', 'plannedStart', null],
      ['工期/计划竣工/时间', 'plannedFinish', null],
    ])
    expect(values(table)).toEqual([
      {
        row: 4,
        unit: '天山区',
        name: '甲',
        totalWan: 12000,
        annualWan: 5000,
        doneWan: 1500,
        year: 2024,
        plannedStart: { date: '2024-03-31', precision: 'month' },
        plannedFinish: { date: '2025-12-31', precision: 'year' },
      },
    ])
  })

  test('a part of a total is not the total', () => {
    const field = (...path: string[]) =>
      readHeader('project', 0, path.slice(0, -1), path.at(-1) ?? '', {}).field?.name
    expect(field('总投资（万元）', '中央预算内')).toBeUndefined()
    expect(field('总投资（万元）', '合计')).toBe('totalWan')
    expect(field('年度计划投资', '上半年')).toBeUndefined()
    expect(field('年度计划投资', '全年')).toBe('annualWan')
    expect(field('项目业主', '名称')).toBe('ownerEnterprise')
    expect(field('项目', '名称')).toBe('name')
    expect(field('一月', '完成')).toBeUndefined()
    expect(readHeader('project', 0, [], '总投资(万', {})).toMatchObject({ unit: '万元' })
    expect(field('区（县）')).toBe('unit')
    expect(field('县（市、区）')).toBe('unit')
    expect(field('所属区')).toBe('unit')
    expect(field('市')).toBeUndefined()
  })

  test('bare months are what the title says, else unclear', async () => {
    const months = '项目名称,填报单位,一月,二月\n甲,天山区,10,20\n'
    const told = await ofCsv(`2024年月度完成投资情况表（万元）\n${months}`)
    expect(told.noun).toBe('investment')
    expect(values(told)).toEqual([
      { row: 3, name: '甲', unit: '天山区', actual01: 10, actual02: 20, year: undefined },
    ])
    expect(told.drafts[0]?.year).toBe(2024)
    const source = readSource(new TextEncoder().encode(months), 'x.csv')
    const open = await interpret(source, { as: 'investment', map: {} })
    expect(codes(open)).toEqual(['HEADER_UNCLEAR', 'HEADER_UNCLEAR'])
  })

  test('the day on which a table was made is not its year', async () => {
    const table = await ofCsv(
      '2024年重点项目,制表日期：2023年12月28日\n项目名称,填报单位,总投资（万元）\n甲,天山区,1\n',
    )
    expect(table.drafts[0]?.year).toBe(2024)
  })
})

describe('rows between the rows', () => {
  test('headings, subtotals, totals and signatures are no projects', async () => {
    const table = await tableOf([
      cells('序号', '县区', '项目名称', '类别', '总投资（万元）', '备注'),
      cells('一', '产业发展（2个）', null, null, 30, null),
      [{ value: 1 }, { value: '天山区', rowSpan: 3 }, ...cells('甲', '产业', 10, null)],
      [{ value: 2 }, null, ...cells('乙\n丙', '产业', 20, null)],
      [null, null, ...cells('小计', null, 30, null)],
      cells(null, '天山区合计', '2个', null, 30, null),
      cells('合  计', null, null, null, 30, null),
      cells('制表人：张三', null, '审核人：李四', null, '联系电话：0991-1', null),
    ])
    expect(values(table)).toEqual([
      { row: 3, unit: '天山区', name: '甲', category: 'industry', totalWan: 10 },
      { row: 4, unit: '天山区', name: '乙丙', category: 'industry', totalWan: 20 },
    ])
    expect(codes(table)).toEqual(['TOTALS_ROW', 'ROWS_SKIPPED'])
  })

  test('a heading says what no column does, until the next of its level', async () => {
    const table = await ofCsv(
      `序号,项目名称,县区,总投资（万元）
一、产业发展类（2个）,,,
（一）续建项目（1个）,,,
1,甲,天山区,10
（二）前期项目（1个）,,,
1,乙,天山区,20
二、其他（1个）,,,
1,丙,天山区,30
`,
    )
    expect(values(table).map((row) => [row['name'], row['category'], row['planKind']])).toEqual([
      ['甲', 'industry', 'construction'],
      ['乙', 'industry', 'preliminary'],
      ['丙', undefined, undefined],
    ])
    expect(codes(table)).toEqual(['ROWS_SKIPPED', 'FROM_HEADING', 'FROM_HEADING'])
  })

  test('其中 before a name is part of the name', async () => {
    const table = await ofCsv('序号,项目名称,县区,类别\n1,其中：一期工程,天山区,产业\n')
    expect(values(table).map((row) => row['name'])).toEqual(['其中：一期工程'])
  })
})

describe('cells', () => {
  test('a date shown as year and month is that month', () => {
    const styles = `<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="57"/><xf numFmtId="17"/><xf numFmtId="176"/><xf numFmtId="14"/></cellXfs>`
    const row = [1, 2, 3, 4].map((style) => `<c s="${style}"><v>45047</v></c>`).join('')
    expect(rowsOf(workbook(`<row r="1">${row}</row>`, styles))).toEqual([
      ['2023-05', '2023-05', '2023-05', '2023-05-01'],
    ])
  })

  test('a formula whose result is no text is blank; hidden rows are told', async () => {
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
    const head = ['项目名称', '县区', '类别', '备注'].map(text).join('')
    const body = ['甲', '天山区', '产业'].map(text).join('')
    const bytes = workbook(
      `<row r="1">${head}</row><row r="2" hidden="1">${body}<c t="str"><f>IF(1,"")</f><v></v></c></row>`,
    )
    const table = await interpret(readSource(bytes, 'x.xlsx'), { map: {} })
    expect(table.drafts[0]?.findings).toEqual([])
    expect(codes(table)).toEqual(['HIDDEN_ROWS'])
  })

  test.each([
    ['="650102202305010001"', '650102202305010001', []],
    ['6.50102E+17', undefined, ['CODE_AS_NUMBER']],
    ['2205-650102-04-01', '2205-650102-04-01', []],
  ])('code %s', async (written, code, found) => {
    const table = await ofCsv(
      `项目代码,项目名称,县区\n"${written.replaceAll('"', '""')}",甲,天山区\n`,
    )
    const [draft] = table.drafts
    expect(draft?.values['code']).toBe(code)
    expect(draft?.findings.map((finding) => finding.code)).toEqual(found)
  })

  test('a code of more than 15 digits that was kept as a number is refused', async () => {
    const table = await tableOf([
      cells('项目代码', '项目名称', '县区'),
      cells(650102202305010000, '甲', '天山区'),
    ])
    expect(table.drafts[0]?.findings.map(({ message }) => message)).toEqual([
      '第 2 行：列“项目代码”的“650102202305010000”是表格软件按数字保存过的编码，后几位已经丢失：请把该列设为文本格式后重新填写完整编码',
    ])
  })
})

describe('formats', () => {
  const feature = (name: string) =>
    JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [87.6, 43.7, 812] },
      properties: { 项目名称: name },
    })
  test.each([
    ['a line each', `${feature('甲')}\n${feature('乙')}\n`],
    ['record separators', `\u001e${feature('甲')}\n\u001e${feature('乙')}\n`],
  ])('GeoJSON as a sequence: %s', (_, text) => {
    const source = readSource(new TextEncoder().encode(text), 'x.geojsonl')
    expect(source.sheets[0]?.rows).toEqual([['项目名称'], ['甲'], ['乙']])
  })

  test('a web page that is called a workbook is told', () => {
    const page = new TextEncoder().encode('<html><table><tr><td>项目名称</td></tr></table></html>')
    expect(() => readSource(page, '重点项目.xls')).toThrow(/FILE_FORMAT.*网页.*另存为 \.xlsx/)
  })

  test('an area with amounts is a project, not a boundary', async () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ].map(([x = 0, y = 0]) => [87 + x / 10, 43 + y / 10])
    const text = JSON.stringify({
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
      properties: { 项目名称: '甲', 类别: '产业' },
    })
    const source = readSource(new TextEncoder().encode(text), 'x.geojson')
    expect((await interpret(source, { map: {} })).noun).toBe('project')
  })
})
