import type { Database } from 'api/db/database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { type Options, rowCodes, rowMessages, runImport } from '../support/import-run.ts'

/* Which existing project, unit or park a row means, and what it must not be taken for. */

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await run(
    `编码,单位名称,简称,级别,上级单位
510600,嘉州市,嘉州,市,
510602,锦屏区,锦屏,区县,嘉州市
510603,罗江县,罗江,区县,嘉州市
430600,岳阳市,岳阳,市,
430621,岳阳县,岳阳,区县,岳阳市
`,
    { as: 'unit' },
  )
  await run(LIST)
})
afterAll(() => db.close())

const run = (text: string, options?: Options) => runImport(db, text, options)
const HEAD = '项目编码,项目名称,县市区,项目类别,总投资（万元）\n'
const LIST = `${HEAD}A-1,城北污水处理厂,锦屏区,生态,100
A-2,青年路改造,锦屏区,基础设施,200
A-3,通航产业园,罗江县,产业,300
`
const names = async () =>
  (await db.sql<{ code: string; name: string }[]>`select code, name from project order by code`)
    .map(({ code, name }) => `${code} ${name}`)
    .slice(0, 3)

describe('a code that contradicts the name', () => {
  const before = ['A-1 城北污水处理厂', 'A-2 青年路改造', 'A-3 通航产业园']

  test('swapped codes do not exchange names', async () => {
    const swapped = `${HEAD}A-2,城北污水处理厂,锦屏区,生态,100\nA-1,青年路改造,锦屏区,基础设施,200\n`
    const report = await run(swapped)
    expect(rowCodes(report)).toEqual([['CODE_CONFLICT'], ['CODE_CONFLICT']])
    expect(rowMessages(report)[0]).toBe(
      '第 2 行：编码 A-2 是“青年路改造”，这一行的名称是“城北污水处理厂”，它的编码是 A-1：请改正编码或名称',
    )
    expect(await names()).toEqual(before)
  })

  test('a name that another row of the file has is refused, without a unit column too', async () => {
    const report = await run('项目编码,项目名称,备注\nA-1,新名,甲\nA-2,新名,乙\n', {
      as: 'project',
    })
    expect(rowCodes(report)).toEqual([['RENAMED'], ['RENAMED', 'DUPLICATE_ROW']])
  })

  test('money is not booked under the code of another project, nor of a name unknown', async () => {
    const head = '项目编码,项目名称,县市区,月份,本月完成投资（万元）\n'
    const report = await run(
      `${head}A-1,通航产业园,罗江县,2023年5月,77\nA-1,无此项目,锦屏区,2023年4月,7\nA-1,城北 污水处理厂,锦屏区,2023年3月,1\n`,
      { as: 'investment' },
    )
    expect(rowCodes(report)).toEqual([['CODE_CONFLICT'], ['CODE_CONFLICT'], []])
    expect(rowMessages(report)).toEqual([
      '第 2 行：编码 A-1 是“城北污水处理厂”，这一行的名称是“通航产业园”，它的编码是 A-3：请改正编码或名称',
      '第 3 行：编码 A-1 是“城北污水处理厂”，这一行的名称是“无此项目”：请改正编码或名称（项目改名请先导入项目）',
    ])
  })

  test('money is booked under a name written a little differently, with a warning', async () => {
    const head = '项目编码,项目名称,县市区,月份,本月完成投资（万元）\n'
    const report = await run(
      `${head}A-1,城北污水处理厂项目,锦屏区,2023年2月,1
A-1,城北污水处理厂项目,罗江县,2023年3月,1
A-1,城北污水处理厂二期,锦屏区,2023年4月,1
A-1,城南污水处理厂,锦屏区,2023年5月,1
`,
      { as: 'investment', partial: true, dryRun: true },
    )
    expect(rowCodes(report)).toEqual([
      ['NAME_DIFFERS'],
      ['CODE_CONFLICT'],
      ['CODE_CONFLICT'],
      ['CODE_CONFLICT'],
    ])
    expect(rowMessages(report).slice(0, 2)).toEqual([
      '第 2 行：编码 A-1 是“城北污水处理厂”，这一行的名称是“城北污水处理厂项目”：按编码登记，请核对',
      '第 3 行：编码 A-1 是“城北污水处理厂”，这一行的名称是“城北污水处理厂项目”，填报单位也不同：请改正编码',
    ])
  })

  test('a name that is nearer another project’s is not the code’s', async () => {
    await run(`${HEAD}A-8,城东水质净化中心,岳阳县,生态,1\nA-9,城东水质净化中心改造,岳阳县,生态,1\n`)
    const head = '项目编码,项目名称,月份,本月完成投资（万元）\n'
    const report = await run(`${head}A-8,城东水质净化中心改造项目,2023年2月,1\n`, {
      as: 'investment',
    })
    expect(rowCodes(report)).toEqual([['CODE_CONFLICT']])
  })

  test('a right name in the wrong unit is offered with its unit', async () => {
    const head = '项目名称,县市区,月份,本月完成投资（万元）\n'
    const report = await run(`${head}通航产业园,锦屏区,2023年5月,7\n`, { as: 'investment' })
    expect(rowMessages(report)).toEqual([
      '第 2 行：没有项目“通航产业园”：请先导入项目，或改正编码、名称和填报单位；是否为 罗江县的“通航产业园”（编码 A-3）',
    ])
  })

  test('a project may get a new name, with a warning; not together with a new unit', async () => {
    const both = await run(`${HEAD}A-1,城西水厂,罗江县,生态,100\n`)
    expect(rowCodes(both)).toEqual([['CODE_CONFLICT']])
    const report = await run(`${HEAD}A-1,城北净水厂,锦屏区,生态,100\n`)
    expect(rowMessages(report)).toEqual([
      '第 2 行：名称由“城北污水处理厂”改为“城北净水厂”：请核对编码',
    ])
    expect((await names())[0]).toBe('A-1 城北净水厂')
  })
})

describe('words for a unit', () => {
  test('a short name of two units is refused with both', async () => {
    const report = await run(`${HEAD}B-1,甲,岳阳,产业,1\nB-2,乙,岳阳县,产业,1\n`)
    expect(rowCodes(report)).toEqual([['UNIT_AMBIGUOUS'], []])
    expect(rowMessages(report)).toEqual([
      '第 2 行：填报单位“岳阳”可能是岳阳市（430600）、岳阳县（430621）：请填写全称或编码',
    ])
  })

  test('the city before the county is understood, another city is not', async () => {
    const report = await run(
      `${HEAD}C-1,丙,嘉州市锦屏区,产业,1\nC-2,丁,四川省嘉州锦屏区,产业,1\nC-3,戊,乐山市锦屏区,产业,1\n`,
      { partial: true },
    )
    expect(rowCodes(report)).toEqual([[], [], ['UNIT_UNKNOWN']])
    const rows = await db.sql`
      select u.name from project p join unit u on u.id = unit_id where p.code like 'C-%'`
    expect(rows.map(({ name }) => name)).toEqual(['锦屏区', '锦屏区'])
  })
})

describe('units of one name', () => {
  test('another code for a known name is refused with both codes', async () => {
    const report = await run('编码,单位名称,级别\n510999,罗江县,区县\n', { as: 'unit' })
    expect(rowMessages(report)).toEqual([
      '第 2 行：已有单位“罗江县”，编码是 510603，这一行是 510999：同一单位请用原编码；是另一个单位请填写上级单位或级别以示区别',
    ])
    const [row] = await db.sql`select code from unit where name = '罗江县'`
    expect(row?.['code']).toBe('510603')
  })

  test('two in a file are two where the unit above tells them apart', async () => {
    const open = await run('编码,单位名称,级别\n511002,市中区,区县\n511102,市中区,区县\n', {
      as: 'unit',
    })
    expect(rowMessages(open)).toEqual([
      '第 3 行：与第 2 行都叫“市中区”，编码是 511002 和 511102，看不出是不是同一个单位：同一单位只留一行，不同单位请填写上级单位或级别',
    ])
    const told = `编码,单位名称,级别,上级单位
511000,内江市,市,
511100,乐山市,市,
511002,市中区,区县,内江市
511102,市中区,区县,乐山市
`
    expect((await run(told, { as: 'unit' })).counts).toMatchObject({ created: 4 })
    expect((await run(told, { as: 'unit' })).counts).toMatchObject({ unchanged: 4 })
    const third = '编码,单位名称,级别,上级单位\n430699,市中区,区县,岳阳市\n'
    expect((await run(third, { as: 'unit' })).counts).toMatchObject({ created: 1 })
    const list = await run(`${HEAD}D-1,己,市中区,产业,1\nD-2,庚,内江市市中区,产业,1\n`, {
      partial: true,
    })
    expect(rowCodes(list)).toEqual([['UNIT_AMBIGUOUS'], []])
  })
})

describe('parks of one name', () => {
  test('each county has its own', async () => {
    const head = '园区名称,所属区县\n'
    const both = `${head}经济开发区,锦屏区\n经济开发区,罗江县\n`
    expect((await run(both, { as: 'park' })).counts).toMatchObject({ created: 2 })
    expect((await run(both, { as: 'park' })).counts).toMatchObject({ unchanged: 2 })
    const rows = await db.sql`
      select u.name from park k join unit u on u.id = unit_id where k.name = '经济开发区' order by k.id`
    expect(rows.map(({ name }) => name)).toEqual(['锦屏区', '罗江县'])
    const open = await run('园区名称,来源\n经济开发区,政府网\n', { as: 'park' })
    expect(rowCodes(open)).toEqual([['PARK_AMBIGUOUS']])
  })

  test('a project belongs to the one of its unit, else its row is refused', async () => {
    const head = '项目编码,项目名称,县市区,园区,项目类别\n'
    const report = await run(
      `${head}E-1,辛,罗江县,经济开发区,产业\nE-2,壬,岳阳县,经济开发区,产业\n`,
      { partial: true },
    )
    expect(rowCodes(report)).toEqual([[], ['PARK_AMBIGUOUS']])
    const rows = await db.sql`
      select u.name from project p join park k on k.id = park_id join unit u on u.id = k.unit_id
       where p.code = 'E-1'`
    expect(rows.map(({ name }) => name)).toEqual(['罗江县'])
  })
})
