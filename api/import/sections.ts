/*
 * What a row of a sheet is: data, a total, a heading between rows (一、产业发展（12个）), or words
 * below the table; and what headings and sheet names say of the rows below them.
 */
import { type Cell, plainText, type Sheet } from './cell.ts'
import { parseChoice } from './choice.ts'
import type { Draft } from './draft.ts'
import type { Layout } from './find-header.ts'

export type RowKind = 'data' | 'total' | 'subtotal' | 'section' | 'aside' | 'blank'

const TOTAL = /^(合计|总计|总合计|共计|全[市省区县]{1,2}(合计|总计|共计))/
const SUBTOTAL = /^小计|(小计|合计|总计|共计)$/
const ASIDE =
  /^(附?注|备注|说明|填表|填报|制表|审核|复核|审批|单位负责|负责|联系|报送|分管)(人|单位|日期|时间|领导|说明|电话)?(签字|签章|\(.{1,6}\))?[:：]/
const NUMBERED =
  /^[（(]?[一二三四五六七八九十百]+[）)]?[、.．:：]|^[（(][一二三四五六七八九十百]+[）)]/
const NUMERAL = /^[（(]?[一二三四五六七八九十百]+[）)]?$/
const COUNTED = /[（(](?:共计?)?\d+[个项][^（）()]*[）)]$/

/** What a row is, and the words of a section heading. */
export function kindOfRow(
  cells: readonly Cell[],
  layout: Layout,
  sheet: Sheet,
): { kind: RowKind; heading: string } {
  const texts: string[] = []
  for (const cell of cells) {
    const text = plainText(cell).replaceAll(/\s/g, '')
    if (text !== '') texts.push(text)
    if (texts.length > 3) break
  }
  const [head = '', second = ''] = texts
  const is = (kind: RowKind, heading = '') => ({ kind, heading })
  if (sheet.shapes) return is('data')
  if (texts.length === 0) return is('blank')
  const at = (name: string) => {
    const column = layout.columns.find(({ field }) => field?.name === name)
    return plainText(cells[column?.index ?? -1] ?? null).replaceAll(/\s/g, '')
  }
  const [name, unit, code] = [at('name'), at('unit'), at('code')]
  const sums = [head, name, unit]
  if (sums.some((text) => TOTAL.test(text))) return is('total')
  if (sums.some((text) => SUBTOTAL.test(text)) || /^其中/.test(head)) return is('subtotal')
  if (ASIDE.test(head)) return is('aside')
  const distinct = new Set(texts).size
  const loose = code === '' || code === head
  if (NUMERAL.test(head) && distinct > 1 && loose && (unit === '' || unit === second)) {
    return is('section', `${head}、${second}`)
  }
  if (NUMBERED.test(head) && (distinct === 1 || name === '' || name === head)) {
    return is('section', head)
  }
  const counted = loose && at('category') === '' && (unit === '' || unit === head)
  if (counted && COUNTED.test(head) && (name === '' || name === head)) return is('section', head)
  return is(distinct === 1 && layout.columns.length > 3 && name === '' ? 'aside' : 'data')
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
  const there = new Set(layout.columns.map(({ field }) => field?.name))
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
