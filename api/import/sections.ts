/*
 * What a row of a sheet is: data, a total, a heading between rows (一、产业发展（12个）), or words
 * below the table; and what headings and sheet names say of the rows below them.
 */
import { type Cell, isBlankMark, plainText, type Sheet } from './cell.ts'
import { parseChoice } from './choice.ts'
import type { Finding } from './contract.ts'
import { aboutFile, type Draft } from './draft.ts'
import type { Layout } from './find-header.ts'
import { isTowns } from './headers.ts'

export type RowKind = 'data' | 'total' | 'subtotal' | 'section' | 'aside' | 'blank'

const SUM = /^[全本]?[市省区县州]{0,2}(合计|总计|总合计|共计)(数|额|金额|投资)?([（(:：\d].*)?$/
const SUBTOTAL = /^小计(数|额|金额|投资)?([（(:：\d].*)?$|(小计|合计|总计|共计)$/
const PURE_SUM = /^(小计|合计|总计|共计)$/
const ASIDE =
  /^(附?注|备注|说明|填表|填报|制表|审核|复核|审批|单位负责|负责|联系|报送|分管)(人|单位|日期|时间|领导|说明|电话)?(签字|签章|\(.{1,6}\))?[:：]/
const NUMBERED =
  /^[（(]?[一二三四五六七八九十百]+[）)]?[、.．:：]|^[（(][一二三四五六七八九十百]+[）)]/
const NUMERAL = /^[（(]?[一二三四五六七八九十百]+[）)]?$/
const COUNTED = /[（(](?:共计?)?\d+[个项][^（）()]*[）)]$/
/** Fields of which one filled makes a row data; of the others, amounts apart, two. */
const TELLING: ReadonlySet<string> = new Set(['category', 'ownerEnterprise', 'month', 'kind'])

const AMOUNTS: ReadonlySet<string> = new Set(['money', 'number', 'percent'])
const IDENTITY: ReadonlySet<string> = new Set(['name', 'unit', 'code', 'note'])

/** What a row is, and the words of a section heading. */
export function kindOfRow(
  cells: readonly Cell[],
  layout: Layout,
  sheet: Sheet,
): { kind: RowKind; heading: string } {
  const texts: string[] = []
  for (const cell of cells) {
    const text = squeezed(cell)
    if (text !== '') texts.push(text)
    if (texts.length > 3) break
  }
  const [head = '', second = ''] = texts
  const is = (kind: RowKind, heading = '') => ({ kind, heading })
  if (sheet.shapes) return is('data')
  if (texts.length === 0) return is('blank')
  const at = (name: string) => textAt(cells, layout, name)
  const [name, unit, code] = [at('name'), at('unit'), at('code')]
  if (at('fundSource') === head) return is('data')
  // Beside rows numbered 1, 2, 3 a row numbered 一 is a heading, though it repeats the category.
  const isOutline = NUMERAL.test(head) && (COUNTED.test(second) || isNumbered(sheet, layout))
  const isFilled = () =>
    saysMore(cells, layout, NUMERAL.test(head) ? [head, second] : [head], isOutline)
  if (PURE_SUM.test(head) && head !== name && head !== unit) {
    return is(SUM.test(head) ? 'total' : 'subtotal')
  }
  const sums = [head, name, unit]
  const whole = sums.some((text) => SUM.test(text))
  if (whole || sums.some((text) => SUBTOTAL.test(text)) || /^其中/.test(head)) {
    const named = name !== '' && !SUM.test(name) && !SUBTOTAL.test(name)
    if (!(named && isFilled())) return is(whole ? 'total' : 'subtotal')
  }
  if (ASIDE.test(head)) return is('aside')
  const distinct = new Set(texts).size
  const loose = code === '' || code === head
  const noUnit = unit === '' || unit === head
  const isHeading = () => loose && !isFilled()
  const inPlace = isOutline || noUnit || unit === second
  if (NUMERAL.test(head) && distinct > 1 && inPlace && isHeading()) {
    return is('section', `${head}、${second}`)
  }
  const alone = name === '' || name === head
  if (NUMBERED.test(head) && (alone || distinct === 1)) {
    if ((noUnit || name === '' || COUNTED.test(head)) && isHeading()) return is('section', head)
  }
  if (COUNTED.test(head) && alone && noUnit && at('category') === '' && isHeading()) {
    return is('section', head)
  }
  return is(distinct === 1 && layout.columns.length > 3 && name === '' ? 'aside' : 'data')
}

const squeezed = (cell: Cell) => plainText(cell).replaceAll(/\s/g, '')
function textAt(cells: readonly Cell[], layout: Layout, name: string): string {
  const column = layout.columns.find(({ field }) => field?.name === name)
  return squeezed(cells[column?.index ?? -1] ?? null)
}

const numbered = new WeakMap<Sheet, boolean>()

/** Whether rows of a sheet are numbered 1, 2, 3 in their first cell. */
function isNumbered(sheet: Sheet, layout: Layout): boolean {
  const known = numbered.get(sheet)
  if (known !== undefined) return known
  const found = sheet.rows
    .slice(layout.firstRow)
    .some((row) => /^\d{1,4}$/.test(squeezed(row.find((cell) => squeezed(cell) !== '') ?? null)))
  numbered.set(sheet, found)
  return found
}

/**
 * Whether a row says of one thing what no heading and no total says; `words` are the heading's, in an
 * outline its category too.
 */
function saysMore(
  cells: readonly Cell[],
  layout: Layout,
  words: readonly string[],
  isOutline: boolean,
): boolean {
  let others = 0
  for (const { field, index } of layout.columns) {
    if (!field || AMOUNTS.has(field.kind) || IDENTITY.has(field.name)) continue
    const text = squeezed(cells[index] ?? null)
    if (text === '' || words.includes(text) || isBlankMark(text)) continue
    if (isOutline && field.name === 'category') continue
    if (TELLING.has(field.name)) return true
    others += 1
  }
  return others > 1
}

/** Headings in force, outermost first, and the fields that the table's own columns leave to them. */
export interface Sections {
  open: { level: number; words: string }[]
  lacking: ReadonlySet<string>
  /** Fields taken from headings, for the report. */
  used: Map<string, Set<string>>
}

const FROM_HEADINGS = ['category', 'planKind'] as const

export function sectionsOf(layout: Layout): Sections {
  const sure = layout.columns.filter((column) => !isTowns(column))
  const there = new Set(sure.map(({ field }) => field?.name))
  const lacking = [...FROM_HEADINGS, 'unit'].filter((name) => !there.has(name))
  return { open: [], lacking: new Set(lacking), used: new Map() }
}

/** A heading ends those of its own level and below: 二、… ends 一、… and its （一）…. */
export function enterSection(sections: Sections, heading: string): void {
  const level = /^[（(]/.test(heading) ? 2 : NUMBERED.test(heading) ? 1 : 3
  const words = heading
    .replace(NUMBERED, '')
    .replace(/^[、.．]/, '')
    .replace(COUNTED, '')
  sections.open = [...sections.open.filter((one) => one.level < level), { level, words }]
}

/** Sets what the headings say and no column does; places are resolved with the units at hand. */
export function applySections(sections: Sections, draft: Draft, sheetName: string): void {
  const words = sections.open.map((one) => one.words).reverse()
  for (const name of FROM_HEADINGS) {
    if (!sections.lacking.has(name) || draft.values[name] !== undefined) continue
    for (const text of words) {
      const parsed = parseChoice(name, text)
      if (!parsed.ok || parsed.value === null) continue
      draft.values[name] = parsed.value
      const seen = sections.used.get(name) ?? new Set()
      sections.used.set(name, seen.add(text))
      break
    }
  }
  if (sections.lacking.has('unit')) draft.places = [...words, sheetName]
}

/** A row that was left out, and what it was taken for. */
export interface SkippedRow {
  row: number
  kind: RowKind
}

const REASONS = {
  header: '重复的表头',
  section: '小标题',
  subtotal: '小计',
  aside: '表下说明',
} as const
const LISTED = 20

/** A note that names the rows left out, by what they were taken for. */
export function skippedNotes(skipped: readonly SkippedRow[], sheet: string): Finding[] {
  if (skipped.length === 0) return []
  const parts = Object.entries(REASONS).flatMap(([kind, label]) => {
    const rows = skipped.filter((one) => one.kind === kind).map(({ row }) => row)
    if (rows.length === 0) return []
    const more = rows.length > LISTED ? ` 等 ${rows.length} 行` : ' 行'
    return [`第 ${rows.slice(0, LISTED).join('、')}${more}是${label}`]
  })
  const where = sheet === '' ? '' : `工作表“${sheet}”`
  const message = `${where}跳过 ${skipped.length} 行：${parts.join('；')}（是数据的行请写明类别、填报单位或编码）`
  return [aboutFile('note', 'ROWS_SKIPPED', message)]
}
