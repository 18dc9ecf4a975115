import type { Database } from 'api/db/database'
import type { Table } from 'api/import/draft'
import { readHeader } from 'api/import/headers'
import { importRows } from 'api/import/import-rows'
import { interpret } from 'api/import/interpret'
import { readSource } from 'api/import/read-source'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { type Options, rowCodes, rowMessages, runImport } from '../support/import-run.ts'

/* What columns and cells say against each other, and columns that a table has for other levels. */

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await run('编码,单位名称,级别\n510602,锦屏区,区县\n', { as: 'unit' })
  await run('项目编码,项目名称,县市区,项目类别\nA-1,甲,锦屏区,产业\nA-2,乙,锦屏区,产业\n')
})
afterAll(() => db.close())

const run = (text: string, options?: Options) => runImport(db, text, options)
const ofCsv = (text: string, map: Record<string, string> = {}): Promise<Table> =>
  interpret(readSource(new TextEncoder().encode(text), 'x.csv'), { map })
const found = (table: Table) => table.findings.map(({ code, message }) => `${code} ${message}`)
const fields = (table: Table) => table.columns.map(({ header, field }) => `${header} ${field}`)

describe('columns against each other', () => {
  test('another year in the column than in the header is told', async () => {
    const report = await run(
      '项目名称,县市区,项目类别,年度,2023年计划投资（万元）\n年冲突,锦屏区,产业,2024,100\n',
    )
    expect(rowMessages(report)).toEqual([
      '第 2 行：年度写 2024，表头“2023年计划投资(万元)”是 2023 年：按 2024 年登记，请核对',
    ])
  })

  test('0.53 beside 35 is refused, beside other fractions it is 53 %', async () => {
    const head = '项目编码,月份,工程进度\n'
    const mixed = await run(`${head}A-1,2023年4月,0.53\nA-2,2023年4月,35\n`, { as: 'report' })
    expect(rowMessages(mixed)).toEqual([
      '第 2 行：列“工程进度”的“0.53”分不出是 0.53% 还是 53%：这一列有大于 1 的数，请写上百分号',
    ])
    const told = await run(`${head}A-1,2023年4月,0.53%\nA-2,2023年4月,35\n`, { as: 'report' })
    expect(told.counts).toMatchObject({ created: 2, refused: 0 })
    const author = { actor: '测试员', reason: '导入测试' }
    await importRows(db, 'report', [{ code: 'A-1', month: '2023-03', percent: 0.5 }], { author })
    const rows = await db.sql`select percent::float8 as percent from report order by month, id`
    expect(rows.map(({ percent }) => percent)).toEqual([0.5, 0.53, 35])
  })

  test('a header in per cent, in signs or in words, leaves nothing open', async () => {
    for (const header of ['工程进度（%）', '工程进度（百分比）']) {
      const report = await run(`项目编码,月份,${header}\nA-1,2023年2月,0.53\nA-2,2023年2月,35\n`, {
        as: 'report',
        dryRun: true,
      })
      expect(rowCodes(report)).toEqual([[], []])
    }
  })

  test('a stage that says its day is registered at the date of its column, with a note', async () => {
    const report = await run(
      '项目编码,项目名称,阶段,阶段日期\nA-1,甲,2023年3月已开工,2023-03-10\nA-2,乙,"项目已开工建设，完成投资30%",2023-04-10\n',
      { as: 'project' },
    )
    expect(rowMessages(report)).toEqual([
      '第 2 行：阶段“2023年3月已开工”登记为开工节点：不对请改写后重新导入',
      '第 3 行：阶段“项目已开工建设，完成投资30%”登记为开工节点：不对请改写后重新导入',
    ])
    const rows = await db.sql`select kind, actual_date::text as date from milestone order by id`
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'start 2023-03-10',
      'start 2023-04-10',
    ])
  })

  test('a month that has not begun: no report, and money with a warning', async () => {
    const report = await run('项目编码,月份,工程进度\nA-1,2025年12月,50\n', { as: 'report' })
    expect(rowMessages(report)).toEqual([
      '第 2 行：2025-12 还没有开始，今天是 2023-05-31：请改正月份',
    ])
    const money = await run('项目编码,月份,本月完成投资（万元）\nA-1,2025年12月,99\n', {
      as: 'investment',
    })
    expect(rowCodes(money)).toEqual([['ACTUAL_IN_FUTURE']])
    const plan = await run('项目编码,2023年12月计划（万元）,2023年12月完成（万元）\nA-1,99,0\n', {
      as: 'investment',
    })
    expect(rowCodes(plan)).toEqual([[]])
  })

  test('a hidden column is told', async () => {
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
    const row = (...values: string[]) => `<row>${values.map(text).join('')}</row>`
    const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const bytes = zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook xmlns:r="${rels}"><sheets><sheet name="表" r:id="a"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        `<worksheet><cols><col min="3" max="16384" hidden="1"/></cols><sheetData>${row('项目名称', '县市区', '类别')}${row('甲', '锦屏区', '产业')}</sheetData></worksheet>`,
      ),
    })
    const table = await interpret(readSource(bytes, 'x.xlsx'), { map: {} })
    expect(found(table)).toEqual([
      'HIDDEN_COLUMNS 工作表“表”的列“类别”是隐藏的，也一并导入：不要的请先删去',
    ])
  })

  test('a key of the map that is no header is told; full width is no difference', async () => {
    const table = await ofCsv('项目名称,县市区,投资额（亿元）\n甲,锦屏区,1\n', {
      '投资额（亿元）': 'totalWan',
      投资总额: 'totalWan(亿元)',
    })
    expect(fields(table)[2]).toBe('投资额(亿元) totalWan')
    expect(found(table)).toEqual([
      'MAP_UNUSED 列对应表（--map）里的“投资总额”不是这个文件的表头：表头有 项目名称、县市区、投资额(亿元)',
    ])
  })
})

describe('columns of other levels', () => {
  test('money by months in a list of projects is told where it belongs', async () => {
    const table = await ofCsv(
      '项目名称,县市区,类别,总投资（万元）,1月实际完成（万元）,1—5月完成投资（万元）\n甲,锦屏区,产业,100,1,5\n',
    )
    expect(table.noun).toBe('project')
    expect(found(table)).toEqual([
      'HEADER_UNCLEAR 列“1月实际完成(万元)”未导入：各月完成投资不在这一类数据里登记：请用 --as investment 再导入一次这个文件',
      'COMPARED_ONLY 列“1—5月完成投资(万元)”只用来核对，不登记：各月完成投资请用 --as investment 导入（列：项目名称、填报单位、月份、本月完成投资）',
    ])
  })

  test.each([
    ['2023年1-6月计划投资（万元）', null],
    ['2023年1至6月计划完成投资（万元）', null],
    ['2023年1-12月计划投资（万元）', 'annualWan'],
    ['2023年1-6月完成投资（万元）', 'doneWan'],
    ['1-6月投资完成率', 'rate'],
  ])('%s', async (header, field) => {
    const table = await ofCsv(`项目名称,县市区,类别,${header}\n甲,锦屏区,产业,100\n`)
    expect(table.columns[3]?.field).toBe(field)
    if (field === null) {
      expect(found(table)[0]).toMatch(/^HEADER_UNCLEAR 列“2023年1.6月计划.*只是几个月的数/)
    }
  })

  test.each([
    [['2023年1-6月'], '计划投资', null],
    [['2023年上半年'], '计划投资', null],
    [['2023年1-2月'], '计划', null],
    [['2023年1-6月投资情况'], '年度计划投资', 'annualWan'],
    [['2023年1-6月计划投资'], '1月', 'planned01'],
  ])('%j / %s', (groups, leaf, field) => {
    const column = readHeader('project', 0, groups, leaf, {})
    expect(column.field?.name ?? null).toBe(field)
    expect(column.unclear === undefined).toBe(field !== null)
  })

  test('sums of several months are no month’s', async () => {
    const table = await ofCsv(
      '项目名称,县市区,1月完成（万元）,1—5月完成投资（万元）,一季度完成（万元）,上年完成投资（万元）\n甲,锦屏区,1,5,3,9\n',
    )
    expect(table.noun).toBe('investment')
    expect(table.columns.map(({ field }) => field)).toEqual([
      'name',
      'unit',
      'actual01',
      null,
      null,
      null,
    ])
    expect(found(table)[0]).toBe(
      'HEADER_UNCLEAR 列“1—5月完成投资(万元)”未导入：不是一个月的数：只登记各月的数，累计、季度和全年由各月相加',
    )
  })

  test.each(['市（州）', '市州', '州市', '地市', '镇街', '所在乡镇', '乡镇', '县（市、区）'])(
    '%s names the unit',
    async (header) => {
      const table = await ofCsv(`项目名称,"${header}",类别\n甲,锦屏区,产业\n`)
      expect(table.columns[1]?.field).toBe('unit')
    },
  )

  test('of several the county’s, and towns of a county’s own sheet lie in it', async () => {
    const table = await ofCsv('项目名称,市州,乡镇,县市区,类别\n甲,嘉州市,城关镇,锦屏区,产业\n')
    expect(table.drafts[0]?.values['unit']).toBe('锦屏区')
    expect(found(table)).toEqual([
      'HEADER_UNCLEAR 列“市州”未导入：填报单位取自“县市区”一列',
      'HEADER_UNCLEAR 列“乡镇”未导入：填报单位取自“县市区”一列',
    ])
    const report = await run(
      '锦屏区（1个）,,\n项目名称,乡镇,类别\n锦屏区（1个）,,\n丁,城关镇,产业\n',
    )
    expect(rowCodes(report)).toEqual([['UNIT_FROM_HEADING']])
  })

  test('levels that the model holds, and what to write for one that it does not', async () => {
    const report = await run(
      '编码,单位名称,级别\n513200,阿坝州,市州\n513201,马尔康市,县级市\n510601,城关镇,乡镇\n',
      { as: 'unit', partial: true },
    )
    expect(rowMessages(report)).toEqual([
      '第 4 行：列“级别”的“乡镇”比填报单位低一级，不能登记：乡镇写在项目的“建设地点”里；由乡镇填报的，级别请写“单位”，所在的县写“市”',
    ])
    const rows = await db.sql`select name, level from unit where code like '5132%' order by code`
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['阿坝州', 'city'],
      ['马尔康市', 'unit'],
    ])
  })
})
