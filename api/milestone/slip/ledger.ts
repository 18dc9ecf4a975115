/*
 * The slip ledger: every change of a date of a project's steps, read from history, so that nothing
 * that was ever written can be missing from it.
 */
import { daysBetween } from '../../calendar/days.ts'
import { workingDaysBetween } from '../../calendar/working-days.ts'
import type { View } from '../../db/as-of.ts'
import type { Query } from '../../db/sql.ts'
import type { LedgerRow } from './contract.ts'

interface Version {
  milestoneId: number
  name: string
  at: string
  actor: string
  reason: string | null
  cause: string | null
  original: string | null
  revised: string | null
  forecast: string | null
  actual: string | null
}

interface Approved {
  milestoneId: number
  toDate: string
  decidedAt: string
  cause: string
  text: string
  proposer: string
  approver: string
}

const fields = ['original', 'revised', 'forecast', 'actual'] as const

/** Every change of a date of one project, as known in the view, newest first. */
export async function readLedger(sql: Query, view: View, project: number): Promise<LedgerRow[]> {
  const until = view.asOf === null ? sql`` : sql`and lower(during) <= ${view.asOf}::timestamptz`
  const versions = await sql<Version[]>`
    select id as milestone_id, name, lower(during) as at, actor, reason, cause, original_date as original,
           revised_date as revised, forecast_date as forecast, actual_date as actual
      from milestone_history where project_id = ${project} ${until}
     order by id, lower(during)`
  const approvals = await sql<Approved[]>`
    select r.milestone_id, r.to_date, r.decided_at, coalesce(c.name, r.cause_code) as cause, r.text,
           r.proposer, r.approver
      from milestone_revision r left join cause c on c.code = r.cause_code
     where r.project_id = ${project} and r.state = 'approved'
       ${view.asOf === null ? sql`` : sql`and r.decided_at <= ${view.asOf}::timestamptz`}
     order by r.decided_at desc`
  return changesOf(versions, approvals).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** What differs from one version of a step to the next; `versions` by step and in order of time. */
export function changesOf(
  versions: readonly Version[],
  approvals: readonly Approved[],
): LedgerRow[] {
  return versions.flatMap((version, at) => {
    const last = versions[at - 1]
    const before = last?.milestoneId === version.milestoneId ? last : null
    return fields.flatMap((field) => {
      const [from, to] = [before?.[field] ?? null, version[field]]
      return from === to ? [] : [rowOf(version, field, from, approvals)]
    })
  })
}

function rowOf(
  version: Version,
  field: LedgerRow['field'],
  before: string | null,
  approvals: readonly Approved[],
): LedgerRow {
  const { milestoneId, name, at, actor, original } = version
  const to = version[field]
  // A first revision moves the original plan.
  const from = before ?? (field === 'revised' ? original : null)
  const approval = field === 'revised' ? approvalOf(version, approvals) : undefined
  const isCorrection = field === 'original' && before !== null
  const both = from !== null && to !== null
  return {
    at,
    milestoneId,
    name,
    field,
    from,
    to,
    days: both ? daysBetween(from, to) : null,
    workingDays: both ? workingDaysBetween(from, to) : null,
    cause: approval?.cause ?? (field === 'forecast' ? version.cause : null),
    text: approval?.text ?? version.reason,
    proposer: approval?.proposer ?? actor,
    approver: approval?.approver ?? null,
    slipDays: to === null || original === null ? null : daysBetween(original, to),
    isCorrection,
  }
}

/** The decision that made a version: the last one before it for its date. */
const approvalOf = (
  { milestoneId, revised, at }: Version,
  approvals: readonly Approved[],
): Approved | undefined =>
  approvals.find(
    (one) => one.milestoneId === milestoneId && one.toDate === revised && one.decidedAt <= at,
  )
