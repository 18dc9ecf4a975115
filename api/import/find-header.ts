/*
 * Where the table is in a sheet: title rows above, a header of one to three rows, and what the
 * title says about unit and year.
 */
import { type Cell, MERGED_VALUE, plainText, type Sheet } from './cell.ts'
import type { ImportNoun } from './contract.ts'
import { unitInTitle } from './header-unit.ts'
import { type Column, readHeader, settleUnits, yearInTitle } from './headers.ts'
import type { ColumnUnit, MoneyUnit } from './money.ts'

export interface Layout {
  columns: Column[]
  /** Place of the header and of the first data row in `sheet.rows`. */
  headerRow: number
  firstRow: number
  /** Cells of the widest header row, empty ones at its end included. */
  width: number
  titleUnit: MoneyUnit | null
  titleYear: number | null
  recognised: number
}

const SEARCHED_ROWS = 40

/** The header that recognises most columns, or null where no row recognises two (one for GeoJSON). */
export function findHeader(
  noun: ImportNoun,
  sheet: Sheet,
  map: Readonly<Record<string, string>>,
): Layout | null {
  let best: Layout | null = null
  const least = sheet.shapes ? 0 : 2
  const limit = sheet.shapes ? 1 : Math.min(SEARCHED_ROWS, sheet.rows.length)
  let bestScore = -1
  for (const depth of [1, 2, 3]) {
    for (let row = 0; row < limit; row++) {
      if (depth > 1 && !looksDeep(sheet, row, depth)) continue
      const columns = columnsAt(noun, sheet, row, depth, map)
      const leaves = columns.filter(({ index }) => !isGroup(sheet, row + depth - 1, index))
      const recognised = namesOf(leaves).size
      // Of equals the shallower, unless cells merged downwards say how deep the header is.
      const score = recognised * 2 + (mergedDepth(sheet, row) === depth ? 1 : 0)
      if (namesOf(columns).size < least || score <= bestScore) continue
      bestScore = score
      const width = Math.max(...sheet.rows.slice(row, row + depth).map(({ length }) => length))
      const place = { headerRow: row, firstRow: row + depth, width }
      best = { columns, ...place, titleUnit: null, titleYear: null, recognised }
    }
  }
  if (best) readTitle(sheet, best)
  return best
}

/**
 * Repeats merged words in each row that they cover (县市区 beside its projects) and marks merged
 * amounts and dates, which belong to no one row. Changes the sheet's rows.
 */
export function spreadMerges(sheet: Sheet, layout: Layout): void {
  for (const { top, left, bottom, right } of sheet.merges ?? []) {
    if (top < layout.firstRow || top === bottom || right > left) continue
    const field = layout.columns.find(({ index }) => index === left)?.field
    if (!field || field.name === 'name' || field.name === 'code') continue
    const words = field.kind === 'text' || field.kind === 'choice'
    const value = sheet.rows[top]?.[left] ?? null
    if (value === null) continue
    for (let row = top; row <= bottom; row++) {
      const cells = sheet.rows[row]
      if (cells) cells[left] = words ? value : MERGED_VALUE
    }
  }
}

/** The unit of the amounts of a column: its own, else the title's. */
export function moneyUnitOf(column: Column, { titleUnit }: Layout): ColumnUnit {
  return column.unitUnclear ? 'unclear' : (column.unit ?? titleUnit)
}

const namesOf = (columns: readonly Column[]) =>
  new Set(columns.flatMap(({ field }) => field?.name ?? []))

function columnsAt(
  noun: ImportNoun,
  sheet: Sheet,
  row: number,
  depth: number,
  map: Readonly<Record<string, string>>,
): Column[] {
  const rows = Array.from({ length: depth }, (_, level) => sheet.rows[row + level] ?? [])
  const columns: Column[] = []
  const groups = rows.map(() => '')
  let titled: string[] | undefined
  for (let index = 0; index < Math.max(...rows.map(({ length }) => length)); index++) {
    const texts = rows.map((cells) => headerText(cells[index]))
    const last = texts.findLastIndex((text) => text !== '')
    for (const [level, text] of texts.entries()) {
      // A blank beside a group with a leaf below belongs to the group: a merged heading.
      if (text === '' && level < last) continue
      groups.fill('', level)
      groups[level] = text
    }
    const leaf = texts[last] ?? ''
    const above = groups.slice(0, Math.max(last, 0)).filter((text) => text !== '')
    if (above.length === 0 && BARE_MONTH.test(leaf)) {
      titled ??= monthsInTitle(sheet, row)
      above.push(...titled)
    }
    if (leaf !== '') columns.push(readHeader(noun, index, above, leaf, map))
  }
  settleUnits(columns)
  return columns
}

const BARE_MONTH = /^(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?$/

/** What the months of a table are, where its title says one of the two: 月度完成投资情况表. */
function monthsInTitle(sheet: Sheet, row: number): string[] {
  const cells = sheet.rows.slice(0, row).flat()
  const title = [sheet.name, ...cells.map(titleText)].join(' ')
  const [planned, actual] = [/计划|安排/.test(title), /完成|实际/.test(title)]
  if (planned === actual) return []
  return [planned ? '计划投资' : '完成投资']
}

/** Whether a header cell stands over several columns: what it is of is said below it. */
function isGroup(sheet: Sheet, row: number, column: number): boolean {
  return (sheet.merges ?? []).some(
    ({ top, bottom, left, right }) =>
      top <= row && row <= bottom && left <= column && column <= right && right > left,
  )
}

/** Rows that the header at `row` takes, where cells merged downwards say so; else 1. */
function mergedDepth(sheet: Sheet, row: number): number {
  const bottoms = (sheet.merges ?? []).flatMap(({ top, bottom }) => (top === row ? bottom : []))
  return Math.max(row, ...bottoms) - row + 1
}

function looksDeep(sheet: Sheet, row: number, depth: number): boolean {
  if (depth === 2) return looksLikeTwoRows(sheet, row)
  return (
    looksLikeTwoRows(sheet, row) &&
    looksLikeTwoRows(sheet, row + 1) &&
    !(sheet.rows[row + 2] ?? []).some((cell) => typeof cell === 'number')
  )
}

/** A second header row: under a first with gaps or repeats, itself of short words without numbers. */
function looksLikeTwoRows(sheet: Sheet, row: number): boolean {
  const upper = sheet.rows[row] ?? []
  const lower = sheet.rows[row + 1]
  if (!lower) return false
  const below = lower.map(headerText)
  if (below.filter((text) => text !== '').length < 2) return false
  if (lower.some((cell) => typeof cell === 'number')) return false
  if (below.some((text) => text.length > 24 || /^[\d.,%]+$/.test(text))) return false
  const gap = below.some((text, index) => text !== '' && headerText(upper[index]) === '')
  const hung = below.some((text, index) => text === '' && headerText(upper[index]) !== '')
  const merged = (sheet.merges ?? []).some(
    (range) => range.top === row && (range.right > range.left || range.bottom > range.top),
  )
  return merged || (gap && hung) || (gap && upper.some((cell) => headerText(cell) !== ''))
}

/** Long enough to tell that it is none: each of the first rows is tried as a header many times. */
const HEADER_SEEN = 250

function headerText(cell: Cell | undefined): string {
  return titleText(cell ?? null).replaceAll(/\s/g, '')
}

function titleText(cell: Cell): string {
  return plainText(typeof cell === 'string' ? cell.slice(0, HEADER_SEEN) : cell)
}

function readTitle(sheet: Sheet, layout: Layout): void {
  const wordsOf = (end: number) => sheet.rows.slice(0, end).flatMap((row) => row.map(titleText))
  // What a group of columns says of its unit holds for that group only.
  const units = new Set(wordsOf(layout.headerRow).flatMap((text) => unitInTitle(text) ?? []))
  const [unit = null] = units
  if (units.size === 1) layout.titleUnit = unit
  const texts = wordsOf(layout.firstRow - 1)
  layout.titleYear = yearInTitle(`${sheet.name} ${texts.filter((text) => text !== '').join(' ')}`)
}
