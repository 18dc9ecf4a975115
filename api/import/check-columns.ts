/*
 * What has to be said of a table's columns: not used, used twice, hidden, contradicting each other.
 */
import { type Cell, plainText, type Sheet, shown } from './cell.ts'
import type { Finding } from './contract.ts'
import { aboutFile, type Draft, flag, numberOf } from './draft.ts'
import type { Layout } from './find-header.ts'
import { type Column, isIgnored } from './headers.ts'

const LISTED = 30

/** Findings about the headers of a sheet. */
export function columnFindings(sheet: Sheet, layout: Layout): Finding[] {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  for (const { field, header, unclear } of layout.columns) {
    if (unclear !== undefined) {
      const message = `列“${shown(header)}”未导入：${unclear}`
      findings.push(aboutFile('warn', 'HEADER_UNCLEAR', message, null, shown(header)))
    } else if (!field && !isIgnored(header)) {
      const hasData = sheet.rows.length > layout.firstRow
      const message = `列“${shown(header)}”不认识，未导入：可用 --map 指明对应的字段`
      if (hasData) findings.push(aboutFile('warn', 'HEADER_UNKNOWN', message, null, shown(header)))
    } else if (field && seen.has(field.name) && field.name !== 'note') {
      const message = `列“${header}”和“${seen.get(field.name)}”都是${field.label}：以第一列为准`
      findings.push(aboutFile('warn', 'HEADER_TWICE', message, field.name, header))
    }
    if (field && !seen.has(field.name)) seen.set(field.name, header)
  }
  return [...findings, ...comparedFindings(layout), ...hiddenFindings(sheet, layout)]
}

/** Sums to date are held against the row's other figures; money is stored by months. */
function comparedFindings(layout: Layout): Finding[] {
  const done = layout.columns.filter(({ field }) => field?.name === 'doneWan')
  return done.map(({ header }) => {
    const message = `列“${header}”只用来核对，不登记：各月完成投资请用 --as investment 导入（列：项目名称、填报单位、月份、本月完成投资）`
    return aboutFile('note', 'COMPARED_ONLY', message, 'doneWan', header)
  })
}

function hiddenFindings(sheet: Sheet, layout: Layout): Finding[] {
  const used = layout.columns.filter(
    ({ field }, at, all) =>
      field && (field.name === 'note' || all.findIndex((one) => one.field === field) === at),
  )
  const hidden = used.filter(({ index }) => sheet.hiddenColumns?.includes(index))
  if (hidden.length === 0) return []
  const names = hidden.map(({ header }) => `“${header}”`).join('、')
  const where = sheet.name === '' ? '' : `工作表“${sheet.name}”的`
  const message = `${where}列${names}是隐藏的，也一并导入：不要的请先删去`
  return [aboutFile('warn', 'HIDDEN_COLUMNS', message)]
}

/** The keys of a map as headers are compared: full and half width and spaces do not count. */
export function plainMap(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).map(([header, field]) => [plainHeader(header), field]),
  )
}

const plainHeader = (text: string) => plainText(text).replaceAll(/\s/g, '')

/** A warning for each key of a map that is no header of the file. */
export function mapFindings(
  map: Readonly<Record<string, string>>,
  headers: readonly string[],
): Finding[] {
  const isHeader = (key: string) =>
    headers.some((header) => header === key || header.endsWith(`/${key}`))
  return Object.keys(map).flatMap((key) => {
    if (isHeader(plainHeader(key))) return []
    const known = [...new Set(headers)].slice(0, LISTED).join('、')
    const message = `列对应表（--map）里的“${key}”不是这个文件的表头：表头有 ${known}`
    return [aboutFile('warn', 'MAP_UNUSED', message, null, key)]
  })
}

/** Columns of a progress that mix fractions with numbers above 1: is 0.53 there 0.53 % or 53 %? */
export function mixedPercents(sheet: Sheet, layout: Layout): Column[] {
  return layout.columns.filter(({ field, index, header }) => {
    if (field?.name !== 'percent' || /[%％]|百分/.test(header)) return false
    const numbers = sheet.rows
      .slice(layout.firstRow)
      .map((cells) => bareNumber(cells[index] ?? null))
      .filter((value) => value !== null)
    return numbers.some(isFraction) && numbers.some((value) => value > 1)
  })
}

const isFraction = (value: number) => value > 0 && value < 1

function bareNumber(cell: Cell): number | null {
  const text = plainText(cell)
  const value = text === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? null : value
}

/** What a row's cells contradict in their headers: an ambiguous percentage, another year. */
export function checkRow(
  draft: Draft,
  cells: readonly Cell[],
  layout: Layout,
  mixed: readonly Column[],
): void {
  for (const { index, header } of mixed) {
    const value = bareNumber(cells[index] ?? null)
    if (value === null || value <= 0 || value > 1) continue
    const message = `列“${header}”的“${value}”分不出是 ${value}% 还是 ${Number((value * 100).toPrecision(12))}%：这一列有大于 1 的数，请写上百分号`
    flag(draft, 'refuse', 'PERCENT_AMBIGUOUS', 'percent', value, message)
  }
  const year = numberOf(draft, 'year')
  const column = layout.columns.find(({ field }) => field?.name === 'annualWan')
  if (year === undefined || !column?.year || column.year === year) return
  if (numberOf(draft, 'annualWan') === undefined) return
  const message = `年度写 ${year}，表头“${column.header}”是 ${column.year} 年：按 ${year} 年登记，请核对`
  flag(draft, 'warn', 'YEAR_CONFLICT', 'year', year, message)
}
