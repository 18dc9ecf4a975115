/*
 * Plain numbers and percentages as people type them: thousands separators, full-width digits.
 */
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

const PLAIN = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
export const VAGUE = /约|余|左右|以上|以内|不低于|不超过|多|几|近|逾|超|[<>≥≤~≈]/

/** A decimal number in ASCII, or null where the text is none (`1,23` is none: 1.23 or 123?). */
export function readDecimal(text: string): number | null {
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text
  if (!PLAIN.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** Digits in groups of three with a space between: 1 234 567.50. */
const SPACED = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,]| \d)/g
const LOOSE = /(?<![\d.,\s])\s+(?!\s)|(?<!\s)\s+(?![\d.,\s])/g

/** The text without spaces that mean nothing; null where one stands between two numbers. */
export function closeUp(text: string): string | null {
  const closed = text.trim().replaceAll(LOOSE, '')
  return /\s/.test(closed) ? null : closed
}

/** Thousands in groups that spaces part, as one number. */
export function joinGroups(text: string): string {
  return text.replaceAll(SPACED, (groups) => groups.replaceAll(' ', ''))
}

/** A number; blank marks (无, —) are blank. */
export function parseNumber(cell: Cell): Parsed<number> {
  if (typeof cell === 'number') return finite(cell)
  const text = plainText(cell)
  if (text === '' || isBlankMark(text)) return blank
  const fault = noValue(text)
  if (fault) return fault
  const closed = closeUp(joinGroups(text.replace(/(亩|个|公里)$/, '')))
  if (closed === null) {
    return refuse('NUMBER_INVALID', `“${shown(text)}”里有两个数：一格只填一个数`)
  }
  const value = readDecimal(closed)
  if (value !== null) return { ok: true, value }
  if (VAGUE.test(text)) return refuse('NUMBER_VAGUE', `“${shown(text)}”不是确数：请填写一个数`)
  return refuse('NUMBER_INVALID', `“${shown(text)}”不是数字：请填写如 1234.5`)
}

function finite(value: number): Parsed<number> {
  return Number.isFinite(value)
    ? { ok: true, value }
    : refuse('NUMBER_INVALID', `${value} 不是有限的数：请填写如 1234.5`)
}

export interface Percent {
  /** 0–100 */
  value: number
  /** Half a unit of the last written digit, in points. */
  tolerance: number
}

/**
 * A percentage. `65.17%`, or a bare number: then `fraction` (a percent-formatted spreadsheet cell
 * or a column of values none above 1) says whether 0.6517 stands for 65.17 %.
 */
export function parsePercent(cell: Cell, fraction: boolean): Parsed<Percent> {
  const text = plainText(cell)
  const fault = noValue(text)
  if (fault) return fault
  const marked = /^(.*)(?:%|个百分点)$/.exec(text)
  const parsed = parseNumber(marked ? (marked[1] ?? '') : cell)
  if (!parsed.ok || parsed.value === null) return parsed as Parsed<never>
  const scale = !marked && fraction ? 100 : 1
  const value = Number((parsed.value * scale).toPrecision(12))
  if (value < 0 || value > 1000) {
    return refuse('PERCENT_RANGE', `“${shown(text)}”不在 0% 到 100% 之间：请核对`)
  }
  const digits = (marked ? (marked[1] ?? '') : text).trim().split('.')[1]?.length ?? 0
  return { ok: true, value: { value, tolerance: (0.5 * scale) / 10 ** digits } }
}
