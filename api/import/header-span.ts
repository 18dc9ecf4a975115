/*
 * Headers of several months. 1-5月 before what is done to date adds nothing; before a plan it says
 * that the amounts are not the year's.
 */
import { plainText } from './cell.ts'
import type { Field } from './fields.ts'

export const HEADER_MAX = 200
const PART_OF_YEAR =
  '只是几个月的数，不是全年的：全年的请写“2023年计划投资”，各月的请分列写“1月计划”'

/** Money of more than a month. */
const SPAN =
  /^(?=.*(完成|投资|计划)).*(累计|季度|半年|上年|去年|全年|[至到]\d{1,2}月|\d{1,2}月?[-—–~]\d{1,2}月)/
const MONTHS = /(?<!\d)(\d{1,2})月?[-—–~至到](\d{1,2})月/
const PART = /季度|半年|[一二三四五六七八九十]月?[-—–~至到][一二三四五六七八九十]{1,2}月/
/** A leaf that says itself of which time its amounts are. */
const OWN_TIME = /[年总]|[\d一二三四五六七八九十]月/

const plain = (text: string) =>
  text.length > HEADER_MAX ? '' : plainText(text).replaceAll(/\s/g, '')

/** Whether the words of a column, outermost first, are of the money of more than a month. */
export function isOfMonths(path: readonly string[]): boolean {
  return [...path, path.join('')].some((text) => SPAN.test(plain(text)))
}

/** A column's field, or why its amounts cannot be stored there. */
export function useOf(
  field: Field,
  path: readonly string[],
): { field: Field } | { unclear: string } {
  const toDate = field.kind !== 'money' || field.name === 'doneWan'
  return toDate || !isPartOfYear(path) ? { field } : { unclear: PART_OF_YEAR }
}

/** Whether a column is of some months of the year, by its own words or by those above them. */
function isPartOfYear(path: readonly string[]): boolean {
  const [leaf = '', ...groups] = path.map(plain).reverse()
  return isPart(leaf) || (!OWN_TIME.test(leaf) && groups.some(isPart))
}

function isPart(text: string): boolean {
  const months = MONTHS.exec(text)
  return months ? !(months[1] === '1' && months[2] === '12') : PART.test(text)
}
