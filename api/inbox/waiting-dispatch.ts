import type { Query } from '../db/sql.ts'
import { ownedBy } from '../dispatch/owner.ts'
import { idText } from '../person/viewer.ts'
import type { InboxKind } from './contract.ts'
import type { Waiter, Waiting } from './waiting.ts'

interface Row {
  id: number
  dispatchId: number
  number: string
  title: string
  kind: InboxKind
  since: string
  dueOn: string
}

/** Tasks to acknowledge, to answer and to check, requests for more time, and what stands before a body. */
export async function waitingDispatches(sql: Query, waiter: Waiter): Promise<Waiting[]> {
  const { self, today } = waiter
  const mine = sql`d.sender_id = any(${idText(self.persons)}::bigint[])`
  const rows = await sql<Row[]>`
    select t.id, t.dispatch_id, d.number, d.title, t.due_on,
           coalesce((select max(s.at) from dispatch_step s where s.task_id = t.id), d.sent_at) as since,
           case when t.state = 'answered' then 'dispatch_check'
                when ${mine} and t.asked_due_on is not null then 'dispatch_extension'
                when t.state = 'sent' then 'dispatch_acknowledge' else 'dispatch_answer' end as kind
      from dispatch_task t join dispatch d on d.id = t.dispatch_id
     where (t.state in ('sent', 'acknowledged', 'in_progress') and ${ownedBy(sql, self)})
        or (${mine} and (t.state = 'answered' or t.asked_due_on is not null and t.ended_at is null))`
  return [
    ...rows.map(({ id, dispatchId, number, title, ...row }) => ({
      ...row,
      key: `${row.kind}-${id}`,
      title: `${number} ${title}`,
      count: 1,
      project: null,
      link: `/desk?open=dispatch&dispatch=${dispatchId}`,
    })),
    ...(await beforeBodies(sql, self.bodies, today)),
  ]
}

/** One entry for each body that the asker sits on: its list is the place to go on. */
async function beforeBodies(
  sql: Query,
  bodies: readonly number[],
  today: string,
): Promise<Waiting[]> {
  const rows = await sql<
    { id: number; name: string; count: number; since: string; dueOn: string }[]
  >`
    select b.id, b.name, count(*) as count, min(t.due_on) as due_on,
           min(i.entered_on)::timestamp at time zone 'Asia/Shanghai' as since
      from dispatch_task_body i join body b on b.id = i.body_id join dispatch_task t on t.id = i.task_id
     where i.left_on is null and i.body_id = any(${idText(bodies)}::bigint[]) and t.due_on < ${today}::date
     group by b.id, b.name`
  return rows.map(({ id, name, ...row }) => ({
    ...row,
    key: `body_item-${id}`,
    kind: 'body_item',
    title: name,
    project: null,
    link: `/desk?open=body&body=${id}`,
  }))
}
