import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Milestone, MilestoneKind } from './contract.ts'

const columns = [
  'id',
  'project_id',
  'kind',
  'name',
  'original_date',
  'original_precision',
  'revised_date',
  'revised_precision',
  'forecast_date',
  'actual_date',
  'actual_precision',
  'cause',
  'limit_days',
  'party',
  'critical',
  'evidence',
  'verified_by',
  'verified_at',
  'provenance',
  'source_title',
  'source_date',
]

/** The columns of a milestone as the contract has them. */
export const milestoneColumns = (sql: Query) => sql`${sql(columns)}, coalesce(code, kind) as code`

/** In the order of a project's life. */
export const kindNames: Record<MilestoneKind, string> = {
  signing: '签约',
  preliminary: '前期',
  permit: '施工许可',
  start: '开工',
  construction: '施工',
  structure: '主体',
  finish: '竣工',
  production: '投产',
}
export const kindOrder = Object.keys(kindNames)

/** The milestones of a project in the order of a project's life; facts after the view's day are blank. */
export async function milestonesOf(sql: Query, view: View, project: number): Promise<Milestone[]> {
  const rows = await sql<(Milestone & { ordinal?: number })[]>`
    select ${milestoneColumns(sql)}, ordinal from ${factTable(sql, 'milestone', view.asOf)} t
     where project_id = ${project} order by ordinal, id`
  return rows
    .map(({ ordinal: _, ...row }) =>
      row.actualDate !== null && row.actualDate > view.date ? { ...row, ...notYet } : row,
    )
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
}

const notYet = {
  actualDate: null,
  actualPrecision: null,
  evidence: null,
  verifiedBy: null,
  verifiedAt: null,
  sourceTitle: null,
  sourceDate: null,
}

/** What holds as the plan now: the approved-revised date, else the original. */
export const plannedOf = (one: Pick<Milestone, 'originalDate' | 'revisedDate'>): string | null =>
  one.revisedDate ?? one.originalDate
