/*
 * One worksheet: rows of cells and merged ranges.
 */
import {
  ALTERED,
  type Cell,
  COLUMNS_MAX,
  FORMULA_WITHOUT_RESULT,
  type MergedRange,
  type Sheet,
} from './cell.ts'
import { ImportFailure } from './failure.ts'
import { type NumberStyle, PLAIN } from './number-format.ts'
import { dayOfSerial } from './serial.ts'
import { unescapeText, walk } from './xlsx-xml.ts'

export interface Book {
  strings: readonly string[]
  styles: readonly NumberStyle[]
  date1904: boolean
}

/** Characters of `YYYY-MM-DD` that a date format shows. */
const SHOWN_OF_DATE = { year: 4, month: 7, date: 10 } as const

interface OpenCell {
  column: number
  type: string
  style: NumberStyle
  formula: boolean
  value: string | null
}

/** Reads the cells of a sheet; rows that the file leaves out are left out, numbers say which are there. */
export function readSheet(name: string, xml: string, book: Book): Sheet {
  const sheet: Sheet = { name, rows: [], numbers: [], merges: [] }
  if (book.date1904) sheet.date1904 = true
  const ranges: string[] = []
  const hiddenRows: Cell[][] = []
  const hiddenColumns = new Set<number>()
  let row: Cell[] = []
  let cell: OpenCell | null = null
  // A cell that leaves its reference out follows the one before, blank or not.
  let [next, inValue] = [0, false]
  walk(xml, {
    open: (tag, attributes) => {
      if (tag === 'row') {
        row = []
        next = 0
        sheet.rows.push(row)
        const { r = '', hidden } = attributes()
        sheet.numbers.push(/^\d{1,9}$/.test(r) ? Number(r) : (sheet.numbers.at(-1) ?? 0) + 1)
        if (/^(1|true)$/.test(hidden ?? '')) hiddenRows.push(row)
      } else if (tag === 'c') {
        cell = openCell(attributes(), next, book)
        next = cell.column + 1
      } else if (tag === 'f' && cell) cell.formula = true
      else if (tag === 'v' || (tag === 't' && cell)) inValue = true
      else if (tag === 'col') hideColumns(hiddenColumns, attributes())
      else if (tag === 'mergeCell') ranges.push(attributes()['ref'] ?? '')
    },
    text: (text) => {
      if (inValue && cell) cell.value = (cell.value ?? '') + text
    },
    close: (tag) => {
      if (tag === 'v' || tag === 't') inValue = false
      else if (tag === 'c' && cell) {
        placeCell(name, row, cell, book)
        cell = null
      }
    },
  })
  sheet.merges = mergesOf(ranges, sheet)
  sheet.hidden = hiddenRows.filter((cells) => cells.some((value) => value !== null)).length
  sheet.hiddenColumns = [...hiddenColumns]
  return sheet
}

/** Adds the places of the columns that a `col` element hides; it may speak of all sixteen thousand. */
function hideColumns(places: Set<number>, { min, max, hidden }: Record<string, string>): void {
  if (!/^(1|true)$/.test(hidden ?? '') || places.size >= COLUMNS_MAX) return
  const last = Math.min(Number(max), COLUMNS_MAX)
  for (let at = Math.max(Number(min), 1); at <= last; at++) places.add(at - 1)
}

function openCell(attributes: Record<string, string>, next: number, book: Book): OpenCell {
  const { r, t = 'n', s } = attributes
  return {
    column: r !== undefined && /^[A-Z]/.test(r) ? columnOf(r) : next,
    type: t,
    style: (s === undefined ? undefined : book.styles[Number(s)]) ?? PLAIN,
    formula: false,
    value: null,
  }
}

function placeCell(sheet: string, row: Cell[], cell: OpenCell, book: Book): void {
  const value = readValue(cell, book)
  if (value === null) return
  if (cell.column >= COLUMNS_MAX) {
    throw new ImportFailure(
      'TOO_MANY_COLUMNS',
      `工作表“${sheet}”在第 ${cell.column + 1} 列有内容：最多 ${COLUMNS_MAX} 列，请删去多余的列`,
    )
  }
  while (row.length < cell.column) row.push(null)
  row[cell.column] = value
}

function readValue(cell: OpenCell, book: Book): Cell {
  const { value, type } = cell
  if (value === null || value === '') {
    // The stored result of ="" is a text without characters.
    return cell.formula && type !== 'str' ? FORMULA_WITHOUT_RESULT : null
  }
  switch (type) {
    case 's': {
      const text = book.strings[Number(value)]
      return text === undefined || text === '' ? null : text
    }
    case 'b':
      return value === '1'
    case 'n':
      return numberOf(Number(value), cell.style, book.date1904)
    case 'd':
      return value.slice(0, 10)
    default:
      return unescapeText(value)
  }
}

function numberOf(value: number, style: NumberStyle, date1904: boolean): Cell {
  if (!Number.isFinite(value)) return '#NUM!'
  const { kind } = style
  if (kind === 'plain') return value
  if (kind === 'percent') return `${Number((value * 100).toPrecision(14))}%`
  if (kind === 'unit') return `${value}${style.unit}`
  if (kind === 'altered') return `${ALTERED}${value} ${style.code}`
  if (value < 61 || value > 2_958_465) return value
  return dayOfSerial(value, date1904).slice(0, SHOWN_OF_DATE[kind])
}

/** `BC12` → 54, zero-based. */
function columnOf(reference: string): number {
  let column = 0
  for (const character of reference) {
    const digit = character.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
  }
  return column - 1
}

/** Merged ranges as places in `rows`; headings spread over the columns that they cover. */
function mergesOf(references: readonly string[], sheet: Sheet): MergedRange[] {
  const places = new Map(sheet.numbers.map((number, index) => [number, index]))
  const merges: MergedRange[] = []
  for (const reference of references) {
    const [from = '', to = from] = reference.split(':')
    const top = places.get(rowOf(from))
    let last = rowOf(to)
    while (last > rowOf(from) && !places.has(last)) last -= 1
    const bottom = places.get(last)
    if (top === undefined || bottom === undefined) continue
    merges.push({ top, bottom, left: columnOf(from), right: columnOf(to) })
  }
  return merges
}

const rowOf = (reference: string) => Number(/^\$?[A-Z]{1,3}\$?(\d{1,9})$/.exec(reference)?.[1] ?? 0)
