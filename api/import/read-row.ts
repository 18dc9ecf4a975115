/*
 * One row of cells to one draft, each cell by the field of its column. Blank cells set nothing.
 */
import {
  blank,
  type Cell,
  isBlankMark,
  isMarker,
  noValue,
  type Parsed,
  plainText,
  refuse,
  type Sheet,
  shown,
} from './cell.ts'
import { parseBoolean, parseChoice } from './choice.ts'
import type { Finding, ImportNoun } from './contract.ts'
import { parsePairCell, parsePairCells } from './coordinates.ts'
import { parseMonth, parsePeriod } from './dates.ts'
import { aboutFile, type Draft, flag, type Value } from './draft.ts'
import { type Layout, moneyUnitOf } from './find-header.ts'
import { type Column, systemOfCell } from './headers.ts'
import { parseMoney } from './money.ts'
import { type Percent, parseNumber, parsePercent } from './numbers.ts'
import { parseSpan } from './span.ts'
import { parseCode, parseText } from './text.ts'

export interface RowContext {
  noun: ImportNoun
  sheet: string
  columns: ReadyColumn[]
  pairs: { x: Column; y: Column }[]
  year: number | undefined
  /** Notes that stand for many cells of a column, such as blank marks. */
  columnNotes: () => Finding[]
}

interface ReadyColumn extends Column {
  field: NonNullable<Column['field']>
  read: (cell: Cell) => Parsed<Value>
  marks: number
}

/** Columns of one month, whose headers may each name their year. */
const MONTHLY = /^(planned|actual)\d\d$/
const AREA_LIMIT = 1_000_000_000

/** Prepares the columns of a sheet once; `year` is the importer's option. */
export function rowContext(
  noun: ImportNoun,
  layout: Layout,
  sheet: Sheet,
  year: number | undefined,
): RowContext {
  const seen = new Set<string>()
  const used = layout.columns.filter(({ field }) => {
    if (!field || (seen.has(field.name) && field.name !== 'note')) return false
    seen.add(field.name)
    return true
  })
  const columns = used.flatMap((column): ReadyColumn[] => {
    const { field } = column
    if (!field || field.kind === 'axis') return []
    return [
      { ...column, field, marks: 0, read: readerOf({ ...column, field }, layout, sheet, year) },
    ]
  })
  const at = (name: string) => used.find(({ field }) => field?.name === name)
  const pairs = [
    [at('lon'), at('lat')],
    [at('x'), at('y')],
  ].flatMap(([x, y]) => (x && y ? [{ x, y }] : []))
  const headerYear = used.find(({ field }) => field?.name === 'annualWan')?.year ?? null
  const context = {
    noun,
    sheet: '',
    columns,
    pairs,
    year: headerYear ?? year ?? layout.titleYear ?? undefined,
  }
  return { ...context, columnNotes: () => columns.flatMap(markNote) }
}

/** The draft of a row; every cell that cannot be understood is a refusal with its reason. */
export function readRow(context: RowContext, row: number, cells: readonly Cell[]): Draft {
  const draft: Draft = {
    row,
    sheet: context.sheet,
    values: {},
    pair: null,
    crs: null,
    shape: null,
    findings: [],
    year: context.year,
  }
  for (const column of context.columns) {
    const cell = cells[column.index] ?? null
    if (cell === null) continue
    const parsed = column.read(cell)
    if (!parsed.ok) refuseCell(draft, column, cell, parsed)
    else if (parsed.value === null) column.marks += parsed.note || plainText(cell) === '' ? 0 : 1
    else {
      const fault = impossible(column.field.name, parsed.value)
      if (fault) refuseCell(draft, column, cell, fault)
      else setValue(draft, column, parsed.value)
    }
    if (parsed.ok && parsed.note) {
      flag(draft, 'note', parsed.note.code, column.field.name, shown(cell), parsed.note.message)
    }
  }
  for (const { x, y } of context.pairs) {
    if (draft.pair) break
    const parsed = parsePairCells(cells[x.index] ?? null, cells[y.index] ?? null)
    if (!parsed.ok) refuseCell(draft, x, pairText(cells[x.index], cells[y.index]), parsed)
    else if (parsed.value) {
      draft.pair = parsed.value
      draft.crs = x.crs ?? y.crs
    }
  }
  const system = draft.values['positionCrs']
  if (typeof system === 'string') draft.crs = systemOfCell(system)
  return draft
}

const pairText = (...pair: (Cell | undefined)[]) =>
  pair.map((cell) => shown(cell ?? null)).join(', ')

function setValue(draft: Draft, column: ReadyColumn, value: Value): void {
  const { name, kind } = column.field
  if (kind === 'pair') {
    if (typeof value === 'object' && 'x' in value) draft.pair = value
    draft.crs = column.crs
    return
  }
  if (kind === 'span' && Array.isArray(value)) {
    draft.values['plannedStart'] ??= value[0]
    draft.values['plannedFinish'] ??= value[1]
    return
  }
  const before = draft.values[name]
  draft.values[name] = name === 'note' && before !== undefined ? `${before}；${value}` : value
  if (kind !== 'money' || column.year === null) return
  if (name === 'annualWan') draft.values['year'] ??= column.year
  else if (MONTHLY.test(name)) draft.values[`${name}Year`] = column.year
}

/** Numbers that no such field can have; what is done in a month may be negative, as a correction. */
function impossible(name: string, value: Value) {
  if (typeof value !== 'number') return null
  if (value < 0 && /^(totalWan|annualWan|areaMu|ordinal|planned.*)$/.test(name)) {
    return refuse('NUMBER_NEGATIVE', `“${value}”小于 0：请核对，不知道请留空`)
  }
  if (name === 'areaMu' && value >= AREA_LIMIT) {
    return refuse('NUMBER_RANGE', `“${value}”太大：最多 ${AREA_LIMIT} 亩，请核对单位`)
  }
  if (name === 'ordinal' && !(Number.isInteger(value) && value < AREA_LIMIT)) {
    return refuse('NUMBER_INVALID', `“${value}”不是序号：请填写整数`)
  }
  return null
}

function refuseCell(draft: Draft, column: Column, cell: Cell, fault: Parsed<never>): void {
  if (fault.ok) return
  const name = column.field?.name ?? null
  const of = fault.message.startsWith('“') ? '的' : '：'
  const value = isMarker(cell) ? null : shown(cell)
  const message = `列“${shown(column.header)}”${of}${fault.message}`
  flag(draft, 'refuse', fault.code, name, value, message)
}

function readerOf(
  column: Column & { field: NonNullable<Column['field']> },
  layout: Layout,
  sheet: Sheet,
  year: number | undefined,
): (cell: Cell) => Parsed<Value> {
  const { field } = column
  const known = column.year ?? year ?? layout.titleYear ?? undefined
  const { date1904 } = sheet
  const unit = moneyUnitOf(column, layout)
  switch (field.kind) {
    case 'money':
      return (cell) => parseMoney(cell, unit)
    case 'number':
      return parseNumber
    case 'percent': {
      const fraction = isFraction(column, layout, sheet)
      const whole = field.name === 'rate' ? (parsed: Parsed<Percent>) => parsed : wholePercent
      return (cell) => whole(parsePercent(cell, fraction))
    }
    case 'date':
      return (cell) => parsePeriod(cell, known, date1904)
    case 'span':
      return parseSpan
    case 'month':
      return (cell) => parseMonth(cell, known, date1904)
    case 'year':
      return parseYear
    case 'instant':
      return parseInstant
    case 'boolean':
      return orFault(parseBoolean)
    case 'choice':
      return orFault((cell) => parseChoice(field.name, cell))
    case 'pair':
      return parsePairCell
    default:
      if (field.name === 'code') return parseCode
      // 无 is no place's name; in free text it is what somebody wrote.
      if (PLACES.has(field.name)) {
        return (cell) => (isBlankMark(plainText(cell)) ? blank : parseText(cell, field.max ?? 1000))
      }
      return (cell) => parseText(cell, field.max ?? 1000)
  }
}

const PLACES: ReadonlySet<string> = new Set(['unit', 'park', 'parent'])

/** Lists of words know nothing of errors and endless cells. */
function orFault<T>(read: (cell: Cell) => Parsed<T>): (cell: Cell) => Parsed<T> {
  return (cell) => (typeof cell === 'string' ? noValue(plainText(cell)) : null) ?? read(cell)
}

function parseYear(cell: Cell): Parsed<number> {
  const text = plainText(cell).replace(/年度?$/, '')
  if (text === '') return blank
  const fault = noValue(text)
  if (fault) return fault
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  if (year >= 1990 && year <= 2100) return { ok: true, value: year }
  return refuse('YEAR_INVALID', `“${shown(text)}”不是年份：请填写四位年份，如 2023`)
}

/** A day or an instant; without zone it is China's. */
function parseInstant(cell: Cell): Parsed<string> {
  const text = plainText(cell).replaceAll('/', '-')
  if (text === '') return blank
  const fault = noValue(text)
  if (fault) return fault
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    )
  const at = found && new Date(`${found[1]}T${found[2] ?? '00:00'}${found[3] ?? '+08:00'}`)
  if (at && !Number.isNaN(at.getTime())) return { ok: true, value: at.toISOString() }
  return refuse('INSTANT_INVALID', `“${shown(text)}”不是时间：请填写如 2023-05-31 09:30`)
}

function wholePercent(parsed: Parsed<Percent>): Parsed<Value> {
  if (!parsed.ok) return parsed
  if (parsed.value === null) return blank
  if (parsed.value.value <= 100) {
    return { ok: true, value: Number(parsed.value.value.toFixed(2)) }
  }
  return refuse('PERCENT_RANGE', `${parsed.value.value}% 不在 0% 到 100% 之间：请核对`)
}

/** Bare numbers, none above 1 and one of them no whole number, are fractions; `%` in the header says they are not. */
function isFraction(column: Column, layout: Layout, sheet: Sheet): boolean {
  if (/[%％]/.test(column.header)) return false
  const numbers: number[] = []
  for (const row of sheet.rows.slice(layout.firstRow)) {
    const text = plainText(row[column.index] ?? null)
    if (text === '' || Number.isNaN(Number(text))) continue
    numbers.push(Number(text))
    if (Number(text) > 1) return false
  }
  return numbers.some((value) => !Number.isInteger(value))
}

function markNote(column: ReadyColumn): Finding[] {
  if (column.marks === 0) return []
  const message = `列“${column.header}”有 ${column.marks} 个“—”“无”之类的单元格，按空白处理`
  return [aboutFile('note', 'BLANK_MARKS', message, column.field.name)]
}
