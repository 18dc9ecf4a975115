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
import { findHeader, type Layout, spreadMerges } from './find-header.ts'
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
    findings: [],
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
  if (tables === 0) {
    throw new ImportFailure(
      'HEADER_NOT_FOUND',
      '没有找到表头：至少要有“项目名称”或“项目编码”和另一列可识别的表头，或用 --map 指明',
    )
  }
  if (table.drafts.length === 0) {
    throw new ImportFailure('NO_ROWS', '只有表头，没有数据行：请检查文件内容')
  }
  const headers = table.columns.map(({ header }) => header)
  table.findings.push(...mapFindings(given.map, headers))
  return table
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
    '看不出文件是哪一类数据：请用 --as project、park、unit、plan、milestone、investment 或 report 指明',
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
  spreadMerges(sheet, layout)
  table.findings.push(...columnFindings(sheet, layout))
  const context = rowContext(table.noun, layout, sheet, options.year)
  context.sheet = total === sheet.rows.length ? '' : sheet.name
  table.columns.push(
    ...layout.columns.map(({ header, field, unit }) => ({
      header,
      field: field?.name ?? null,
      unit: field?.kind === 'money' ? (unit ?? layout.titleUnit) : null,
    })),
  )
  table.wide ||= layout.columns.some(({ field }) => /\d\d$/.test(field?.name ?? ''))
  const first = table.drafts.length
  const mixed = mixedPercents(sheet, layout)
  const totals: TotalsRow[] = []
  const sections = sectionsOf(layout)
  const skipped: SkippedRow[] = []
  for (let index = layout.firstRow; index < sheet.rows.length; index++) {
    if (index % SLICE === 0) {
      options.progress?.(index, total)
      await breathe()
    }
    const cells = sheet.rows[index] ?? []
    const { kind, heading } = kindOfRow(cells, layout, sheet)
    if (kind === 'section') enterSection(sections, heading)
    if (kind === 'data') {
      const draft = readDraft(context, sheet, index, cells)
      checkRow(draft, cells, layout, mixed)
      applySections(sections, draft, sheet.name)
      table.drafts.push(draft)
    } else if (kind === 'total') totals.push({ row: sheet.numbers[index] ?? index + 1, cells })
    else if (kind !== 'blank') skipped.push({ row: sheet.numbers[index] ?? index + 1, kind })
  }
  const drafts = table.drafts.slice(first)
  table.findings.push(
    ...checkTotals(totals, drafts, layout, context.sheet),
    ...context.columnNotes(),
    ...skippedNotes(skipped, context.sheet),
    ...rowNotes(table.noun, sheet, sections),
  )
}

function readDraft(context: RowContext, sheet: Sheet, index: number, cells: Cell[]): Draft {
  const draft = readRow(context, sheet.numbers[index] ?? index + 1, cells)
  draft.shape = sheet.shapes?.[index] ?? null
  return draft
}

function rowNotes(noun: ImportNoun, sheet: Sheet, sections: Sections): Finding[] {
  const findings: Finding[] = []
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
