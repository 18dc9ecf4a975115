/*
 * Sheets to drafts: finds the header, skips what is no data (totals, section titles, notes under
 * the table) and reads each cell by its column. Works in slices, so that the server stays awake.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Cell, Sheet, Source } from './cell.ts'
import { checkRow, columnFindings, mapFindings, mixedPercents, plainMap } from './check-columns.ts'
import { checkTotals, type TotalsRow } from './check-totals.ts'
import type { Finding, ImportNoun } from './contract.ts'
import { aboutFile, type Draft, type Table } from './draft.ts'
import { ImportFailure } from './failure.ts'
import { labelOf } from './fields.ts'
import { findHeader, type Layout, moneyUnitOf, spreadMerges } from './find-header.ts'
import type { ColumnUnit } from './money.ts'
import { movedCells, repeatedHeaders } from './odd-rows.ts'
import { type RowContext, readRow, rowContext } from './read-row.ts'
import {
  applySections,
  enterSection,
  kindOfRow,
  type Sections,
  type SkippedRow,
  sectionsOf,
  skippedNotes,
} from './sections.ts'

export interface InterpretOptions {
  as?: ImportNoun
  year?: number
  map: Readonly<Record<string, string>>
  progress?: (done: number, total: number) => void
}

const SLICE = 1000
const ROWS_MAX = 1_000_000
const NOUN_ORDER: readonly ImportNoun[] = ['project', 'report', 'investment', 'milestone', 'plan']

/**
 * Reads every sheet that has a recognisable header.
 * @throws ImportFailure `NOUN_UNKNOWN`, `HEADER_NOT_FOUND`, `NO_ROWS`, `TOO_MANY_ROWS`
 */
export async function interpret(source: Source, given: InterpretOptions): Promise<Table> {
  const map = plainMap(given.map)
  const options = { ...given, map }
  const noun = options.as ?? chooseNoun(source, map)
  const table: Table = {
    noun,
    drafts: [],
    wide: false,
    columns: [],
    findings: [...(source.findings ?? [])],
  }
  const total = source.sheets.reduce((sum, { rows }) => sum + rows.length, 0)
  if (total > ROWS_MAX) {
    throw new ImportFailure(
      'TOO_MANY_ROWS',
      `共 ${total} 行：一次最多 ${ROWS_MAX} 行，请分几次导入`,
    )
  }
  options.progress?.(0, total)
  let tables = 0
  for (const sheet of source.sheets) {
    const layout = findHeader(noun, sheet, options.map)
    if (!layout || !identifies(layout, sheet)) {
      if (sheet.rows.length > 0 && source.sheets.length > 1) {
        const message = `工作表“${sheet.name}”没有可识别的表头，未导入`
        table.findings.push(aboutFile('note', 'SHEET_SKIPPED', message))
      }
      continue
    }
    tables += 1
    await readSheet(table, sheet, layout, options, total)
  }
  refuseEmpty(table, tables)
  const headers = table.columns.map(({ header }) => header)
  table.findings.push(...mapFindings(given.map, headers))
  return table
}

function refuseEmpty(table: Table, tables: number): void {
  if (tables === 0) {
    throw new ImportFailure(
      'HEADER_NOT_FOUND',
      '没有找到表头：至少要有“项目名称”或“项目编码”和另一列可识别的表头，或用 --map 指明',
    )
  }
  if (table.drafts.length === 0) {
    throw new ImportFailure('NO_ROWS', '只有表头，没有数据行：请检查文件内容')
  }
}

/** The noun whose fields the headers fit; undecided between none. */
function chooseNoun(source: Source, map: Readonly<Record<string, string>>): ImportNoun {
  const filled = source.sheets.filter(({ rows }) => rows.length > 0)
  // A cover sheet before the table has no header of any noun.
  const sheet =
    filled.find((one) => NOUN_ORDER.some((noun) => hasHeader(noun, one, map))) ?? filled[0]
  const names = (noun: ImportNoun) => {
    const layout = sheet && findHeader(noun, sheet, map)
    return new Set(layout?.columns.flatMap(({ field }) => field?.name ?? []) ?? [])
  }
  const polygons = sheet?.shapes?.some(
    (shape) => shape && 'geometry' in shape && /Polygon$/.test(shape.geometry.type),
  )
  const facts = names('project')
  const told = ['category', 'totalWan', 'annualWan'].some((name) => facts.has(name))
  if (polygons && told && facts.has('name')) return 'project'
  if (!polygons) {
    const investment = names('investment')
    if (!told && [...investment].some((name) => /^actual\d\d$/.test(name))) return 'investment'
    const report = names('report')
    if (report.has('month')) {
      const spoken = ['percent', 'progressText', 'problem', 'nextStep']
      return spoken.some((name) => report.has(name)) ? 'report' : 'investment'
    }
    if (names('milestone').has('kind')) return 'milestone'
    if (facts.has('name') && facts.size >= 3) return 'project'
    const scored = NOUN_ORDER.map((noun) => ({ noun, size: names(noun).size }))
    const best = scored.reduce((a, b) => (b.size > a.size ? b : a))
    if (best.size >= 3 && (facts.has('name') || facts.has('code'))) return best.noun
    if (!sheet?.shapes && best.size < 2) {
      throw new ImportFailure(
        'HEADER_NOT_FOUND',
        '没有找到表头：至少要有“项目名称”或“项目编码”和另一列可识别的表头，或用 --map 指明',
      )
    }
  }
  throw new ImportFailure(
    'NOUN_UNKNOWN',
    '看不出文件是哪一类数据：请用 --as project、park、unit、plan、milestone、investment、report 或 reference 指明',
  )
}

function hasHeader(noun: ImportNoun, sheet: Sheet, map: Readonly<Record<string, string>>) {
  const layout = findHeader(noun, sheet, map)
  return layout !== null && identifies(layout, sheet)
}

function identifies(layout: Layout, sheet: Sheet): boolean {
  const names = new Set(layout.columns.map(({ field }) => field?.name))
  return names.has('name') || names.has('code') || (sheet.shapes !== undefined && names.size > 0)
}

async function readSheet(
  table: Table,
  sheet: Sheet,
  layout: Layout,
  options: InterpretOptions,
  total: number,
): Promise<void> {
  // Before merged words are spread over a header that is repeated.
  const repeated = repeatedHeaders(sheet, layout)
  spreadMerges(sheet, layout)
  table.findings.push(...columnFindings(sheet, layout))
  const context = rowContext(table.noun, layout, sheet, options.year)
  context.sheet = total === sheet.rows.length ? '' : sheet.name
  table.columns.push(
    ...layout.columns.map((column) => ({
      header: column.header,
      field: column.field?.name ?? null,
      unit: column.field?.kind === 'money' ? knownUnit(moneyUnitOf(column, layout)) : null,
    })),
  )
  table.wide ||= layout.columns.some(({ field }) => /\d\d$/.test(field?.name ?? ''))
  const first = table.drafts.length
  const sections = sectionsOf(layout)
  const progress = (index: number) => options.progress?.(index, total)
  const below = { sheet, layout, context, sections, repeated }
  const { totals, skipped } = await readRows(table.drafts, below, progress)
  const drafts = table.drafts.slice(first)
  table.findings.push(
    ...checkTotals(totals, drafts, layout, context.sheet),
    ...context.columnNotes(),
    ...skippedNotes(skipped, context.sheet),
    ...rowNotes(table.noun, sheet, sections, repeated.size),
  )
}

const knownUnit = (unit: ColumnUnit) => (unit === 'unclear' ? null : unit)

interface Below {
  sheet: Sheet
  layout: Layout
  context: RowContext
  sections: Sections
  /** Places of rows to leave out. */
  repeated: ReadonlySet<number>
}

/** Reads the rows below the header into `drafts`; counts and keeps those that are no data. */
async function readRows(
  drafts: Draft[],
  { sheet, layout, context, sections, repeated }: Below,
  progress: (index: number) => void,
): Promise<{ totals: TotalsRow[]; skipped: SkippedRow[] }> {
  const mixed = mixedPercents(sheet, layout)
  const checkCells = sheet.ragged ? movedCells(sheet, layout) : null
  const totals: TotalsRow[] = []
  const skipped: SkippedRow[] = []
  for (let index = layout.firstRow; index < sheet.rows.length; index++) {
    if (index % SLICE === 0) {
      progress(index)
      await breathe()
    }
    if (repeated.has(index)) continue
    const cells = sheet.rows[index] ?? []
    const { kind, heading } = kindOfRow(cells, layout, sheet)
    if (kind === 'section') enterSection(sections, heading)
    if (kind === 'data') {
      const draft = readDraft(context, sheet, index, cells)
      checkRow(draft, cells, layout, mixed)
      checkCells?.(draft, cells)
      applySections(sections, draft, sheet.name)
      drafts.push(draft)
    } else if (kind === 'total') totals.push({ row: sheet.numbers[index] ?? index + 1, cells })
    else if (kind !== 'blank') skipped.push({ row: sheet.numbers[index] ?? index + 1, kind })
  }
  return { totals, skipped }
}

function readDraft(context: RowContext, sheet: Sheet, index: number, cells: Cell[]): Draft {
  const draft = readRow(context, sheet.numbers[index] ?? index + 1, cells)
  draft.shape = sheet.shapes?.[index] ?? null
  return draft
}

function rowNotes(noun: ImportNoun, sheet: Sheet, sections: Sections, repeated: number): Finding[] {
  const findings: Finding[] = []
  if (repeated > 0) {
    const message = `跳过 ${repeated} 行重复的表头`
    findings.push(aboutFile('note', 'HEADER_REPEATED', message))
  }
  for (const [name, words] of sections.used) {
    const label = labelOf(noun, name)
    const message = `没有“${label}”一列：取自小标题（${[...words].slice(0, 5).join('、')}）`
    findings.push(aboutFile('note', 'FROM_HEADING', message, name))
  }
  if (sheet.hidden) {
    const message = `工作表“${sheet.name}”有 ${sheet.hidden} 行是隐藏的，也一并导入：不要的请先删去`
    findings.push(aboutFile('warn', 'HIDDEN_ROWS', message))
  }
  return findings
}
