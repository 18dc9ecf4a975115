import type { View } from '../db/as-of.ts'
import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import type { Report, ReportReview } from './contract.ts'
import { listReports } from './queries.ts'
import { reviewable } from './rules.ts'
import { tellFiler } from './tell.ts'

const words: Record<Report['status'], string> = {
  submitted: '待核实',
  verified: '已核实',
  returned: '已退回',
}

/**
 * Verifies a report, or returns it with a note; the same decision twice is one.
 * @throws ApiFailure `REPORT_NOT_FOUND`, 422 `REVIEW_NOTE_MISSING`, 409 `REPORT_REPLACED`,
 * 409 `REPORT_STATE`.
 */
export async function reviewReport(
  tx: Transaction,
  id: number,
  review: ReportReview,
  { reviewer, view }: { reviewer: string; view: View },
): Promise<Report> {
  const { decision, key } = review
  const note = review.note || null
  if (decision === 'returned' && note === null) {
    const message = '退回须说明原因，填报单位才知道要改什么'
    throw fieldFailure(422, 'REVIEW_NOTE_MISSING', message, 'note', null)
  }
  const [stored] = await tx<Pick<Report, 'key' | 'status' | 'projectId' | 'month'>[]>`
    select key, status, project_id, month from report where id = ${id} for update`
  if (!stored) throw notFound('report', '填报', id)
  if (stored.key !== key) {
    const message = '这份填报在您核对期间已被更正，请看过新的一份再决定'
    throw new ApiFailure(409, 'REPORT_REPLACED', message)
  }
  if (stored.status !== decision) {
    refuseState(stored.status, decision)
    await tx`
      update report set status = ${decision}, reviewer = ${reviewer}, reviewed_at = app_now(),
                        review_note = ${note}
       where id = ${id}`
    await tellFiler(tx, { reportId: id, key, decision, note })
  }
  const where = { project: stored.projectId, month: stored.month, limit: 1 }
  const [report] = await listReports(tx, view, where)
  if (!report) throw new ApiFailure(500, 'INTERNAL', '填报没有写入')
  return report
}

function refuseState(status: Report['status'], decision: ReportReview['decision']): void {
  if (reviewable[decision].includes(status)) return
  const wanted = decision === 'verified' ? '核实' : '退回'
  throw new ApiFailure(409, 'REPORT_STATE', `这份填报${words[status]}，不能${wanted}`)
}
