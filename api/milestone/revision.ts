/*
 * A re-baseline: proposed by those who answer for a project, decided by somebody else. What was
 * promised first never moves; the revision keeps both dates, the cause and both names.
 */
import { daysBetween } from '../calendar/days.ts'
import { workingDaysBetween } from '../calendar/working-days.ts'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import type { Decision, Milestone, Revision, RevisionInput } from './contract.ts'
import { plannedOf } from './queries.ts'
import { readForUpdate, type Who } from './write.ts'

/** Revisions, those that wait first, then the newest. */
export async function listRevisions(
  sql: Query,
  where: { project?: number | undefined; state?: Revision['state'] | undefined; id?: number },
): Promise<Revision[]> {
  const rows = await sql<Omit<Revision, 'days' | 'workingDays' | 'slipDays'>[]>`
    select r.id, r.key, r.project_id, p.name as project_name, p.unit_id, r.milestone_id,
           m.name as milestone_name, m.original_date, r.from_date, r.from_precision, r.to_date,
           r.cause_code, coalesce(c.name, r.cause_code) as cause, r.text, r.state, r.proposer,
           r.proposer_id, r.proposed_at, r.approver, r.decided_at, r.note
      from milestone_revision r
      join milestone m on m.id = r.milestone_id
      join project p on p.id = r.project_id
      left join cause c on c.code = r.cause_code
     where true
       ${where.id === undefined ? sql`` : sql`and r.id = ${where.id}`}
       ${where.project === undefined ? sql`` : sql`and r.project_id = ${where.project}`}
       ${where.state === undefined ? sql`` : sql`and r.state = ${where.state}`}
     order by (r.state = 'proposed') desc, r.proposed_at desc, r.id desc limit 500`
  return rows.map((row) => ({
    ...row,
    days: daysBetween(row.fromDate, row.toDate),
    workingDays: workingDaysBetween(row.fromDate, row.toDate),
    slipDays: row.originalDate === null ? null : daysBetween(row.originalDate, row.toDate),
  }))
}

/**
 * Proposes another planned date of a step; the same key again is the same proposal.
 * @throws ApiFailure `MILESTONE_NOT_FOUND`, 409 `REVISION_KEY_REUSED`, 409 `PLAN_DATE_CHANGED`,
 * 409 `REVISION_OPEN`, 422 `MILESTONE_DONE`, 422 `PLAN_DATE_MISSING`, 422 `SAME_DATE`,
 * 422 `TO_DATE_PAST`, 422 `CAUSE_UNKNOWN`.
 */
export async function proposeRevision(
  tx: Transaction,
  milestoneId: number,
  input: RevisionInput,
  { who, today }: { who: Who; today: string },
): Promise<{ revision: Revision; created: boolean }> {
  // Locked first: proposals and decisions on one step wait for each other.
  const milestone = await readForUpdate(tx, milestoneId)
  const repeated = await repeatedOf(tx, milestoneId, input)
  if (repeated) return { revision: repeated, created: false }
  const from = refuseProposal(milestone, input, today)
  await refuseUnknownCause(tx, input.causeCode)
  const [open] = await tx<{ proposer: string; toDate: string }[]>`
    select proposer, to_date from milestone_revision
     where milestone_id = ${milestoneId} and state = 'proposed'`
  if (open) {
    const message = `${milestone.name}已有一份待审批的调整：${open.proposer}提出改为 ${open.toDate}，审批后才能再提`
    throw new ApiFailure(409, 'REVISION_OPEN', message)
  }
  const [made] = await tx<{ id: number }[]>`
    insert into milestone_revision ${tx({
      key: input.key,
      project_id: milestone.projectId,
      milestone_id: milestoneId,
      from_date: from,
      from_precision: (milestone.revisedPrecision ?? milestone.originalPrecision) as string,
      to_date: input.toDate,
      cause_code: input.causeCode,
      text: input.text.trim(),
      state: 'proposed',
      proposer: who.name,
      proposer_id: who.id,
    })} returning id`
  return { revision: await revisionOf(tx, made?.id ?? 0), created: true }
}

/**
 * Approves or refuses a proposal, once; the same decision of the same person again is one. Approved,
 * it becomes the step's revised date; the original stays.
 * @throws ApiFailure `REVISION_NOT_FOUND`, 403 `OWN_PROPOSAL`, 409 `REVISION_DECIDED`,
 * 409 `PLAN_DATE_CHANGED`, 422 `NOTE_MISSING`, 422 `MILESTONE_DONE`.
 */
export async function decideRevision(
  tx: Transaction,
  id: number,
  { decision, note }: Decision,
  { who, today }: { who: Who; today: string },
): Promise<Revision> {
  const [seen] = await tx<{ milestoneId: number }[]>`
    select milestone_id from milestone_revision where id = ${id}`
  if (!seen) throw notFound('revision', '调整', id)
  const milestone = await readForUpdate(tx, seen.milestoneId)
  const revision = await revisionOf(tx, id)
  if (revision.state !== 'proposed') {
    if (revision.state === decision && revision.approver === who.name) return revision
    throw decided(revision.state, revision.approver)
  }
  refuseOwn(revision, who)
  refuseWithoutNote(decision, note)
  if (decision === 'approved') {
    refuseDone(milestone, today)
    const now = plannedOf(milestone)
    if (now !== revision.fromDate) throw dateChanged(now)
    await tx`
      update milestone set revised_date = ${revision.toDate}, revised_precision = 'day',
                           cause = ${revision.cause}
       where id = ${milestone.id}`
  }
  await tx`
    update milestone_revision
       set state = ${decision}, approver = ${who.name}, approver_id = ${who.id},
           decided_at = app_now(), note = ${note || null}
     where id = ${id}`
  return revisionOf(tx, id)
}

async function revisionOf(tx: Transaction, id: number): Promise<Revision> {
  const [revision] = await listRevisions(tx, { id })
  if (!revision) throw notFound('revision', '调整', id)
  return revision
}

async function repeatedOf(
  tx: Transaction,
  milestoneId: number,
  input: RevisionInput,
): Promise<Revision | null> {
  const [known] = await tx<{ id: number; same: boolean }[]>`
    select id, milestone_id = ${milestoneId} and to_date = ${input.toDate}
               and cause_code = ${input.causeCode} and text = ${input.text.trim()} as same
      from milestone_revision where key = ${input.key}`
  if (!known) return null
  if (!known.same) {
    const message = '同一个 key 已用于另一份调整：请换一个 key'
    throw fieldFailure(409, 'REVISION_KEY_REUSED', message, 'key', input.key)
  }
  return revisionOf(tx, known.id)
}

function refuseProposal(milestone: Milestone, input: RevisionInput, today: string): string {
  const { toDate, seen } = input
  refuseDone(milestone, today)
  const from = plannedOf(milestone)
  if (from === null) {
    const message = `${milestone.name}还没有计划日期：请先编制计划并报审`
    throw new ApiFailure(422, 'PLAN_DATE_MISSING', message)
  }
  if (from !== seen) throw dateChanged(from)
  if (toDate === from) {
    const message = `调整后日期 ${toDate} 与现计划相同，请填写新的日期`
    throw fieldFailure(422, 'SAME_DATE', message, 'toDate', toDate)
  }
  if (toDate <= today) {
    const message = `调整后日期 ${toDate} 应晚于今天 ${today}`
    throw fieldFailure(422, 'TO_DATE_PAST', message, 'toDate', toDate)
  }
  return from
}

async function refuseUnknownCause(tx: Transaction, code: string): Promise<void> {
  const causes = await tx<{ code: string; name: string }[]>`
    select code, name from cause where active order by ordinal, id`
  if (causes.some((one) => one.code === code)) return
  const known = causes.map((one) => `${one.code}（${one.name}）`).join('、')
  const message = `没有原因编码 ${code}：可用 ${known || '（尚未设置原因清单）'}`
  throw fieldFailure(422, 'CAUSE_UNKNOWN', message, 'causeCode', code)
}

/** A source may tell of a day to come: such a step is not done yet. */
function refuseDone({ actualDate, name }: Milestone, today: string): void {
  if (actualDate === null || actualDate > today) return
  throw new ApiFailure(422, 'MILESTONE_DONE', `${name}已于 ${actualDate} 完成，计划不能再调整`)
}

function dateChanged(now: string | null): ApiFailure {
  const message = `计划日期在此期间已改为 ${now ?? '空白'}，请核对后再定`
  return fieldFailure(409, 'PLAN_DATE_CHANGED', message, 'seen', now)
}

const words = { approved: '批准', refused: '退回' }

function decided(state: 'approved' | 'refused', by: string | null): ApiFailure {
  return new ApiFailure(409, 'REVISION_DECIDED', `这份调整已由${by ?? ''}${words[state]}`)
}

/** Nobody decides on the own proposal. @throws ApiFailure 403 `OWN_PROPOSAL`. */
export function refuseOwn(of: { proposer: string; proposerId: number | null }, who: Who): void {
  const own =
    of.proposerId !== null && who.id !== null ? of.proposerId === who.id : of.proposer === who.name
  if (own) throw new ApiFailure(403, 'OWN_PROPOSAL', '不能审批自己提出的，须由另一人审批')
}

/** @throws ApiFailure 422 `NOTE_MISSING`. */
export function refuseWithoutNote(decision: Decision['decision'], note: string | undefined): void {
  if (decision === 'approved' || note) return
  const message = '退回须说明原因，提出的人才知道要改什么'
  throw fieldFailure(422, 'NOTE_MISSING', message, 'note', null)
}
