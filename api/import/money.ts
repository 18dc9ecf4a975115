/*
 * Amounts in 万元 with two decimals. The unit comes from the cell (3.5亿), else from the header or
 * the title (总投资（亿元）, 单位：万元); where neither says it, the cell is refused.
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
import { closeUp, joinGroups, readDecimal, VAGUE } from './numbers.ts'

export type MoneyUnit = '亿元' | '万元' | '元'
/** `unclear`: the header names a unit that is none of these, so no amount below it is sure. */
export type ColumnUnit = MoneyUnit | 'unclear' | null

const IN_WAN: Record<MoneyUnit, number> = { 亿元: 10_000, 万元: 1, 元: 0.0001 }
const SCALE: ReadonlyMap<string, number> = new Map([
  ['亿', 10_000],
  ['千万', 1000],
  ['百万', 100],
  ['万', 1],
  ['', 0.0001],
])
const LIMIT_WAN = 99_999_999_999
const FOREIGN = /美元|美金|欧元|港元|港币|日元|英镑|卢布|\$|€|£|usd|eur|hkd/i
const SINGLE = /^([+-]?[\d.,eE+]+)(亿|千万|百万|万)?(元?)(?:人民币)?$/
const COMPOSITE = /^([\d.,]+)亿元?([\d.,]+)万元?$/

/** The amount of a cell in 万元, rounded to two decimals; `unit` is the column's, if it has one. */
export function parseMoney(cell: Cell, unit: ColumnUnit): Parsed<number> {
  if (typeof cell === 'number') return inUnit(cell, unit, String(cell))
  const written = plainText(cell)
  if (written === '' || isBlankMark(written)) return blank
  const fault = noValue(written)
  if (fault) return fault
  if (unit === 'unclear') return unitUnclear(written)
  const text = closeUp(joinGroups(written))
  if (text === null) {
    return refuse('MONEY_INVALID', `“${shown(written)}”里有两个数：一格只填一个金额`)
  }
  return readAmount(text, unit)
}

function readAmount(text: string, unit: ColumnUnit): Parsed<number> {
  if (FOREIGN.test(text)) {
    return refuse('MONEY_CURRENCY', `“${shown(text)}”不是人民币：请折算为万元后填写`)
  }
  const yuan = text.replace(/^(¥|¥|rmb|人民币)/i, '')
  const composite = COMPOSITE.exec(yuan)
  if (composite) return ofComposite(text, composite[1] ?? '', composite[2] ?? '')
  const single = SINGLE.exec(yuan)
  const value = single ? readDecimal(single[1] ?? '') : null
  if (single && value !== null) {
    const [, , scale, mark] = single
    return scale === undefined && mark === ''
      ? inUnit(value, unit, text)
      : amount(value * (SCALE.get(scale ?? '') ?? 0), text)
  }
  if (VAGUE.test(text)) {
    return refuse(
      'MONEY_VAGUE',
      `“${shown(text)}”不是确数：请填写带单位的数，如 3亿元 或 30000万元`,
    )
  }
  return refuse(
    'MONEY_INVALID',
    `“${shown(text)}”不是金额：请填写带单位的数，如 3亿元 或 30000万元`,
  )
}

function ofComposite(text: string, yi: string, wan: string): Parsed<number> {
  const [high, low] = [readDecimal(yi), readDecimal(wan)]
  if (high === null || low === null || low >= 10_000) {
    return refuse('MONEY_INVALID', `“${shown(text)}”不是金额：请填写如 3亿5000万元`)
  }
  return amount(high * 10_000 + low, text)
}

function unitUnclear(text: string): Parsed<never> {
  return refuse(
    'MONEY_UNIT_UNCLEAR',
    `“${shown(text)}”的单位不明：表头里的单位不是亿元、万元或元，或写了几个单位，请折算后在表头写明其中一个，如 总投资（万元）`,
  )
}

function inUnit(value: number, unit: ColumnUnit, text: string): Parsed<number> {
  if (unit === 'unclear') return unitUnclear(text)
  if (unit !== null) return amount(value * IN_WAN[unit], text)
  return refuse(
    'MONEY_UNIT_UNKNOWN',
    `“${shown(text)}”没有单位：请在表头写明亿元、万元或元（如 总投资（万元）），或在单元格写 3.5亿`,
  )
}

function amount(wan: number, text: string): Parsed<number> {
  if (!Number.isFinite(wan) || Math.abs(wan) > LIMIT_WAN) {
    return refuse('MONEY_RANGE', `“${shown(text)}”超出可登记的金额：最多 ${LIMIT_WAN} 万元`)
  }
  return { ok: true, value: roundWan(wan) }
}

/** Two decimals, halves away from zero, free of the binary error of a product such as 1.005 × 100. */
export function roundWan(wan: number): number {
  const cents = Math.round(Math.abs(Number((wan * 100).toPrecision(15))))
  return cents === 0 ? 0 : (Math.sign(wan) * cents) / 100
}
