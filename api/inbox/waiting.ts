import type { Permission } from '../access.ts'
import { daysBetween } from '../calendar/days.ts'
import type { Transaction } from '../db/sql.ts'
import type { Self } from '../dispatch/owner.ts'
import type { Viewer } from '../person/viewer.ts'
import type { Inbox, InboxItem } from './contract.ts'
import { waitingDispatches } from './waiting-dispatch.ts'
import { waitingIssues } from './waiting-issue.ts'
import { waitingMilestones } from './waiting-milestone.ts'
import { waitingReports } from './waiting-report.ts'

/** For whom something may wait, as whom, and when. */
export interface Waiter {
  viewer: Viewer
  self: Self
  may: ReadonlySet<Permission>
  now: Date
  today: string
}

/** What each noun says of its things that wait; how late they are is the same for all. */
export type Waiting = Omit<InboxItem, 'overdueDays'>

/** Most things shown; the oldest promises are among them. */
const most = 500

/** What waits for somebody, of every noun. */
export async function readWaiting(tx: Transaction, waiter: Waiter): Promise<Waiting[]> {
  return [
    ...(await waitingDispatches(tx, waiter)),
    ...(await waitingIssues(tx, waiter)),
    ...(await waitingReports(tx, waiter)),
    ...(await waitingMilestones(tx, waiter)),
  ]
}

/** The same with how late each is, the oldest promise first. */
export async function readInbox(tx: Transaction, waiter: Waiter): Promise<Inbox> {
  const { today } = waiter
  const found = await readWaiting(tx, waiter)
  const rows = found
    .map((item) => ({ ...item, overdueDays: lateness(item, today) }))
    .sort(oldestPromise)
  return {
    date: today,
    total: rows.length,
    overdue: rows.filter(({ overdueDays }) => overdueDays > 0).length,
    rows: rows.slice(0, most),
  }
}

const lateness = ({ dueOn }: Waiting, today: string) =>
  dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today))

/** No promise: after every promise, by how long it waits. */
function oldestPromise(a: InboxItem, b: InboxItem): number {
  const [due, other] = [a.dueOn ?? '9999', b.dueOn ?? '9999']
  if (due !== other) return due < other ? -1 : 1
  if (a.since !== b.since) return a.since < b.since ? -1 : 1
  return a.key < b.key ? -1 : 1
}
