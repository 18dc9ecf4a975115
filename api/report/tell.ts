import type { Transaction } from '../db/sql.ts'
import { notify } from '../notice/write.ts'
import type { ReportReview } from './contract.ts'

interface Reviewed {
  reportId: number
  /** The version that was reviewed. */
  key: string
  decision: ReportReview['decision']
  note: string | null
}

/** Tells who filed a report what became of it, in the transaction of the review. */
export async function tellFiler(tx: Transaction, reviewed: Reviewed): Promise<void> {
  const { reportId, key, decision, note } = reviewed
  const [report] = await tx<
    { personId: number | null; projectId: number; project: string; month: string }[]
  >`
    select r.reporter_id as person_id, r.project_id, p.name as project, r.month
      from report r join project p on p.id = r.project_id where r.id = ${reportId}`
  if (!report || report.personId === null) return
  const month = report.month.slice(0, 7)
  const isReturned = decision === 'returned'
  await notify(tx, [
    {
      key: `report/${reportId}/${key}/${decision}`,
      personId: report.personId,
      kind: isReturned ? 'report_returned' : 'report_verified',
      title: `${report.project} ${month} 月报${isReturned ? '被退回' : '已核实'}`,
      text: isReturned ? `退回原因：${note ?? ''}。请更正后重新提交。` : '无需再做什么。',
      link: `/desk?project=${report.projectId}`,
      noun: 'report',
      rowId: reportId,
    },
  ])
}
