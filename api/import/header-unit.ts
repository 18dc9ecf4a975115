/*
 * The unit of money that a header or a title names. Only 亿元, 万元 and 元 are units here: any other
 * (万美元, 千元), or two at once, leaves the amounts below without one.
 */
import type { MoneyUnit } from './money.ts'

/** `other`: words that are a unit of money, but not one of ours, or several. */
export type NamedUnit = MoneyUnit | 'other'

const UNITS: ReadonlyMap<string, MoneyUnit> = new Map([
  ['亿元', '亿元'],
  ['亿', '亿元'],
  ['万元', '万元'],
  ['万', '万元'],
  ['元', '元'],
])
const RENMINBI = /人民币|rmb|cny|¥/g
const MONEYLIKE =
  /^[十百千万亿]+(?:$|[元币])|(?:元|币|美金|欧|英镑|卢布)$|[$€£]|usd|eur|hkd|jpy|gbp/
/** What a unit may be followed by within its words: 亿元含征拆. */
const REMARK = /^(亿元|万元|元)(?:不?含|其中|包括|口径)/
const PARTS = /[,、;/·|:和及或]+/

/** The unit in the words of a bracket (`亿元，含征拆`), lower case and without spaces; null where they name none. */
export function unitInWords(words: string): NamedUnit | null {
  let found: NamedUnit | null = null
  let others = 0
  for (const part of words.replace(/^单位:?/, '').split(PARTS)) {
    const plain = part.replaceAll(RENMINBI, '')
    const exact = UNITS.get(plain) ?? UNITS.get(REMARK.exec(plain)?.[1] ?? '')
    const unit: NamedUnit | null = exact ?? (MONEYLIKE.test(plain) ? 'other' : null)
    if (unit === null) others += plain === '' ? 0 : 1
    else if (found === null) found = unit
    else if (found !== unit) found = 'other'
  }
  // 万元/亩 is a price.
  return found !== null && others > 0 && words.includes('元/') ? 'other' : found
}

/** A unit written in a title row: `单位：万元`, `完成情况表（万元）`; null where there is none, or several. */
export function unitInTitle(text: string): MoneyUnit | null {
  const plain = text.slice(0, TITLE_MAX).normalize('NFKC').toLowerCase()
  const found = new Set<NamedUnit>()
  for (const [, words = ''] of plain.matchAll(/单位:\s{0,9}(?=([^()[\]{}【】〔〕。\n]{1,40}))/g)) {
    // What follows after a gap is another matter: 单位：万元   时间：5月.
    const unit = unitInWords(words.replaceAll(/ ?([,、;/和及或]) ?/g, '$1').split(/\s/)[0] ?? '')
    if (unit) found.add(unit)
  }
  if (found.size === 0) {
    for (const [, words = ''] of plain.matchAll(/[([【〔]([^()[\]【】〔〕]{1,40})[)\]】〕]/g)) {
      const unit = unitInWords(words.replaceAll(/\s/g, ''))
      if (unit && unit !== 'other') found.add(unit)
    }
  }
  const [only] = found
  return found.size === 1 && only !== undefined && only !== 'other' ? only : null
}

/** A longer cell above a table is no title. */
const TITLE_MAX = 200
