import type { Parsed } from 'api/import/cell'
import { parseChoice } from 'api/import/choice'
import { parsePairCell, parsePairCells } from 'api/import/coordinates'
import { parseMonth, parsePeriod } from 'api/import/dates'
import { unitInTitle } from 'api/import/header-unit'
import { readHeader, yearInTitle } from 'api/import/headers'
import { type MoneyUnit, parseMoney, roundWan } from 'api/import/money'
import { parseNumber, parsePercent } from 'api/import/numbers'
import { nameSimilarity } from 'api/import/similar'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** The value, `null` for blank, or the code of the refusal. */
function outcome<T>(parsed: Parsed<T>): T | null | string {
  return parsed.ok ? parsed.value : parsed.code
}

describe('money', () => {
  const cases: [cell: string | number, unit: MoneyUnit | null, wan: number | null | string][] = [
    ['30', '亿元', 300_000],
    [3.5, '亿元', 35_000],
    ['3.5亿', null, 35_000],
    ['3.5亿元', '万元', 35_000],
    ['３．５亿元', '万元', 35_000],
    ['12,000.55', '万元', 12_000.55],
    ['1.005', '万元', 1.01],
    ['12345678', '元', 1234.57],
    ['3亿5000万', null, 35_000],
    ['3亿5000万元', '元', 35_000],
    ['￥35,000万元', null, 35_000],
    ['2千万', null, 2000],
    ['0', '亿元', 0],
    ['—', '亿元', null],
    ['/', '亿元', null],
    ['无', '万元', null],
    ['', '万元', null],
    ['30', null, 'MONEY_UNIT_UNKNOWN'],
    [30, null, 'MONEY_UNIT_UNKNOWN'],
    ['约3亿', null, 'MONEY_VAGUE'],
    ['3亿左右', '万元', 'MONEY_VAGUE'],
    ['500万美元', '万元', 'MONEY_CURRENCY'],
    ['1,23', '万元', 'MONEY_INVALID'],
    ['3亿50000万', null, 'MONEY_INVALID'],
    ['3-5亿', null, 'MONEY_INVALID'],
    ['#REF!', '万元', 'CELL_ERROR'],
    ['#FORMULA!', '万元', 'FORMULA_WITHOUT_RESULT'],
    ['1e20', '亿元', 'MONEY_RANGE'],
  ]
  test.each(cases)('%s in %s → %s', (cell, unit, wan) => {
    expect(outcome(parseMoney(cell, unit))).toBe(wan)
  })

  test('an amount in 亿元, 万元 or 元 is the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (cents) => {
        const wan = cents / 100
        expect(outcome(parseMoney(wan.toFixed(2), '万元'))).toBe(roundWan(wan))
        expect(outcome(parseMoney((wan / 10_000).toFixed(6), '亿元'))).toBe(roundWan(wan))
        expect(outcome(parseMoney((wan * 10_000).toFixed(0), '元'))).toBe(roundWan(wan))
      }),
    )
  })
})

describe('dates', () => {
  const cases: [cell: string | number, year: number | undefined, result: string | null][] = [
    ['2023年5月', undefined, '2023-05-31 month'],
    ['2023年五月', undefined, '2023-05-31 month'],
    ['2023.5', undefined, '2023-05-31 month'],
    [2023.5, undefined, '2023-05-31 month'],
    ['2023.10', undefined, '2023-10-31 month'],
    ['2023.01', undefined, '2023-01-31 month'],
    ['2023-02', undefined, '2023-02-28 month'],
    ['2024/2', undefined, '2024-02-29 month'],
    ['202305', undefined, '2023-05-31 month'],
    ['2023/5/1', undefined, '2023-05-01 day'],
    ['2023-05-01', undefined, '2023-05-01 day'],
    ['2023-05-01 00:00:00', undefined, '2023-05-01 day'],
    ['2023年5月1日', undefined, '2023-05-01 day'],
    ['２０２３年５月１日', undefined, '2023-05-01 day'],
    ['20230501', undefined, '2023-05-01 day'],
    [45077, undefined, '2023-05-31 day'],
    ['45077', undefined, '2023-05-31 day'],
    ['45077.75', undefined, '2023-05-31 day'],
    ['5月底', 2023, '2023-05-31 month'],
    ['5月20日', 2023, '2023-05-20 day'],
    ['2023年5月底前', undefined, '2023-05-31 month'],
    ['2023年', undefined, '2023-12-31 year'],
    [2023, undefined, '2023-12-31 year'],
    ['年底', 2023, '2023-12-31 year'],
    ['2023年二季度', undefined, '2023-06-30 quarter'],
    ['2023年第3季度', undefined, '2023-09-30 quarter'],
    ['2023Q2', undefined, '2023-06-30 quarter'],
    ['四季度', 2023, '2023-12-31 quarter'],
    ['—', undefined, null],
    ['待定', undefined, null],
    ['5月底', undefined, 'DATE_YEAR_MISSING'],
    ['二季度', undefined, 'DATE_YEAR_MISSING'],
    ['03/04/2023', undefined, 'DATE_AMBIGUOUS'],
    ['2023.1', undefined, 'DATE_AMBIGUOUS'],
    [2023.1, undefined, 'DATE_AMBIGUOUS'],
    ['2023-02-30', undefined, 'DATE_IMPOSSIBLE'],
    ['2023-13', undefined, 'DATE_IMPOSSIBLE'],
    ['2023.50', undefined, 'DATE_IMPOSSIBLE'],
    ['23.5.1', undefined, 'DATE_YEAR_SHORT'],
    ['23年5月', undefined, 'DATE_YEAR_SHORT'],
    ['2023年上半年', undefined, 'DATE_VAGUE'],
    ['尽快', undefined, 'DATE_INVALID'],
    ['#N/A', undefined, 'CELL_ERROR'],
  ]
  test.each(cases)('%s (year %s) → %s', (cell, year, result) => {
    const parsed = parsePeriod(cell, year)
    const value =
      parsed.ok && parsed.value ? `${parsed.value.date} ${parsed.value.precision}` : outcome(parsed)
    expect(value).toBe(result)
  })

  test('上旬 is taken to the month, and says so', () => {
    const parsed = parsePeriod('2023年5月上旬')
    expect(parsed).toMatchObject({
      value: { date: '2023-05-31', precision: 'month' },
      note: { code: 'DATE_COARSER' },
    })
  })

  test('every day is itself in each way of writing it', () => {
    const days = fc.date({
      min: new Date('1955-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(days, (at) => {
        const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
        const serial = Math.floor(at.getTime() / 86_400_000) + 25_569
        const expected = { date: at.toISOString().slice(0, 10), precision: 'day' }
        for (const text of [`${y}-${m}-${d}`, `${y}年${m}月${d}日`, `${y}/${m}/${d}`, serial]) {
          expect(outcome(parsePeriod(text))).toEqual(expected)
        }
      }),
    )
  })

  test.each([
    ['2023年5月', '2023-05-01'],
    ['2023-05-31', '2023-05-01'],
    ['2023', 'MONTH_INVALID'],
    ['二季度', 'DATE_YEAR_MISSING'],
  ])('month %s → %s', (cell, month) => {
    expect(outcome(parseMonth(cell))).toBe(month)
  })
})

describe('numbers', () => {
  test.each([
    ['1,234.5', 1234.5],
    ['１２３', 123],
    ['372亩', 372],
    ['约300', 'NUMBER_VAGUE'],
    ['三百', 'NUMBER_INVALID'],
    ['无', null],
  ])('%s → %s', (cell, value) => {
    expect(outcome(parseNumber(cell))).toBe(value)
  })

  test.each([
    ['65.17%', false, 65.17],
    ['65.17', false, 65.17],
    [0.6517, true, 65.17],
    ['-3%', false, 'PERCENT_RANGE'],
  ])('percent %s (fraction %s) → %s', (cell, fraction, value) => {
    const parsed = parsePercent(cell, fraction)
    expect(parsed.ok && parsed.value ? parsed.value.value : outcome(parsed)).toBe(value)
  })
})

describe('coordinates', () => {
  test.each([
    ['113.13,27.83', [113.13, 27.83]],
    ['113.13，27.83', [113.13, 27.83]],
    ['(113.13, 27.83)', [113.13, 27.83]],
    ['113.13 27.83', [113.13, 27.83]],
    ['27.83N 113.13E', [113.13, 27.83]],
    ['27.83N,113.13E', [113.13, 27.83]],
    ['东经113.13 北纬27.83', [113.13, 27.83]],
    ['北纬27.83，东经113.13', [113.13, 27.83]],
    ['E113°07′48″ N27°49′48″', [113.13, 27.83]],
    ['113°07′48″，27°49′48″', [113.13, 27.83]],
    ['113度7分48秒 27度49分48秒', [113.13, 27.83]],
    ['POINT(113.13 27.83)', [113.13, 27.83]],
    ['X=3079000,Y=38413000', [3_079_000, 38_413_000]],
    ['3079000 38413000', [3_079_000, 38_413_000]],
    ['—', null],
    ['113.13', 'POSITION_INVALID'],
    ['113°75′,27.8', 'POSITION_INVALID'],
    ['113.13E,27.83E', 'POSITION_INVALID'],
    ['天元区', 'POSITION_INVALID'],
  ])('%s → %s', (cell, pair) => {
    const value = outcome(parsePairCell(cell))
    const [x, y] = Array.isArray(pair) ? pair : []
    if (x === undefined || y === undefined) return expect(value).toEqual(pair)
    expect(value).toEqual({ x: expect.closeTo(x, 9), y: expect.closeTo(y, 9) })
  })

  test.each([
    ['113.13', '27.83', { x: 113.13, y: 27.83 }],
    ['27.83N', '113.13E', 'POSITION_SWAPPED'],
    ['113.13', '', 'POSITION_HALF'],
    ['', '—', null],
  ])('%s | %s → %s', (x, y, pair) => {
    expect(outcome(parsePairCells(x, y))).toEqual(pair)
  })
})

describe('headers', () => {
  const cases: [group: string, leaf: string, field: string | null, rest?: object][] = [
    ['', '项目名称', 'name'],
    ['', '项目 名称*', 'name'],
    ['', '县市区', 'unit'],
    ['', '总投资（亿元）', 'totalWan', { unit: '亿元' }],
    ['', '总投资(万元)', 'totalWan', { unit: '万元' }],
    ['', '总投资【单位：元】', 'totalWan', { unit: '元' }],
    ['', '总投资:亿元', 'totalWan', { unit: '亿元' }],
    ['', '2023年计划投资(万元)', 'annualWan', { unit: '万元', year: 2023 }],
    ['', '2023年度计划投资', 'annualWan', { year: 2023 }],
    ['', '1-5月累计完成投资（万元）', 'doneWan'],
    ['', '截至5月底累计完成投资', 'doneWan'],
    ['', '完成率（%）', 'rate'],
    ['', '开工时间(计划)', 'plannedStart'],
    ['开工时间', '计划', 'plannedStart'],
    ['开工时间', '实际', 'actualStart'],
    ['坐标', '经度', 'lon'],
    ['坐标', 'X', 'x'],
    ['', '经度(GCJ-02)', 'lon', { crs: 'gcj02' }],
    ['', '百度经度', 'lon', { crs: 'bd09' }],
    ['', 'X坐标（2000）', 'x', { crs: 'cgcs2000' }],
    ['投资（万元）', '总投资', 'totalWan', { unit: '万元' }],
    ['2023年投资计划（万元）', '3月', 'planned03', { year: 2023, unit: '万元' }],
    ['', '十二月计划', 'planned12'],
    ['', '占地面积（亩）', 'areaMu'],
    ['', '建设内容及规模', 'note'],
    ['', '联系电话', 'servicePhone'],
    ['', '开工时间', null, { unclear: expect.stringContaining('计划还是实际') }],
    ['', '计划投资', null, { unclear: expect.stringContaining('哪一年') }],
    ['', '幸运数字', null],
  ]
  test.each(cases)('%s/%s → %s', (group, leaf, field, rest = {}) => {
    const column = readHeader('project', 0, group === '' ? [] : [group], leaf, {})
    expect({ ...column, field: column.field?.name ?? null }).toMatchObject({ field, ...rest })
  })

  test('a map names field and unit', () => {
    const map = { 投资额: 'totalWan(亿元)', 甲: 'nothing' }
    expect(readHeader('project', 0, [], '投资额', map)).toMatchObject({
      field: { name: 'totalWan' },
      unit: '亿元',
    })
    expect(readHeader('project', 0, [], '甲', map)).toMatchObject({
      field: null,
      unclear: expect.stringContaining('nothing'),
    })
  })

  test('titles say unit and year', () => {
    expect(unitInTitle('单位：万元')).toBe('万元')
    expect(unitInTitle('（单位:亿元、个）')).toBe('亿元')
    expect(yearInTitle('株洲市2023年重点项目计划表')).toBe(2023)
    expect(yearInTitle('2022年至2023年项目')).toBeNull()
  })
})

describe('words', () => {
  test.each([
    ['category', '产业发展', 'industry'],
    ['category', '产业类', 'industry'],
    ['category', '社会事业', 'livelihood'],
    ['category', '其他', 'CHOICE_UNKNOWN'],
    ['positionQuality', '实测', 'surveyed'],
    ['planKind', '续建', 'construction'],
    ['provenance', '公开报道', 'published'],
  ])('%s %s → %s', (name, word, value) => {
    expect(outcome(parseChoice(name, word))).toBe(value)
  })
})

describe('near-duplicate names', () => {
  test.each([
    ['荷塘区精密零部件产业园', '荷塘区精密零部件产业园项目', true],
    ['中车株洲所智轨产业基地（一期）', '中车株洲所智轨产业基地一期', true],
    ['麦格米特株洲基地扩展项目(二期)', '麦格米特株洲基地扩展项目(一期)', false],
    ['标准厂房1号楼', '标准厂房2号楼', false],
    ['醴陵陶瓷产业园', '攸县化工产业园', false],
  ])('%s ~ %s: %s', (one, other, near) => {
    expect(nameSimilarity(one, other) >= 0.8).toBe(near)
    expect(nameSimilarity(one, other)).toBe(nameSimilarity(other, one))
  })
})
