/*
 * The years of the works: 2023-2025, 2022.3-2025.6, 2022年3月—2025年6月. A length (24个月) is no span:
 * it says neither beginning nor end.
 */
import { blank, type Cell, noValue, type Parsed, plainText, refuse, shown } from './cell.ts'
import { type PeriodDate, parsePeriod } from './dates.ts'

/** A hyphen parts two dates where a year follows it; within a date none does. */
const BETWEEN = /[—–~～至到]+|(?<=[\d年月日])-(?=(?:19|20)\d{2}(?!\d))/
/** Begun and finished within it. */
const ONE_YEAR = /^((?:19|20)\d{2})年?度?$/
const LENGTH =
  /^(?:约|共|工期|为)*(?:\d{1,3}(?:\.\d+)?|[一二两三四五六七八九十]{1,3})(?:个月|个?日历天|月|年半?|天|日|周)?(?:左右)?$/

/** First and last period of the works. */
export function parseSpan(cell: Cell): Parsed<PeriodDate[]> {
  const written = plainText(cell)
  if (written === '') return blank
  const fault = noValue(written)
  if (fault) return fault
  const text = written.replaceAll(/\s/g, '')
  if (LENGTH.test(text)) {
    const message = `“${shown(text)}”是工期的长短，不是起止时间，未登记：要登记请填写如 2023-2025`
    return { ok: true, value: null, note: { code: 'SPAN_LENGTH', message } }
  }
  const whole = ONE_YEAR.exec(text)?.[1]
  const [from, to, more] = whole === undefined ? text.split(BETWEEN) : [whole, whole]
  if (from === undefined || to === undefined || more !== undefined) {
    return refuse(
      'SPAN_INVALID',
      `“${shown(text)}”不是起止年份：请填写如 2023-2025 或 2023年3月—2025年6月`,
    )
  }
  const [first, last] = [parsePeriod(january(from)), parsePeriod(january(to))]
  if (!first.ok) return first
  if (!last.ok) return last
  return first.value && last.value ? { ok: true, value: [first.value, last.value] } : blank
}

/** Two dates in one cell are text: no spreadsheet has made 2022.1 of 2022.10 there. */
const january = (text: string) => text.replace(/^(\d{4})\.1$/, '$1年1月')
