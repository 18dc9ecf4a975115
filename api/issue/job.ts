import { addWorkingDays } from '../calendar/working-days.ts'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import type { NoticeInput } from '../notice/write.ts'
import { notify } from '../notice/write.ts'
import { daysLeft, endOfDay } from './clock.ts'
import type { IssueHolder, IssueRule } from './contract.ts'
import { type CourtRow, peopleOf } from './people.ts'
import { readIssueRule } from './rule.ts'
import { courtColumns } from './store.ts'
import { issueLink } from './tell.ts'

interface Due extends CourtRow {
  id: number
  title: string
  holder: IssueHolder
  dueAt: string
}

/**
 * Warns who holds an issue before its promise is over and after it, and the dispatch office when it
 * has been over for days. Each is said once for each promise: the notices' keys see to it.
 */
export async function warnOfIssues(db: Database, now: Date): Promise<void> {
  const author = { actor: '时限提醒', reason: '问题时限' }
  await db.transact(
    author,
    async (tx) => {
      const rule = await readIssueRule(tx)
      const until = endOfDay(addWorkingDays(chinaDate(now), rule.warnDays), rule.officeHours)
      const due = await tx<Due[]>`
        select i.id, i.holder, i.due_at, ${courtColumns(tx)}
          from issue i left join project p on p.id = i.project_id
         where i.due_at <= ${until.toISOString()}::timestamptz and i.holder <> 'none'
         order by i.id`
      const notices: NoticeInput[] = []
      for (const issue of due) notices.push(...(await warnings(tx, issue, now, rule)))
      await notify(tx, notices)
    },
    now,
  )
}

async function warnings(
  tx: Transaction,
  issue: Due,
  now: Date,
  rule: IssueRule,
): Promise<NoticeInput[]> {
  const due = new Date(issue.dueAt)
  const today = chinaDate(now)
  const left = daysLeft(now, due)
  const isOver = due < now
  const words = isOver ? overWords(-left) : left === 0 ? '今天到期' : `还剩 ${left} 个工作日`
  const to = async (court: IssueHolder, when: string) =>
    (await peopleOf(tx, court, issue, today)).map(
      (personId): NoticeInput => ({
        key: `issue/${issue.id}/${when}/${issue.dueAt}/${personId}`,
        personId,
        kind: 'issue_due',
        title: `“${issue.title}”${words}`,
        text: '',
        link: issueLink(issue.id),
        noun: 'issue',
        rowId: issue.id,
      }),
    )
  const held = await to(issue.holder, isOver ? 'over' : 'near')
  const isLong = isOver && -left >= rule.escalateDays
  return isLong ? [...held, ...(await to('manager', 'long'))] : held
}

const overWords = (days: number) => (days === 0 ? '已超期' : `超期 ${days} 个工作日`)
