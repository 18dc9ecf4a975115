/*
 * Dates as Chinese tables write them. A period is stored as its last day with its precision:
 * 2023年5月 is 2023-05-31 to the month. What cannot be known (no year, day or month first, the
 * 2023.1 that a spreadsheet makes of 2023.10) is refused.
 */
import type { DatePrecision } from '../http/contract.ts'
import {
  blank,
  type Cell,
  isBlankMark,
  noValue,
  type Parsed,
  plainText,
  refuse,
  shown,
} from './cell.ts'
import { dayOfSerial, isSerial } from './serial.ts'

export interface PeriodDate {
  /** Last day of the period, `YYYY-MM-DD`. */
  date: string
  precision: DatePrecision
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'].map(
    (text, index) => [text, index + 1],
  ),
)
const [FIRST_YEAR, LAST_YEAR] = [1949, 2100]

/**
 * A date or period; `year` stands in for a year that the cell leaves out (5月底). Plain numbers are
 * days counted as the file counts them, from 1904 or not.
 */
export function parsePeriod(cell: Cell, year?: number, date1904 = false): Parsed<PeriodDate> {
  const written = plainText(cell)
  if (written === '' || isBlankMark(written)) return blank
  const fault = noValue(written)
  if (fault) return fault
  const text = normalDate(written)
  return (
    readNumeric(text, date1904) ??
    readDay(text) ??
    readMonth(text) ??
    readQuarter(text, year) ??
    readYear(text, year) ??
    readWithoutYear(text, year) ??
    explain(text)
  )
}

/** The first day of a month column's value, `YYYY-MM-01`. */
export function parseMonth(cell: Cell, year?: number, date1904 = false): Parsed<string> {
  const parsed = parsePeriod(cell, year, date1904)
  if (!parsed.ok || parsed.value === null) return parsed as Parsed<never>
  const { date, precision } = parsed.value
  if (precision === 'quarter' || precision === 'year') {
    return refuse('MONTH_INVALID', `“${shown(plainText(cell))}”不是月份：请填写如 2023年5月`)
  }
  return { ok: true, value: `${date.slice(0, 7)}-01` }
}

/** Spaces beside anything but digits mean nothing: `2023 5` stays two numbers. */
const LOOSE = /(?<![\d\s])\s+(?!\s)|(?<!\s)\s+(?![\d\s])/g

function normalDate(written: string): string {
  return written
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/, '')
    .replaceAll(LOOSE, '')
    .replaceAll(/[—–－]/g, '-')
    .replaceAll(/[〇○]/g, '0')
    .replace(/(十[一二]?|[一二三四五六七八九])月/, (all, month: string) =>
      MONTHS.has(month) ? `${MONTHS.get(month)}月` : all,
    )
}

/** 45077 (serial), 20230501, 202305, 2023. */
function readNumeric(text: string, date1904: boolean): Parsed<PeriodDate> | null {
  if (!/^\d{4,8}(\.\d+)?$/.test(text)) return null
  const [whole = '', fraction] = text.split('.')
  const value = Number(whole)
  if (whole.length === 5 && isSerial(value, date1904)) {
    return { ok: true, value: { date: dayOfSerial(value, date1904), precision: 'day' } }
  }
  if (fraction !== undefined) return null
  if (whole.length === 8) {
    return day(text, whole.slice(0, 4), whole.slice(4, 6), whole.slice(6))
  }
  if (whole.length === 6) return month(text, whole.slice(0, 4), whole.slice(4))
  return null
}

function readDay(text: string): Parsed<PeriodDate> | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(前|底前|之前)?$/.exec(text)
  return found ? day(text, found[1] ?? '', found[2] ?? '', found[3] ?? '') : null
}

function readMonth(text: string): Parsed<PeriodDate> | null {
  const tail = '(?:份|底|末|底前|初|上旬|中旬|下旬)?'
  const written = new RegExp(`^(\\d{4})年(\\d{1,2})月${tail}$`).exec(text)
  if (written) return month(text, written[1] ?? '', written[2] ?? '')
  const dotted = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})月?${tail}$`).exec(text)
  if (!dotted) return null
  const [, year = '', mark, number = ''] = dotted
  if (mark === '.' && number === '1' && text === `${year}.1`) {
    return refuse(
      'DATE_AMBIGUOUS',
      `“${shown(text)}”分不清 1 月还是 10 月（表格会把 ${year}.10 存成 ${year}.1）：请写 ${year}年1月 或 ${year}年10月`,
    )
  }
  return month(text, year, number)
}

function readQuarter(text: string, year?: number): Parsed<PeriodDate> | null {
  const found =
    /^(?:(\d{4})年?)?-?(?:第?([一二三四1-4])季度|[Qq]([1-4]))(?:底|末|底前)?$/.exec(text) ?? null
  if (!found) return null
  const digit = found[3] ?? found[2] ?? ''
  const quarter = MONTHS.get(digit) ?? Number(digit)
  const wanted = found[1] ?? year?.toString()
  if (wanted === undefined) return yearMissing(text)
  return period(text, Number(wanted), quarter * 3, 'quarter')
}

function readYear(text: string, year?: number): Parsed<PeriodDate> | null {
  const found = /^(\d{4})(?:年|年底|年末|年底前|年内|底)?$/.exec(text)
  if (found) return period(text, Number(found[1]), 12, 'year')
  if (!/^(?:年底|年末|年内|年底前|本年)$/.test(text)) return null
  return year === undefined ? yearMissing(text) : period(text, year, 12, 'year')
}

function readWithoutYear(text: string, year?: number): Parsed<PeriodDate> | null {
  const found =
    /^(\d{1,2})月(?:(?:份|底|末|底前|初|上旬|中旬|下旬)?|(\d{1,2})[日号](?:前|之前)?)$/.exec(text)
  if (!found) return null
  if (year === undefined) return yearMissing(text)
  return found[2] === undefined
    ? month(text, String(year), found[1] ?? '')
    : day(text, String(year), found[1] ?? '', found[2])
}

function explain(text: string): Parsed<never> {
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(text)) {
    return refuse(
      'DATE_AMBIGUOUS',
      `“${shown(text)}”分不清年、月、日的顺序：请写 2023-04-03 这样的日期`,
    )
  }
  if (/^\d{2}(年|[-/.]\d)/.test(text)) {
    return refuse('DATE_YEAR_SHORT', `“${shown(text)}”的年份只有两位：请写四位，如 2023年5月`)
  }
  if (/半年|年初|上半|下半/.test(text)) {
    return refuse('DATE_VAGUE', `“${shown(text)}”不够确定：请写季度或月份，如 2023年二季度`)
  }
  return refuse(
    'DATE_INVALID',
    `“${shown(text)}”不是日期：请写 2023-05-01、2023年5月、2023年二季度 或 2023年`,
  )
}

function yearMissing(text: string): Parsed<never> {
  return refuse(
    'DATE_YEAR_MISSING',
    `“${shown(text)}”没有年份：请写全（2023年5月），或在表头写年份，或导入时加 --year`,
  )
}

function day(text: string, year: string, month: string, date: string): Parsed<PeriodDate> {
  const [y, m, d] = [Number(year), Number(month), Number(date)]
  if (m < 1 || m > 12 || d < 1 || d > daysOf(y, m) || !inYears(y)) return impossible(text)
  return { ok: true, value: { date: iso(y, m, d), precision: 'day' } }
}

function month(text: string, year: string, number: string): Parsed<PeriodDate> {
  const parsed = period(text, Number(year), Number(number), 'month')
  if (!parsed.ok || !/初|旬/.test(text)) return parsed
  const message = `“${shown(text)}”按${year}年${Number(number)}月登记（精确到月）`
  return { ...parsed, note: { code: 'DATE_COARSER', message } }
}

function period(
  text: string,
  year: number,
  lastMonth: number,
  precision: DatePrecision,
): Parsed<PeriodDate> {
  if (lastMonth < 1 || lastMonth > 12 || !inYears(year)) return impossible(text)
  return { ok: true, value: { date: iso(year, lastMonth, daysOf(year, lastMonth)), precision } }
}

function impossible(text: string): Parsed<never> {
  return refuse(
    'DATE_IMPOSSIBLE',
    `“${shown(text)}”不是存在的日期：请核对年（${FIRST_YEAR}–${LAST_YEAR}）、月、日`,
  )
}

const inYears = (year: number) => year >= FIRST_YEAR && year <= LAST_YEAR
const daysOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** `YYYY-MM-DD` of a day that exists. */
export function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
