/*
 * Where the table is in a sheet: title rows above, a header of one or two rows, and what the
 * title says about unit and year.
 */
import { type Cell, MERGED_VALUE, plainText, type Sheet } from './cell.ts'
import type { ImportNoun } from './contract.ts'
import { type Column, readHeader, unitInTitle, yearInTitle } from './headers.ts'
import type { MoneyUnit } from './money.ts'

export interface Layout {
  columns: Column[]
  /** Place of the first data row in `sheet.rows`. */
  firstRow: number
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
  for (const depth of [1, 2]) {
    for (let row = 0; row < limit; row++) {
      if (depth === 2 && !looksLikeTwoRows(sheet, row)) continue
      const columns = columnsAt(noun, sheet, row, depth, map)
      const recognised = new Set(columns.flatMap(({ field }) => field?.name ?? [])).size
      if (recognised < least || recognised <= (best?.recognised ?? -1)) continue
      best = { columns, firstRow: row + depth, titleUnit: null, titleYear: null, recognised }
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

function columnsAt(
  noun: ImportNoun,
  sheet: Sheet,
  row: number,
  depth: number,
  map: Readonly<Record<string, string>>,
): Column[] {
  const upper = sheet.rows[row] ?? []
  const lower = depth === 2 ? (sheet.rows[row + 1] ?? []) : []
  const columns: Column[] = []
  let group = ''
  for (let index = 0; index < Math.max(upper.length, lower.length); index++) {
    const above = headerText(upper[index])
    const below = headerText(lower[index])
    // A blank beside a group with a leaf below belongs to the group: a merged heading.
    if (above !== '' || below === '') group = above
    const [top, leaf] = depth === 2 && below !== '' ? [group, below] : ['', above]
    if (top !== '' || leaf !== '') columns.push(readHeader(noun, index, top, leaf, map))
  }
  return columns
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

function headerText(cell: Cell | undefined): string {
  return plainText(cell ?? null).replaceAll(/\s/g, '')
}

function readTitle(sheet: Sheet, layout: Layout): void {
  const depthRows = sheet.rows.slice(0, layout.firstRow - 1)
  const texts = depthRows.flatMap((row) => row.map((cell) => plainText(cell)))
  for (const text of texts) layout.titleUnit ??= unitInTitle(text)
  layout.titleYear = yearInTitle(`${sheet.name} ${texts.filter((text) => text !== '').join(' ')}`)
}
