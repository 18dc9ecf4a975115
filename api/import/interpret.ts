/*
 * Sheets to drafts: finds the header, skips what is no data (totals, section titles, notes under
 * the table) and reads each cell by its column. Works in slices, so that the server stays awake.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { type Cell, plainText, type Sheet, type Source } from './cell.ts'
import { checkTotals, type TotalsRow } from './check-totals.ts'
import type { Finding, ImportNoun } from './contract.ts'
import { aboutFile, type Draft, type Table } from './draft.ts'
import { ImportFailure } from './failure.ts'
import { findHeader, type Layout, spreadMerges } from './find-header.ts'
import { isIgnored } from './headers.ts'
import { type RowContext, readRow, rowContext } from './read-row.ts'

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
export async function interpret(source: Source, options: InterpretOptions): Promise<Table> {
  const noun = options.as ?? chooseNoun(source, options.map)
  const table: Table = {
    noun,
    year: options.year,
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
  return table
}

/** The noun whose fields the headers fit; undecided between none. */
function chooseNoun(source: Source, map: Readonly<Record<string, string>>): ImportNoun {
  const sheet = source.sheets.find(({ rows }) => rows.length > 0)
  const names = (noun: ImportNoun) => {
    const layout = sheet && findHeader(noun, sheet, map)
    return new Set(layout?.columns.flatMap(({ field }) => field?.name ?? []) ?? [])
  }
  const polygons = sheet?.shapes?.some(
    (shape) => shape && 'geometry' in shape && /Polygon$/.test(shape.geometry.type),
  )
  if (!polygons) {
    const report = names('report')
    if (report.has('month')) {
      const told = ['percent', 'progressText', 'problem', 'nextStep'].some((name) =>
        report.has(name),
      )
      return told ? 'report' : 'investment'
    }
    if (names('milestone').has('kind')) return 'milestone'
    const project = names('project')
    if (project.has('name') && project.size >= 3) return 'project'
    const scored = NOUN_ORDER.map((noun) => ({ noun, size: names(noun).size }))
    const best = scored.reduce((a, b) => (b.size > a.size ? b : a))
    if (best.size >= 3 && (project.has('name') || project.has('code'))) return best.noun
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
  table.year ??= context.year
  table.columns.push(
    ...layout.columns.map(({ header, field, unit }) => ({
      header,
      field: field?.name ?? null,
      unit: field?.kind === 'money' ? (unit ?? layout.titleUnit) : null,
    })),
  )
  table.wide ||= layout.columns.some(({ field }) => /\d\d$/.test(field?.name ?? ''))
  const first = table.drafts.length
  const totals: TotalsRow[] = []
  let skipped = 0
  for (let index = layout.firstRow; index < sheet.rows.length; index++) {
    if (index % SLICE === 0) {
      options.progress?.(index, total)
      await breathe()
    }
    const cells = sheet.rows[index] ?? []
    const what = kindOfRow(cells, layout, sheet)
    if (what === 'data') table.drafts.push(readDraft(context, sheet, index, cells))
    else if (what === 'total') totals.push({ row: sheet.numbers[index] ?? index + 1, cells })
    else if (what === 'aside') skipped += 1
  }
  const drafts = table.drafts.slice(first)
  table.findings.push(...checkTotals(totals, drafts, layout), ...context.columnNotes())
  if (skipped > 0) {
    const message = `跳过 ${skipped} 行小标题或表下说明`
    table.findings.push(aboutFile('note', 'ROWS_SKIPPED', message))
  }
}

function readDraft(context: RowContext, sheet: Sheet, index: number, cells: Cell[]): Draft {
  const draft = readRow(context, sheet.numbers[index] ?? index + 1, cells)
  draft.shape = sheet.shapes?.[index] ?? null
  return draft
}

/** Totals begin with 合计; asides are section titles, notes and signatures; the rest is data. */
function kindOfRow(cells: readonly Cell[], layout: Layout, sheet: Sheet) {
  const texts: string[] = []
  for (const cell of cells) {
    const text = plainText(cell)
    if (text !== '') texts.push(text)
    if (texts.length > 3) break
  }
  if (texts.length === 0) return sheet.shapes ? 'data' : 'blank'
  if (sheet.shapes) return 'data'
  const [head = ''] = texts
  const compact = head.replaceAll(/\s/g, '')
  if (/^(合计|总计|全市合计|全市总计|总合计|共计)/.test(compact)) return 'total'
  if (/^(小计|其中)/.test(compact)) return 'aside'
  if (/^(注|备注|说明|填表人|制表|审核|单位负责人|填报人|联系电话)[:：]/.test(compact))
    return 'aside'
  const distinct = new Set(texts).size
  const numbered = /^[（(]?[一二三四五六七八九十]+[）)、.．]/.test(compact)
  const named = layout.columns.find(({ field }) => field?.name === 'name')
  const name = plainText(cells[named?.index ?? -1] ?? null)
  if (numbered && (distinct === 1 || name === '' || name === head)) return 'aside'
  return distinct === 1 && layout.columns.length > 3 && name === '' ? 'aside' : 'data'
}

function columnFindings(sheet: Sheet, layout: Layout): Finding[] {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  for (const { field, header, unclear } of layout.columns) {
    if (unclear !== undefined) {
      const message = `列“${header}”未导入：${unclear}`
      findings.push(aboutFile('warn', 'HEADER_UNCLEAR', message, null, header))
    } else if (!field && !isIgnored(header)) {
      const hasData = sheet.rows.length > layout.firstRow
      const message = `列“${header}”不认识，未导入：可用 --map 指明对应的字段`
      if (hasData) findings.push(aboutFile('warn', 'HEADER_UNKNOWN', message, null, header))
    } else if (field && seen.has(field.name) && field.name !== 'note') {
      const message = `列“${header}”和“${seen.get(field.name)}”都是${field.label}：以第一列为准`
      findings.push(aboutFile('warn', 'HEADER_TWICE', message, field.name, header))
    }
    if (field && !seen.has(field.name)) seen.set(field.name, header)
  }
  return findings
}
