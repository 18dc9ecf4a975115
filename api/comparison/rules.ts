import type { MapRow } from '../map/derive.ts'
import {
  type Comparison,
  type ComparisonField,
  ComparisonKind,
  type ComparisonRow,
  mostRows,
} from './contract.ts'

/** The worst first; further down the list is better news. */
const lightOrder = ['red', 'amber', 'stale', 'none', 'green', 'finished']

type Value = ComparisonRow['before']
type Known = ReadonlyMap<number, MapRow>

/**
 * What the map's rows of two views say differently, project by project. Money of the year is compared
 * within one plan year only: between two it would be another plan's.
 */
export function compareRows(before: Known, after: Known, sameYear: boolean): ComparisonRow[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)
  return ids.flatMap((id) => compareRow(before.get(id), after.get(id), sameYear))
}

function compareRow(
  old: MapRow | undefined,
  now: MapRow | undefined,
  sameYear: boolean,
): ComparisonRow[] {
  const shown = now ?? old
  if (!shown) return []
  const { id, name, unitId } = shown.fact
  const project = { id, name, unitId }
  const row = (kind: ComparisonKind, field: ComparisonField, before: Value, after: Value) =>
    before === after ? [] : [{ kind, field, project, subject: null, issueId: null, before, after }]
  if (!old || !now) {
    return row('list', 'project', listing(old), listing(now))
  }
  return [
    ...row('list', 'planKind', old.fact.planKind, now.fact.planKind),
    ...row('stage', 'stage', old.stage, now.stage),
    ...row('light', 'light', old.light, now.light),
    ...row('money', 'totalWan', old.fact.totalWan, now.fact.totalWan),
    ...(sameYear ? row('money', 'annualWan', old.fact.annualWan, now.fact.annualWan) : []),
    ...(sameYear ? row('money', 'doneWan', old.fact.doneWan, now.fact.doneWan) : []),
  ]
}

/** Null where the project is not there; one beside the list is `unlisted`. */
const listing = (row: MapRow | undefined): Value =>
  (row && (row.fact.planKind ?? 'unlisted')) || null

/** Counts, sums and the weightiest rows of all that differs. */
export function summarise(
  rows: readonly ComparisonRow[],
): Pick<Comparison, 'totals' | 'lights' | 'opened' | 'closed' | 'rows'> {
  const kinds = ComparisonKind.options.map((kind) => {
    const ofKind = rows.filter((row) => row.kind === kind)
    const projects = new Set(ofKind.map(({ project }) => project?.id)).size
    return { kind, ofKind, projects }
  })
  const issues = (field: ComparisonField) => rows.filter((row) => row.field === field).length
  return {
    totals: kinds.map(({ kind, ofKind, projects }) => ({ kind, rows: ofKind.length, projects })),
    lights: lightsOf(rows),
    opened: issues('opened'),
    closed: issues('closed'),
    rows: kinds.flatMap(({ ofKind }) =>
      ofKind.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, mostRows),
    ),
  }
}

function lightsOf(rows: readonly ComparisonRow[]): Comparison['lights'] {
  const counts = new Map<string, Comparison['lights'][number]>()
  for (const { field, before, after } of rows) {
    if (field !== 'light') continue
    const key = `${before} ${after}`
    const known = counts.get(key) ?? { before: String(before), after: String(after), projects: 0 }
    counts.set(key, { ...known, projects: known.projects + 1 })
  }
  return [...counts.values()].sort((a, b) => b.projects - a.projects)
}

/** Larger is told first: a light that grew worse, a date that slips further, more money. */
function weightOf({ kind, before, after }: ComparisonRow): number {
  if (kind === 'light') return (lightOrder.length - place(after)) * 10 + place(before)
  if (kind === 'milestone') return daysOf(after) - daysOf(before)
  if (typeof before === 'number' || typeof after === 'number') {
    return Math.abs(Number(after ?? 0) - Number(before ?? 0))
  }
  return 0
}

const place = (light: Value) => lightOrder.indexOf(String(light))
const daysOf = (date: Value) => (date === null ? 0 : Date.parse(String(date)) / 86_400_000)
