import type { FactTable, View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Provenance } from '../http/contract.ts'
import type { Category, PositionQuality } from './contract.ts'

/**
 * What stage, light and sums of one project are derived from, as known in a View.
 * Amounts in 万元, dates `YYYY-MM-DD`; milestone dates after the view's date are already null.
 */
export interface ProjectFact {
  id: number
  code: string
  name: string
  /** Lower-case pinyin initials. */
  searchText: string
  ownerEnterprise: string | null
  unitId: number
  parkId: number | null
  parentId: number | null
  category: Category
  industry: string | null
  sideState: 'suspended' | 'removed' | 'terminated' | null
  totalWan: number | null
  lon: number | null
  lat: number | null
  positionQuality: PositionQuality
  provenance: Provenance
  planKind: 'construction' | 'preliminary' | null
  annualWan: number | null
  /** False for a child whose parent is on the same year's list. */
  counted: boolean
  /** First day of the last month with a submitted or verified report in the plan year. */
  reportedMonth: string | null
  /** Planned and done from January of the plan year to reportedMonth. */
  plannedWan: number | null
  doneWan: number | null
  plannedStart: string | null
  plannedFinish: string | null
  signed: string | null
  preliminary: string | null
  permitted: string | null
  started: string | null
  /** First sight of works (construction or structure milestone). */
  built: string | null
  finished: string | null
  produced: string | null
}

/** Reads the facts of all projects, or of those given, in order of id. */
export async function readFacts(
  _sql: Query,
  _view: View,
  _ids?: readonly number[],
): Promise<ProjectFact[]> {
  const _tables: FactTable[] = ['project', 'plan', 'milestone', 'investment', 'report']
  throw new Error(`NOT_BUILT: ${_tables.join()}`)
}
