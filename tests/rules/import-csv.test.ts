import type { Table } from 'api/import/draft'
import { ImportFailure } from 'api/import/failure'
import { interpret } from 'api/import/interpret'
import { readSource } from 'api/import/read-source'
import { describe, expect, test } from 'vitest'

const utf8 = (text: string) => new TextEncoder().encode(text)
const ofCsv = (text: string): Promise<Table> =>
  interpret(readSource(utf8(text), 'x.csv'), { map: {} })
const rowsOf = (bytes: Uint8Array, name = 'x.csv') => readSource(bytes, name).sheets[0]?.rows

const names = (table: Table) => table.drafts.map(({ values }) => values['name'])
const refusals = (table: Table) =>
  table.drafts.flatMap(({ findings }) => findings.filter(({ level }) => level === 'refuse'))

/** The refusal of a whole file. */
function failure(bytes: Uint8Array, name = 'x.csv'): ImportFailure {
  try {
    readSource(bytes, name)
  } catch (error) {
    if (error instanceof ImportFailure) return error
    throw error
  }
  throw new Error('accepted')
}

describe('line ends', () => {
  const header = '项目名称,县市区,项目类别,总投资（万元）,备注'
  const lines = [header, '甲,锦屏区,产业,100,一', '乙,锦屏区,产业,200,二', '丙,锦屏区,产业,300,三']
  test.each([
    ['CRLF, later LF', ['\r\n', '\r\n', '\n', '\n']],
    ['a header with CRLF over rows with LF', ['\r\n', '\n', '\n', '\n']],
    ['LF, later CRLF', ['\n', '\n', '\r\n', '\r\n']],
    ['CR, later CRLF', ['\r', '\r\n', '\r', '']],
  ])('%s: each row is a row', async (_, ends) => {
    const table = await ofCsv(lines.map((line, index) => line + ends[index]).join(''))
    expect(
      table.drafts.map(({ row, values }) => [row, values['name'], values['totalWan']]),
    ).toEqual([
      [2, '甲', 100],
      [3, '乙', 200],
      [4, '丙', 300],
    ])
  })

  test('a quoted line break stays in its cell whatever the others are', () => {
    const text = '名称,备注\r\n甲,"一\r\n二"\n乙,"三\n四"\r\n'
    expect(rowsOf(utf8(text))?.slice(1, 3)).toEqual([
      ['甲', '一\n二'],
      ['乙', '三\n四'],
    ])
  })
})

describe('a row longer than the header', () => {
  const header = '项目名称,县市区,项目类别,总投资（万元）,用地面积（亩）,备注\n'
  test('is refused with what made it longer', async () => {
    const table = await ofCsv(`${header}甲,锦屏区,产业,1,234,88,新建厂房\n乙,锦屏区,产业,5,88,好\n`)
    expect(refusals(table)).toMatchObject([
      {
        row: 2,
        code: 'ROW_TOO_LONG',
        message: expect.stringMatching(/7 格，表头只有 6 格.*“1,234”.*千分位逗号.*引号/),
      },
    ])
  })

  test('is refused too where its last cell is empty, unlike the other rows', async () => {
    const table = await ofCsv(`${header}甲,锦屏区,产业,1,234,88,\n乙,锦屏区,产业,5,88,好\n`)
    expect(refusals(table)).toMatchObject([{ row: 2, code: 'ROW_TOO_LONG' }])
  })

  test('is right where every row ends with a comma more than the header', async () => {
    const table = await ofCsv(`${header}甲,锦屏区,产业,5,88.5,好,\n乙,锦屏区,产业,6,9,,\n`)
    expect(refusals(table)).toEqual([])
    expect(names(table)).toEqual(['甲', '乙'])
  })

  test('the title above the header may be longer, and notes below the table', async () => {
    const table = await ofCsv(`重点项目,,,,,,,单位：万元\n${header}甲,锦屏区,产业,5,88,好\n`)
    expect(refusals(table)).toEqual([])
  })
})

describe('the delimiter', () => {
  test('is the tab where each amount has thousands commas', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `项${at}\t区\t123,456,789.0\t1,234,567.00`)
    const rows = rowsOf(utf8(['项目名称\t县市区\t总投资（元）\t计划（元）', ...lines].join('\n')))
    expect(rows?.[30]).toEqual(['项29', '区', '123,456,789.0', '1,234,567.00'])
  })

  test('is the comma though a note lists with semicolons', () => {
    const rows = rowsOf(utf8('项目名称,县市区,备注\n甲,区,a;b;c;d;e;f;g;h;i\n'))
    expect(rows?.[1]).toEqual(['甲', '区', 'a;b;c;d;e;f;g;h;i'])
  })

  test('is counted outside quotes; a quote inside a cell opens none', () => {
    const rows = rowsOf(utf8('名称;说明;数\n甲;5" 管, 3" 管, 2" 管;1,5\n乙;"一,""二"", 三";2,5\n'))
    expect(rows?.slice(1, 3)).toEqual([
      ['甲', '5" 管, 3" 管, 2" 管', '1,5'],
      ['乙', '一,"二", 三', '2,5'],
    ])
  })
})

describe('characters', () => {
  const text = '项目名称,县市区,项目类别,总投资（万元）,备注\n甲,锦屏区,产业,100,说明文字很长'
  test('UTF-8 with a character cut at the end is not taken for GB18030', () => {
    const { code, message } = failure(utf8(text).slice(0, -1))
    expect(code).toBe('UTF8_DAMAGED')
    expect(message).toContain(`第 2 行（第 ${utf8(text).length - 2} 个字节）`)
  })

  test('nor is it with one cut in the middle, in GeoJSON too', () => {
    const whole =
      '{"type":"Feature","geometry":null,\n"properties":{"名称":"城南片区","备注":"说明文"}}'
    const bytes = Buffer.from(whole)
    const cut = bytes.indexOf('文') + 2
    const damaged = Buffer.concat([bytes.subarray(0, cut), bytes.subarray(cut + 1)])
    expect(failure(damaged, 'x.geojson').message).toContain(`第 2 行（第 ${cut - 1} 个字节）`)
  })

  test('a private-use character is taken out, and its place told', async () => {
    const table = await ofCsv(text.replace('说明', '\uf06c 说明'))
    expect(table.drafts[0]?.values['note']).toBe('说明文字很长')
    expect(table.findings).toMatchObject([
      { row: 2, code: 'PRIVATE_CHARACTER', level: 'note', value: 'U+F06C' },
    ])
    expect(table.findings[0]?.message).toContain('第 2 行第 5 列')
  })

  test('full-width letters and digits of a code are plain ones', async () => {
    const table = await ofCsv('项目编码,项目名称,县市区\n２３０５－510602－Ａ,甲,区\n')
    expect(table.drafts[0]?.values['code']).toBe('2305-510602-A')
  })
})

test('a file of more than 500 columns is refused; empty columns do not count', () => {
  const wide = (cell: string) => utf8(`项目名称,县市区,${`${cell},`.repeat(600)}\n甲,区\n`)
  expect(failure(wide('列')).code).toBe('TOO_MANY_COLUMNS')
  expect(rowsOf(wide(''))?.[0]?.slice(0, 2)).toEqual(['项目名称', '县市区'])
})

test('the header again on each page is left out and counted', async () => {
  const header = '序号,项目名称,县市区,项目类别,总投资（万元）\n'
  const table = await ofCsv(`${header}1,甲,锦屏区,产业,1\n${header}2,乙,锦屏区,产业,2\n${header}`)
  expect(names(table)).toEqual(['甲', '乙'])
  expect(refusals(table)).toEqual([])
  expect(table.findings.map(({ code, message }) => [code, message])).toEqual([
    ['HEADER_REPEATED', '跳过 2 行重复的表头'],
  ])
})
