import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { refuseUnseen } from '../http/seen.ts'
import type { CorrectionInput, Milestone, MilestoneInput } from './contract.ts'
import { kindNames, milestoneColumns, plannedOf } from './queries.ts'

/** Who does something: number and name. */
export interface Who {
  id: number | null
  name: string
}

/** An actual date before it is a slip of the pen. */
const earliestActual = '1990-01-01'

/**
 * Sets forecast, actual date and evidence of one step, makes the kind's own step when it is missing;
 * what is left out stays. Dates entered by hand are known to the day.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `STEP_UNKNOWN`, 422 `ACTUAL_FUTURE`, 422 `ACTUAL_EARLY`,
 * 422 `EVIDENCE_MISSING`, 422 `EVIDENCE_ALONE`, 422 `FORECAST_PAST`, 422 `SLIP_NEEDS_CAUSE`,
 * 409 `MILESTONE_CHANGED`.
 */
export async function setMilestone(
  tx: Transaction,
  input: MilestoneInput,
  today: string,
): Promise<Milestone> {
  const { projectId, kind, code } = input
  refuseUnlikely(input, today)
  const [project] = await tx`select id from project where id = ${projectId} for update`
  if (!project) throw notFound('project', '项目', projectId)
  const [known] = await tx<Milestone[]>`
    select ${milestoneColumns(tx)} from milestone
     where project_id = ${projectId} and kind = ${kind} and coalesce(code, kind) = ${code ?? kind}`
  if (!known && code !== undefined && code !== kind) {
    const message = `项目没有步骤 ${code}：请先按模板编制计划`
    throw fieldFailure(422, 'STEP_UNKNOWN', message, 'code', code)
  }
  if (known) refuseUnseen('milestone', input.seen ?? {}, input, known)
  const values = changedColumns(input, known)
  if (known && Object.keys(values).length === 0) return known
  refuseUnproven(input, known)
  refuseUnexplained(input, known)
  const [saved] = known
    ? await tx<Milestone[]>`
        update milestone set ${tx(values)} where id = ${known.id} returning ${milestoneColumns(tx)}`
    : await tx<Milestone[]>`
        insert into milestone ${tx({
          project_id: projectId,
          kind,
          ...values,
          name: input.name ?? kindNames[kind],
        })} returning ${milestoneColumns(tx)}`
  if (!saved) throw new ApiFailure(500, 'INTERNAL', '节点没有写入')
  return saved
}

/** Sets that the evidence of an actual date was seen. @throws as readForUpdate, `EVIDENCE_MISSING`. */
export async function verifyActual(
  tx: Transaction,
  id: number,
  actualDate: string,
  who: Who,
): Promise<Milestone> {
  const known = await readForUpdate(tx, id)
  if (known.actualDate !== actualDate) throw changed('actualDate', known.actualDate)
  if (known.evidence === null) {
    const message = `${known.name}的实际日期 ${actualDate} 没有佐证：请先补充文号或证明材料，再核实`
    throw fieldFailure(422, 'EVIDENCE_MISSING', message, 'evidence', null)
  }
  if (known.verifiedAt !== null) return known
  const [saved] = await tx<Milestone[]>`
    update milestone set verified_by = ${who.name}, verified_by_id = ${who.id}, verified_at = app_now()
     where id = ${id} returning ${milestoneColumns(tx)}`
  return saved ?? known
}

/**
 * Puts an original date right that was entered wrongly: the one way to change it, kept in history
 * with its reason, and shown in the ledger as a correction.
 * @throws ApiFailure `MILESTONE_NOT_FOUND`, 409 `MILESTONE_CHANGED`, 422 `ORIGINAL_MISSING`.
 */
export async function correctOriginal(
  tx: Transaction,
  id: number,
  { originalDate, seen }: CorrectionInput,
): Promise<Milestone> {
  const known = await readForUpdate(tx, id)
  if (known.originalDate === null) {
    const message = `${known.name}还没有原计划日期：由审批通过的计划设定，不用更正`
    throw fieldFailure(422, 'ORIGINAL_MISSING', message, 'originalDate', originalDate)
  }
  if (known.originalDate === originalDate) return known
  if (known.originalDate !== seen) throw changed('originalDate', known.originalDate)
  await tx`select set_config('onemap.correct_original', ${String(id)}, true)`
  const [saved] = await tx<Milestone[]>`
    update milestone set original_date = ${originalDate}, original_precision = 'day'
     where id = ${id} returning ${milestoneColumns(tx)}`
  await tx`select set_config('onemap.correct_original', '', true)`
  return saved ?? known
}

/** A milestone, locked until the transaction ends. @throws ApiFailure `MILESTONE_NOT_FOUND`. */
export async function readForUpdate(tx: Transaction, id: number): Promise<Milestone> {
  const [row] = await tx<Milestone[]>`
    select ${milestoneColumns(tx)} from milestone where id = ${id} for update`
  if (!row) throw notFound('milestone', '节点', id)
  return row
}

function changed(field: string, value: string | null): ApiFailure {
  const message = `有内容在您填写期间被别人改过，现为${value ?? '空白'}，请核对后再保存`
  return fieldFailure(409, 'MILESTONE_CHANGED', message, field, value)
}

function changedColumns(
  input: MilestoneInput,
  known: Milestone | undefined,
): Record<string, string | null> {
  const values: Record<string, string | null> = {}
  const { name, forecastDate, actualDate, evidence, cause } = input
  if (name !== undefined && name !== known?.name) values['name'] = name
  if (forecastDate !== undefined && forecastDate !== (known?.forecastDate ?? null))
    values['forecast_date'] = forecastDate
  if (actualDate !== undefined && actualDate !== (known?.actualDate ?? null)) {
    values['actual_date'] = actualDate
    values['actual_precision'] = actualDate === null ? null : 'day'
    // What proved a date that is taken back proves nothing.
    if (actualDate === null) values['evidence'] = null
  }
  if (evidence !== undefined && evidence !== (known?.evidence ?? null))
    values['evidence'] = evidence
  if (cause !== undefined && cause !== (known?.cause ?? null)) values['cause'] = cause
  return values
}

function refuseUnlikely({ actualDate, forecastDate }: MilestoneInput, today: string): void {
  const refuse = (code: string, message: string, field: string, value: string) =>
    fieldFailure(422, code, message, field, value)
  if (actualDate && actualDate > today) {
    const message = `实际日期 ${actualDate} 还没有到，今天是 ${today}`
    throw refuse('ACTUAL_FUTURE', message, 'actualDate', actualDate)
  }
  if (actualDate && actualDate < earliestActual) {
    const message = `实际日期 ${actualDate} 早于 ${earliestActual}，请核对年份`
    throw refuse('ACTUAL_EARLY', message, 'actualDate', actualDate)
  }
  if (forecastDate && forecastDate < today) {
    const message = `预计日期 ${forecastDate} 已经过去，今天是 ${today}：已完成的请填实际日期`
    throw refuse('FORECAST_PAST', message, 'forecastDate', forecastDate)
  }
}

/** An actual date that is set, and evidence that is changed, stand together. */
function refuseUnproven(input: MilestoneInput, known: Milestone | undefined): void {
  const { actualDate = known?.actualDate ?? null, evidence = known?.evidence ?? null } = input
  const touched = input.actualDate !== undefined || input.evidence !== undefined
  if (!touched) return
  if (actualDate !== null && evidence === null) {
    const message = '实际日期须有佐证：请填写批文或证明的名称和文号'
    throw fieldFailure(422, 'EVIDENCE_MISSING', message, 'evidence', null)
  }
  if (actualDate === null && input.evidence) {
    const message = '有佐证的节点须填实际日期'
    throw fieldFailure(422, 'EVIDENCE_ALONE', message, 'actualDate', null)
  }
}

/** A forecast later than the plan needs a cause: without one it would hide the delay. */
function refuseUnexplained(input: MilestoneInput, known: Milestone | undefined): void {
  const planned = known ? plannedOf(known) : null
  const { forecastDate } = input
  if (!planned || !forecastDate || forecastDate <= planned) return
  if (input.cause === undefined ? known?.cause : input.cause) return
  const message = `预计日期 ${forecastDate} 晚于计划日期 ${planned}，须填写原因`
  throw fieldFailure(422, 'SLIP_NEEDS_CAUSE', message, 'cause', null)
}
