import { chinaDate } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { Issue } from '../issue/contract.ts'
import { courtsOf } from '../issue/parties.ts'
import { listIssues } from '../issue/queries.ts'
import type { InboxKind } from './contract.ts'
import type { Waiter, Waiting } from './waiting.ts'

const kinds: Partial<Record<Issue['state'], InboxKind>> = {
  collected: 'issue_screen',
  screened: 'issue_screen',
  assigned: 'issue_accept',
  done: 'issue_verify',
  verified: 'issue_confirm',
  confirmed: 'issue_verify',
  escalated: 'issue_decide',
}

/** The issues whose next step is the asker's, by what that step is. */
export async function waitingIssues(sql: Query, { viewer, now }: Waiter): Promise<Waiting[]> {
  const asking = { courts: courtsOf(viewer), now }
  const { rows } = await listIssues(sql, { mine: true, limit: 200 }, asking)
  return rows.map((issue) => ({
    key: `issue-${issue.id}-${issue.version}`,
    kind: issue.ask === null ? (kinds[issue.state] ?? 'issue_work') : 'issue_decide',
    title: issue.title,
    count: 1,
    project: issue.project,
    since: issue.heldSince,
    dueOn: issue.dueAt === null ? null : chinaDate(new Date(issue.dueAt)),
    link: `/desk?open=issue&issue=${issue.id}`,
  }))
}
