import type { LightForm, LightState } from 'api/light/contract'
import type { Category, Stage } from 'api/project/contract'
import type { ProjectTable, ShownPart } from './table.ts'

/** One filter for map, list and figures alike; it lives in the URL. Empty arrays mean "all". */
export interface ProjectFilter {
  unit: number[]
  park: number[]
  category: Category[]
  stage: Stage[]
  light: LightState[]
  /** Which light is meant and shown, against which form of the plan. */
  part: ShownPart
  form: LightForm
  provenance: string[]
  /** all projects, those on the year's list, or those beside it. */
  listed: 'all' | 'yes' | 'no'
  /** Total investment in 万元, inclusive; null = open. A project without a total fails a bound. */
  minWan: number | null
  maxWan: number | null
  text: string
}

export const noFilter: ProjectFilter = {
  unit: [],
  park: [],
  category: [],
  stage: [],
  light: [],
  part: 'overall',
  form: 'revised',
  provenance: [],
  listed: 'all',
  minWan: null,
  maxWan: null,
  text: '',
}

/** The rows of a table that pass the filter, in table order. */
export function filterRows(table: ProjectTable, filter: ProjectFilter): Uint32Array {
  const unit = idSet(filter.unit)
  const park = idSet(filter.park)
  const category = codes(table.words.category, filter.category)
  const stage = codes(table.words.stage, filter.stage)
  const light = codes(table.words.light, filter.light)
  const provenance = codes(table.words.provenance, filter.provenance)
  const words = searchWords(filter.text)
  const rows = new Uint32Array(table.count)
  let found = 0
  for (let row = 0; row < table.count; row += 1) {
    if (unit && !unit.has(table.unit[row] ?? -1)) continue
    if (park && !park.has(table.park[row] ?? -1)) continue
    if (category && !category.has(table.category[row] ?? -1)) continue
    if (stage && !stage.has(table.stage[row] ?? -1)) continue
    if (light && !light.has(table.light[row] ?? -1)) continue
    if (provenance && !provenance.has(table.provenance[row] ?? -1)) continue
    if (filter.listed !== 'all' && (filter.listed === 'yes') !== (table.planKind[row] ?? -1) >= 0)
      continue
    const total = table.totalWan[row] ?? Number.NaN
    if (filter.minWan !== null && !(total >= filter.minWan)) continue
    if (filter.maxWan !== null && !(total <= filter.maxWan)) continue
    if (
      words.length > 0 &&
      !words.every((forms) => forms.some((word) => matches(table, row, word)))
    )
      continue
    rows[found] = row
    found += 1
  }
  return rows.slice(0, found)
}

/** Each word as typed and with its full-width letters made plain (ＨＧ → hg): either may be found. */
function searchWords(text: string): string[][] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return words.map((word) => [...new Set([word, word.normalize('NFKC')])])
}

function matches(table: ProjectTable, row: number, word: string): boolean {
  return (
    (table.name[row] ?? '').toLowerCase().includes(word) ||
    (table.initials[row] ?? '').includes(word) ||
    (table.code[row] ?? '').toLowerCase().includes(word) ||
    (table.enterprise[row] ?? '').toLowerCase().includes(word)
  )
}

const idSet = (ids: number[]) => (ids.length > 0 ? new Set(ids) : null)

/** A word that this version does not know (an old link, a typing error) is no condition. */
function codes<T extends string>(words: readonly T[], wanted: readonly T[]): Set<number> | null {
  const known = wanted.map((word) => words.indexOf(word)).filter((code) => code >= 0)
  return known.length > 0 ? new Set(known) : null
}
