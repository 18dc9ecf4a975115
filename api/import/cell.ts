/*
 * What a reader hands on: cells as the file holds them. A date-formatted spreadsheet cell is
 * already `YYYY-MM-DD`; a cell that holds an error, or a formula without a stored result, is its
 * error text (`#REF!`, FORMULA_WITHOUT_RESULT).
 */
import type { Geometry } from 'geo/geojson'
import type { Finding } from './contract.ts'

export type Cell = string | number | boolean | null

export const FORMULA_WITHOUT_RESULT = '#FORMULA!'
/** Stands in each cell of a merged range that holds an amount or a date: it belongs to no one row. */
export const MERGED_VALUE = '#MERGED!'
/** Begins a cell whose number format shows another number than it holds; that number and the format follow. */
export const ALTERED = '#ALTERED!'
export const TEXT_MAX = 10_000
export const COLUMNS_MAX = 500

export interface Sheet {
  name: string
  /** Cells by row; rows may be shorter than the widest. */
  rows: Cell[][]
  /** Number of each row as people count it: spreadsheet row, or the feature's place in GeoJSON. */
  numbers: number[]
  /** Merged ranges, as places in `rows`, ends included. */
  merges?: MergedRange[]
  /** Geometry of each row (GeoJSON only), with what is wrong with it. */
  shapes?: (Shape | null)[]
  /** Rows that the spreadsheet does not show. */
  hidden?: number
  /** Places of columns that the spreadsheet does not show. */
  hiddenColumns?: readonly number[]
  /** Rows have their own number of cells, as in CSV: a longer one than the header has gone wrong. */
  ragged?: true
  /** Its days are counted from 1904. */
  date1904?: true
}

export interface MergedRange {
  top: number
  left: number
  bottom: number
  right: number
}

export type Shape = { geometry: Geometry } | { fault: string }

export interface Source {
  format: 'csv' | 'xlsx' | 'geojson' | 'rows'
  sheets: Sheet[]
  /** The coordinate system that the file itself states, if it does. */
  crs: string | null
  /** The plane system that the reader has already converted from; the shapes are EPSG:4326 then. */
  convertedFrom?: string
  /** What the reader has to say of the file. */
  findings?: Finding[]
}

/** The outcome of reading one cell: a value, nothing (blank), or a refusal with its reason. */
export type Parsed<T> =
  | { ok: true; value: T | null; note?: { code: string; message: string } }
  | { ok: false; code: string; message: string }

export const blank = { ok: true, value: null } as const
export const refuse = (code: string, message: string) => ({ ok: false, code, message }) as const

const ERROR_CELL = /^#(REF!|DIV\/0!|N\/A|VALUE!|NAME\?|NULL!|NUM!|SPILL!|FORMULA!|MERGED!|ALTERED!)/
/** Longest cell that can be one value: an amount, a date, a pair of coordinates. */
const VALUE_MAX = 120
const BLANK_MARK = /^(?:[-—–－/／\\]+|无|暂无|空|待定|未定|n\/?a|null)$/i

/** Full-width digits and punctuation as ASCII, spaces trimmed; `''` for an empty cell. */
export function plainText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  return compose(cell).trim()
}

/** The time that normalising takes grows with the square of a run of combining marks: no word has many. */
function compose(text: string): string {
  const bounded =
    text.length > 200 ? text.replaceAll(/\p{M}{31,}/gu, (run) => run.slice(0, 30)) : text
  return bounded.normalize('NFKC')
}

/** A mark that people write where they know nothing: 无, —, / and the like. */
export function isBlankMark(text: string): boolean {
  return text.length <= 12 && BLANK_MARK.test(text)
}

/** A sign that a reader has set in the place of a value; people have never seen it. */
export function isMarker(cell: Cell): boolean {
  return typeof cell === 'string' && /^#(FORMULA|MERGED|ALTERED)!/.test(cell)
}

/** The refusal of a cell that holds a spreadsheet error instead of a value. */
export function errorCell(text: string): Parsed<never> | null {
  if (!text.startsWith('#') || !ERROR_CELL.test(text)) return null
  if (text.startsWith(MERGED_VALUE)) {
    return refuse('MERGED_VALUE', '合并单元格里的数值不能分给各行：请取消合并，每行各填一个值')
  }
  if (text.startsWith(ALTERED)) {
    const [value, ...format] = text.slice(ALTERED.length).split(' ')
    const message = `单元格里存的是 ${value}，数字格式“${shown(format.join(' '))}”显示的却不是这个数：请把格式改为“常规”，再核对数值和单位`
    return refuse('NUMBER_FORMAT', message)
  }
  return text.startsWith(FORMULA_WITHOUT_RESULT)
    ? refuse(
        'FORMULA_WITHOUT_RESULT',
        '单元格是公式但文件里没有保存计算结果：请在 Excel 中打开并保存，或粘贴为数值',
      )
    : refuse('CELL_ERROR', `单元格是错误值 ${shown(text)}：请改正公式或填写数值`)
}

/** The refusal of a cell that cannot be one value: an error, or a text of any length. */
export function noValue(text: string): Parsed<never> | null {
  const fault = errorCell(text)
  if (fault || text.length <= VALUE_MAX) return fault
  const message = `“${shown(text)}”有 ${text.length} 个字：最多 ${VALUE_MAX} 个字，一格只填一个值`
  return refuse('VALUE_TOO_LONG', message)
}

/** Text for a message: one line of at most 60 characters, the last one whole. */
export function shown(cell: Cell): string {
  const text = (cell === null ? '' : String(cell)).replaceAll('\n', '⏎')
  return text.length > 60 ? `${text.slice(0, 57).replace(/[\ud800-\udbff]$/, '')}…` : text
}
