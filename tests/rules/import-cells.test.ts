import { type Cell, type Parsed, plainText } from 'api/import/cell'
import { parsePairCell, parsePairCells } from 'api/import/coordinates'
import { parseMonth, parsePeriod } from 'api/import/dates'
import { isIgnored, readHeader } from 'api/import/headers'
import { interpret } from 'api/import/interpret'
import { parseMoney } from 'api/import/money'
import { parseNumber, parsePercent } from 'api/import/numbers'
import { readSource } from 'api/import/read-source'
import { parseSpan } from 'api/import/span'
import { parseCode, parseText } from 'api/import/text'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** The value, `null` for blank, or the code of the refusal. */
function outcome<T>(parsed: Parsed<T>): T | null | string {
  return parsed.ok ? parsed.value : parsed.code
}

describe('a space inside a value joins no two numbers', () => {
  test.each([
    ['1000\n2000', 'MONEY_INVALID'],
    ['1000 2000', 'MONEY_INVALID'],
    ['12  345', 'MONEY_INVALID'],
    ['100\n200', 'MONEY_INVALID'],
    ['1 2345', 'MONEY_INVALID'],
    ['1234 567', 'MONEY_INVALID'],
    ['1 234 567.5', 1_234_567.5],
    ['10\u00a0000', 10_000],
    ['3 亿 5000 万', 35_000],
    ['￥ 35,000 万元', 35_000],
    ['3.5 亿元', 35_000],
  ])('money %j → %s', (cell, value) => {
    expect(outcome(parseMoney(cell, '万元'))).toBe(value)
  })

  test.each([
    ['12 5', 'NUMBER_INVALID'],
    ['12\n345', 'NUMBER_INVALID'],
    ['12 345', 12_345],
    ['- 5', -5],
    ['372 亩', 372],
  ])('number %j → %s', (cell, value) => {
    expect(outcome(parseNumber(cell))).toBe(value)
  })

  test('percent', () => {
    expect(outcome(parsePercent('5 3%', false))).toBe('NUMBER_INVALID')
    expect(outcome(parsePercent('53.5 %', false))).toMatchObject({ value: 53.5 })
  })

  test.each([
    ['2023 5', 'DATE_INVALID'],
    ['4507 7', 'DATE_INVALID'],
    ['2023\n05', 'DATE_INVALID'],
    ['2023年 5月', '2023-05-31'],
    ['2023 年 5 月 1 日', '2023-05-01'],
    ['2023 - 5 - 1', '2023-05-01'],
    ['2023-05-01 08:30', '2023-05-01'],
  ])('date %j → %s', (cell, date) => {
    const parsed = parsePeriod(cell)
    expect(parsed.ok ? parsed.value?.date : parsed.code).toBe(date)
  })

  test('coordinates', () => {
    expect(outcome(parsePairCells('113 07', '27 49'))).toBe('POSITION_INVALID')
    expect(outcome(parsePairCells('113° 07′ 48″', '27° 49′ 48″'))).toMatchObject({
      x: expect.closeTo(113.13, 9),
    })
    for (const text of ['27° 49′ 48″ 113° 07′ 48″', '27.83 N 113.13 E', '27.83N113.13E']) {
      expect(parsePairCell(text).ok).toBe(true)
    }
  })

  test('amounts grouped in any way are the amount, or refused', () => {
    const gap = fc.constantFrom(' ', '\n', '  ', ',', '')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9999 }), gap)), (parts) => {
        const text = parts
          .map(([number, mark]) => `${number}${mark}`)
          .join('')
          .trim()
        const parsed = parseMoney(text, '万元')
        if (!parsed.ok || parsed.value === null) return
        expect(text).toMatch(/^\d+$|^\d{1,3}([ ,]\d{3})+$/)
        expect(parsed.value).toBe(Number(text.replaceAll(/[ ,]/g, '')))
      }),
    )
  })
})

describe('the years of the works', () => {
  const spanOf = (cell: string) => {
    const parsed = parseSpan(cell)
    if (!parsed.ok) return parsed.code
    if (parsed.note) return parsed.note.code
    return parsed.value?.map(({ date, precision }) => `${date} ${precision}`).join(' ')
  }
  test.each([
    ['2022-2025', '2022-12-31 year 2025-12-31 year'],
    ['2022.3-2025.6', '2022-03-31 month 2025-06-30 month'],
    ['2022.1-2025.10', '2022-01-31 month 2025-10-31 month'],
    ['2022-03-2025-06', '2022-03-31 month 2025-06-30 month'],
    ['2022/3-2025/6', '2022-03-31 month 2025-06-30 month'],
    ['2022-03-01-2025-06-30', '2022-03-01 day 2025-06-30 day'],
    ['2022年3月—2025年6月', '2022-03-31 month 2025-06-30 month'],
    ['2022年3月-2025年6月', '2022-03-31 month 2025-06-30 month'],
    ['2022年至2025年', '2022-12-31 year 2025-12-31 year'],
    ['2023', '2023-12-31 year 2023-12-31 year'],
    ['2023年', '2023-12-31 year 2023-12-31 year'],
    ['24个月', 'SPAN_LENGTH'],
    ['约18个月', 'SPAN_LENGTH'],
    ['两年', 'SPAN_LENGTH'],
    ['24', 'SPAN_LENGTH'],
    ['730日历天', 'SPAN_LENGTH'],
    ['2023-05', 'SPAN_INVALID'],
    ['长期', 'SPAN_INVALID'],
  ])('%s → %s', (cell, span) => {
    expect(spanOf(cell)).toBe(span)
  })

  test('a length leaves the row in, with a note', async () => {
    const text = '项目名称,县市区,项目类别,建设工期\n甲,区,产业,24个月\n'
    const { drafts } = await interpret(readSource(Buffer.from(text), 'x.csv'), { map: {} })
    expect(drafts[0]?.values['plannedStart']).toBeUndefined()
    expect(drafts[0]?.findings).toMatchObject([{ code: 'SPAN_LENGTH', level: 'note' }])
  })
})

describe('a text of any length is no value', () => {
  const readers: [name: string, read: (cell: Cell) => Parsed<unknown>][] = [
    ['money', (cell) => parseMoney(cell, '万元')],
    ['number', parseNumber],
    ['percent', (cell) => parsePercent(cell, false)],
    ['date', (cell) => parsePeriod(cell, 2023)],
    ['month', (cell) => parseMonth(cell, 2023)],
    ['span', parseSpan],
    ['pair', parsePairCell],
    ['two cells', (cell) => parsePairCells(cell, cell)],
  ]
  const seeds = ['(', '1 ', '1', '年', 'N1', '亿', '#REF!']
  test.each(readers)('%s', (_, read) => {
    for (const seed of seeds) {
      const parsed = read(`1${seed.repeat(100_000 / seed.length)}x`)
      if (parsed.ok) throw new Error(`accepted: ${seed}`)
      expect(parsed.code).toBe('VALUE_TOO_LONG')
      expect(parsed.message.length).toBeLessThan(200)
    }
  })

  test('of a run of combining marks, which is slow to normalise, only the beginning is looked at', () => {
    expect(plainText(`e${'\u0301\u0323'.repeat(50_000)}`).length).toBeLessThan(40)
    expect(outcome(parseMoney(`3${'\u0301\u0323'.repeat(50_000)}`, '万元'))).toBe('MONEY_INVALID')
  })

  test('an error of any length is told in short', () => {
    const parsed = parseMoney(`#REF!${'x'.repeat(100_000)}`, '万元')
    expect(parsed).toMatchObject({ ok: false, code: 'CELL_ERROR' })
    if (!parsed.ok) expect(parsed.message.length).toBeLessThan(200)
  })

  test('nor is it a header', async () => {
    for (const seed of [...seeds, '（万元']) {
      const long = seed.repeat(60_000 / seed.length)
      expect(readHeader('project', 0, [], `总投资${long}`, {}).field).toBeNull()
      expect(isIgnored(long)).toBe(false)
    }
    const text = `项目名称,县市区,项目类别,${'('.repeat(60_000)}\n甲,区,产业,好\n`
    const { findings } = await interpret(readSource(Buffer.from(text), 'x.csv'), { map: {} })
    expect(findings).toMatchObject([{ code: 'HEADER_UNKNOWN' }])
    expect(JSON.stringify(findings).length).toBeLessThan(600)
  })
})

describe('words', () => {
  test('half a character is refused, with where it is', () => {
    for (const read of [(cell: Cell) => parseText(cell, 100), parseCode]) {
      const parsed = read('坏\ud83d字')
      expect(parsed).toMatchObject({ ok: false, code: 'TEXT_BROKEN' })
      expect(parsed).toMatchObject({ message: expect.stringContaining('U+D83D') })
    }
    expect(outcome(parseText('好😀字', 100))).toBe('好😀字')
  })

  test.each([
    ['株洲市\n荷塘区', '株洲市荷塘区'],
    ['one\n two', 'one two'],
    ['一期 \n\t 二期', '一期二期'],
    ['a\tb', 'a b'],
    ['a   b', 'a   b'],
  ])('lines of a short text %j → %j', (cell, text) => {
    expect(outcome(parseText(cell, 100))).toBe(text)
  })
})
