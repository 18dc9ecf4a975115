import { factTable, type View } from '../db/as-of.ts'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { refuseUnseen } from '../http/seen.ts'
import type { Milestone, MilestoneInput, MilestoneKind } from './contract.ts'

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
  'provenance',
  'source_title',
  'source_date',
]

const kinds: Record<MilestoneKind, string> = {
  signing: '签约',
  preliminary: '前期',
  permit: '施工许可',
  start: '开工',
  construction: '施工',
  structure: '主体',
  finish: '竣工',
  production: '投产',
}

/** The milestones of a project in the order of a project's life; facts after the view's day are blank. */
export async function milestonesOf(sql: Query, view: View, project: number): Promise<Milestone[]> {
  const rows = await sql<Milestone[]>`
    select ${sql(columns)} from ${factTable(sql, 'milestone', view.asOf)} t
     where project_id = ${project}`
  const order = Object.keys(kinds)
  return rows
    .map((row) =>
      row.actualDate !== null && row.actualDate > view.date
        ? { ...row, actualDate: null, actualPrecision: null, sourceTitle: null, sourceDate: null }
        : row,
    )
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/**
 * Sets the dates given, makes the milestone when it is missing; what is left out stays.
 * Dates entered by hand are known to the day.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `ACTUAL_FUTURE`, 422 `SLIP_NEEDS_CAUSE`,
 * 409 `MILESTONE_CHANGED`.
 */
export async function setMilestone(
  tx: Transaction,
  input: MilestoneInput,
  today: string,
): Promise<Milestone> {
  if (input.actualDate && input.actualDate > today) {
    throw fieldFailure(
      422,
      'ACTUAL_FUTURE',
      `实际日期 ${input.actualDate} 还没有到，今天是 ${today}`,
      'actualDate',
      input.actualDate,
    )
  }
  const [project] = await tx`select id from project where id = ${input.projectId} for update`
  if (!project) throw notFound('project', '项目', input.projectId)
  const [known] = await tx<Milestone[]>`
    select ${tx(columns)} from milestone
     where project_id = ${input.projectId} and kind = ${input.kind}`
  if (known) refuseUnseen('milestone', input.seen ?? {}, input, known)
  const values = changedColumns(input, known)
  if (known && Object.keys(values).length === 0) return known
  const [saved] = known
    ? await tx<Milestone[]>`
        update milestone set ${tx(values)} where id = ${known.id} returning ${tx(columns)}`
    : await tx<Milestone[]>`
        insert into milestone ${tx({
          project_id: input.projectId,
          kind: input.kind,
          ...values,
          name: input.name ?? kinds[input.kind],
        })} returning ${tx(columns)}`
  if (!saved) throw new ApiFailure(500, 'INTERNAL', '节点没有写入')
  return saved
}

function changedColumns(
  input: MilestoneInput,
  known: Milestone | undefined,
): Record<string, string | null> {
  const precision = (date: string | null) => (date === null ? null : 'day')
  const values: Record<string, string | null> = {}
  const { name, revisedDate, forecastDate, actualDate, cause } = input
  if (name !== undefined && name !== known?.name) values['name'] = name
  if (revisedDate !== undefined && revisedDate !== (known?.revisedDate ?? null)) {
    refuseUnexplainedSlip(input, known)
    values['revised_date'] = revisedDate
    values['revised_precision'] = precision(revisedDate)
  }
  if (forecastDate !== undefined && forecastDate !== (known?.forecastDate ?? null))
    values['forecast_date'] = forecastDate
  if (actualDate !== undefined && actualDate !== (known?.actualDate ?? null)) {
    values['actual_date'] = actualDate
    values['actual_precision'] = precision(actualDate)
  }
  if (cause !== undefined && cause !== (known?.cause ?? null)) values['cause'] = cause
  return values
}

/** A slip needs a cause: a plan moved later without one would hide the delay. */
function refuseUnexplainedSlip(input: MilestoneInput, known: Milestone | undefined): void {
  const before = known?.revisedDate ?? known?.originalDate
  const { revisedDate } = input
  if (!before || !revisedDate || revisedDate <= before) return
  if (input.cause === undefined ? known?.cause : input.cause) return
  throw fieldFailure(
    422,
    'SLIP_NEEDS_CAUSE',
    `计划日期由 ${before} 推迟到 ${revisedDate}，须填写原因`,
    'cause',
    null,
  )
}
