/*
 * What a spreadsheet's number format makes of a number: a date, a percentage, an amount with its
 * unit, or something else than what the cell holds.
 */

/**
 * How a cell shows its number. `year` and `month` show no more of a date; `unit` is an amount of
 * money with its unit behind it; `altered` shows another number, or another currency, than stored.
 */
export type NumberStyle =
  | { kind: 'plain' | 'date' | 'month' | 'year' | 'percent' }
  | { kind: 'unit'; unit: string }
  | { kind: 'altered'; code: string }

export const PLAIN: NumberStyle = { kind: 'plain' }

/** Built-in formats that show a month and no day: mmm-yy, and yyyy年m月 of Chinese Excel. */
const MONTHS = new Set([17, 27, 36, 50, 52, 57])
/** A format that a spreadsheet makes has 255 characters at most. */
const CODE_MAX = 1000

/**
 * The style of a format, by its code or its built-in number: 14–17 and 22 are dates, and 27–36,
 * 50–58 in East Asian Excel; 9 and 10 are percentages. A date that shows no day was typed without
 * one: 2023年5月, which the cell keeps as its first day.
 */
export function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code !== undefined) return styleOfCode(code.slice(0, CODE_MAX))
  if (id === 9 || id === 10) return { kind: 'percent' }
  if (MONTHS.has(id)) return { kind: 'month' }
  const date =
    (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  return date ? { kind: 'date' } : PLAIN
}

function styleOfCode(code: string): NumberStyle {
  const bare = code.replaceAll(/"[^"]*"|[\\!].|_.|\*.|\[[^\]]*\]/g, '').toLowerCase()
  if (bare.includes('%')) return { kind: 'percent' }
  const [year, month, day] = [/y/, /m/, /[dhs]/].map((part) => part.test(bare))
  if (year && !day) return { kind: month ? 'month' : 'year' }
  if (year || bare.includes('d') || (month && !/[hs0#]/.test(bare))) return { kind: 'date' }
  return styleOfAmount(code)
}

/** Of a format with several sections (positive; negative; …) those that show a number must agree. */
function styleOfAmount(code: string): NumberStyle {
  const sections = code.match(/(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;])+/g) ?? []
  const units = new Set<string>()
  for (const section of sections) {
    const words = wordsOf(section)
    const bare = section.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    if (!/[0#?]|general/i.test(bare.replaceAll(/!./g, ''))) continue
    const unit = words.replace(/^人民币|人民币$/g, '')
    // 0!.0, and #,##0, show a ten-thousandth and a thousandth.
    const scales = /[0#?]!\.[0#?]/.test(bare) || /[0#?],+(?:[^0#?,]|$)/.test(bare)
    const shifts = /[0#?](?:\\\.|"\.")[0#?]/.test(section)
    const foreign = /\[\$(?!cny|rmb)[^\]¥￥-]/i.test(section) || /[$€£]/.test(bare)
    const odd = !UNITS.has(unit) && /[百千万亿]|[元币]|美金|[$€£]/.test(unit)
    if (scales || shifts || foreign || odd) return { kind: 'altered', code }
    units.add(UNITS.has(unit) ? unit : '')
  }
  const [unit = ''] = units
  if (units.size > 1) return { kind: 'altered', code }
  return unit === '' ? PLAIN : { kind: 'unit', unit }
}

const UNITS = new Set(['亿元', '亿', '万元', '万', '元'])

/** What a section writes beside the number. */
function wordsOf(section: string): string {
  const quoted = section.matchAll(/"([^"]*)"|[\\!](.)|([百千万亿元美])/g)
  return [...quoted]
    .map(([, words, one, bare]) => words ?? one ?? bare ?? '')
    .join('')
    .trim()
}
