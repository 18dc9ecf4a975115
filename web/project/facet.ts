import { filterRows, type ProjectFilter } from './filter.ts'
import type { ProjectTable } from './table.ts'

/** The parts of the filter that are chosen from a list of options. */
export type FacetKey = 'unit' | 'park' | 'category' | 'stage' | 'light' | 'provenance' | 'listed'

/**
 * How many rows each option of a facet would show beside the rest of the filter, so a count says
 * what choosing it gives. Keys are ids for unit and park, words for the others.
 */
export function facetCounts(
  table: ProjectTable,
  filter: ProjectFilter,
  facet: FacetKey,
): Map<number | string, number> {
  const optionAt = optionOf(table, facet)
  const counts = new Map<number | string, number>()
  for (const row of filterRows(table, without(filter, facet))) {
    const value = optionAt(row)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** The filter with nothing chosen of a facet. */
export const without = (filter: ProjectFilter, facet: FacetKey): ProjectFilter => ({
  ...filter,
  [facet]: facet === 'listed' ? 'all' : [],
})

/** Which option of a facet a row belongs to. */
export function optionOf(
  table: ProjectTable,
  facet: FacetKey,
): (row: number) => number | string | undefined {
  if (facet === 'unit' || facet === 'park') return (row) => table[facet][row]
  if (facet === 'listed') return (row) => ((table.planKind[row] ?? -1) >= 0 ? 'yes' : 'no')
  const words: readonly string[] = table.words[facet]
  const codes = table[facet]
  return (row) => words[codes[row] ?? -1]
}
