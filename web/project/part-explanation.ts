import { accountOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { accountRow, leftOut, split } from './counted.ts'
import { unlisted } from './explanation.ts'
import { type FacetKey, facetCounts, optionOf, without } from './facet.ts'
import { filterRows, noFilter } from './filter.ts'
import { countPlaced } from './project-layer.ts'
import { allRows, provenanceOf } from './table.ts'

/** Projects of the rows that nothing keeps out, with why each other one is. */
function counted(
  asked: Asked,
  value: number,
  rows: Iterable<number>,
  reasonOf: (row: number) => string | null,
): Account {
  const { kept, out } = split(rows, reasonOf)
  return accountOf({
    value,
    date: asked.table.date,
    rows: kept.map((row) => accountRow(asked, row, 1)),
    out: out.map(({ row, reason }) => leftOut(asked, row, reason)),
  })
}

const facets: readonly string[] = [
  'unit',
  'park',
  'category',
  'stage',
  'light',
  'provenance',
  'listed',
] satisfies FacetKey[]
const isFacet = (word: string): word is FacetKey => facets.includes(word)

/** Counts beside the headline: of a menu's options, of sources, of what has no place on the map. */
export const partExplanations = {
  /** What choosing an option of a facet would find: `~<facet>~<option>`. */
  'project.facet': (asked: Asked, [facet = '', option = '']: readonly string[]) => {
    const { table, filter, t } = asked
    if (!isFacet(facet)) throw new Error(t('explain:unknown'))
    const optionAt = optionOf(table, facet)
    const counts = facetCounts(table, filter, facet)
    const found = [...counts].find(([value]) => String(value) === option)
    return counted(asked, found?.[1] ?? 0, filterRows(table, without(filter, facet)), (row) =>
      String(optionAt(row)) === option ? null : 'otherOption',
    )
  },
  /** Listed projects by where their facts come from: `~<provenance>`. */
  'project.provenance': (asked: Asked, [name = '']: readonly string[]) => {
    const { table, rows, t } = asked
    const value = rows.filter(
      (row) => unlisted(table, row) === null && provenanceOf(table, row) === name,
    )
    const account = counted(
      asked,
      value.length,
      rows,
      (row) => unlisted(table, row) ?? (provenanceOf(table, row) === name ? null : 'otherSource'),
    )
    return { ...account, words: { what: t(`project:provenance.${name}`), year: table.year } }
  },
  /** Found projects without a position to be drawn at. */
  'project.unplaced': (asked: Asked) => {
    const { table, rows } = asked
    return counted(asked, rows.length - countPlaced(table, rows), rows, (row) =>
      Number.isNaN(table.lon[row] ?? Number.NaN) ? null : 'placed',
    )
  },
  /** The field page's list: `~<unit>~<text>`, both may be empty. */
  'project.near': (asked: Asked, [unit = '', ...text]: readonly string[]) => {
    const { table } = asked
    const words = text.join('~')
    const filter = { ...noFilter, text: words, unit: unit === '' ? [] : [Number(unit)] }
    const shown = new Set(filterRows(table, filter))
    return counted(asked, shown.size, allRows(table), (row) => (shown.has(row) ? null : 'filtered'))
  },
} satisfies Explanations
