import type { Table } from 'api/import/draft'
import { fundSourceOf } from 'api/import/fund'
import { readHeader } from 'api/import/headers'
import { interpret } from 'api/import/interpret'
import { readSource } from 'api/import/read-source'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'

const ofCsv = (text: string): Promise<Table> =>
  interpret(readSource(new TextEncoder().encode(text), 'x.csv'), { map: {} })
const messages = (table: Table) => table.findings.map(({ message }) => message)
const names = (table: Table) => table.drafts.map(({ values }) => values['name'])

describe('rows that look like headings', () => {
  test('a filled row is data whatever its number or name begins with', async () => {
    const table = await ofCsv(`序号,项目名称,项目类别,建设单位,总投资（万元）
一,城北水厂,生态,水务集团,100
二,城南水厂,生态,,100
,一、城西水厂,生态,水务集团,100
,合计生物医药产业园,产业,合计制药,100
,总计算中心,产业,,100
`)
    expect(names(table)).toEqual([
      '城北水厂',
      '城南水厂',
      '一、城西水厂',
      '合计生物医药产业园',
      '总计算中心',
    ])
    expect(messages(table)).toEqual([])
  })

  test('a unit fills a row too, and so do two others', async () => {
    const table = await ofCsv(`项目名称,县市区,总投资（万元）,建设地点,牵头单位
一、城北水厂,锦屏区,100,,
二、城南水厂,,100,城南路,水务局
三、产业发展（2个）,,200,,
合计,,200,,
`)
    expect(names(table)).toEqual(['一、城北水厂', '二、城南水厂'])
    expect(messages(table)[1]).toBe(
      '跳过 1 行：第 4 行是小标题（是数据的行请写明类别、填报单位或编码）',
    )
  })

  test('totals of a county and parts of a total stay out, by their rows', async () => {
    const table = await ofCsv(`序号,项目名称,县市区,项目类别,总投资（万元）
全市合计（3个）,,,,30
1,甲,锦屏区,产业,10
,小计,锦屏区,,10
,其中：产业类,,,10
制表人：张三,,,,
`)
    expect(names(table)).toEqual(['甲'])
    expect(messages(table).at(-1)).toBe(
      '跳过 3 行：第 4、5 行是小计；第 6 行是表下说明（是数据的行请写明类别、填报单位或编码）',
    )
  })
})

describe('sources of money', () => {
  const source = (text: string) => {
    const draft = {
      row: 2,
      sheet: '',
      values: { fundSource: text },
      pair: null,
      crs: null,
      shape: null,
      findings: [],
      year: undefined,
    }
    const read = fundSourceOf(draft)
    const [finding] = draft.findings as { code: string }[]
    return finding?.code ?? read
  }
  test.each([
    ['合计', 'total'],
    ['总 计', 'total'],
    ['小计', 'total'],
    ['全部', 'total'],
    ['总额', 'total'],
    ['专项债', '专项债'],
    ['600', 'FUND_SOURCE_INVALID'],
    ['1,200.5万元', 'FUND_SOURCE_INVALID'],
  ])('%s is %s', (text, read) => {
    expect(source(text)).toBe(read)
  })

  test('a group of sources makes the header two rows deep, and its amount is no source', async () => {
    const wide = (value: string) => ({ value, columnSpan: 3 })
    const tall = (value: string) => ({ value, rowSpan: 2 })
    const cell = (value: string | number) => ({ value })
    const data = [
      [
        ...['项目名称', '县市区', '月份'].map(tall),
        wide('资金来源（万元）'),
        null,
        null,
        tall('本月完成投资（万元）'),
      ],
      [null, null, null, ...['合计', '专项债', '自筹'].map(cell), null],
      ['甲', '锦屏区', '2023年5月', 600, 400, 200, 600].map(cell),
    ]
    const bytes = new Uint8Array(await writeXlsxFile(data, { sheet: '表' }).toBuffer())
    const table = await interpret(readSource(bytes, 'x.xlsx'), { map: {} })
    expect(table.noun).toBe('investment')
    expect(table.drafts.map(({ row, values }) => [row, values['actualWan']])).toEqual([[3, 600]])
    expect(table.findings.map(({ code }) => code)).toEqual([
      'HEADER_UNCLEAR',
      'HEADER_UNCLEAR',
      'HEADER_UNCLEAR',
    ])
  })

  test('the whole of a group is its amount only where the group is an amount', () => {
    const column = (...path: string[]) =>
      readHeader('investment', 0, path.slice(0, -1), path.at(-1) ?? '', {})
    expect(column('资金来源（万元）', '合计').field).toBeNull()
    expect(column('资金来源（万元）', '合计').unclear).toMatch(/按资金来源分列.*长表/)
    expect(column('资金来源', '其他').unclear).toMatch(/长表/)
    expect(column('本月完成投资（万元）', '中央预算内').unclear).toMatch(/长表/)
    expect(column('专项债（万元）').unclear).toMatch(/长表/)
    expect(column('本月完成投资（万元）', '合计').field?.name).toBe('actualWan')
    expect(column('资金来源').field?.name).toBe('fundSource')
  })
})
