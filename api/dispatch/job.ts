import { workingDaysBetween } from '../calendar/working-days.ts'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { notify } from '../notice/write.ts'
import type { DispatchRule, TaskState } from './contract.ts'
import { climbLadder } from './ladder.ts'
import { warningOf } from './rules.ts'
import { readDispatchRule } from './setting.ts'
import { notices, toldTasks } from './tell.ts'
import { sittingOver } from './tell-step.ts'

const author = { actor: '系统', reason: '调度单期限' }

/**
 * Warns of orders shortly before, on and after the day that they are due on, and takes what stays
 * unresolved to the next body of the ladder. Each task has a transaction of its own, and what is
 * written names its event: run again, or after a crash, it goes on where it was.
 */
export async function watchDispatches(db: Database, now: Date): Promise<void> {
  const today = chinaDate(now)
  const rule = await readDispatchRule(db.sql)
  const due = await db.sql<{ id: number }[]>`
    select task_id as id from dispatch_task_body
     where left_on is null and next_on <= ${today}::date order by id`
  for (const { id } of due) await db.transact(author, (tx) => climb(tx, id, today), now)
  for (const task of await toWarn(db, today, rule)) {
    await db.transact(author, (tx) => warn(tx, task, today, rule), now)
  }
  await tellAtTop(db, now, today)
}

async function climb(tx: Transaction, id: number, today: string): Promise<void> {
  const hops = await climbLadder(tx, id, today)
  for (const { name, enteredOn } of hops) {
    await tx`
      insert into dispatch_step (task_id, action, state, by_name, at, note)
      select id, 'escalated', state, ${author.actor}, app_now(), ${`逾期未办结，${enteredOn} 起由${name}协调`}
        from dispatch_task where id = ${id}`
  }
  const last = hops.at(-1)
  const [task] = last ? await toldTasks(tx, [id], today) : []
  if (!last || !task) return
  const persons = [...(await sittingOver(tx, id, today)), task.senderId, ...task.people]
  await notify(
    tx,
    notices(task, persons, {
      event: `body/${last.bodyId}`,
      kind: 'dispatch_escalated',
      title: `${task.number} 逾期未办结，提级到${last.name}`,
      text: `${task.title}，期限 ${task.dueOn}。`,
    }),
  )
}

type Warned = { id: number; state: TaskState; dueOn: string; warned: string | null }

/** The tasks whose present warning has not been given. */
async function toWarn(db: Database, today: string, { warnWd }: DispatchRule): Promise<Warned[]> {
  // Wide enough for the longest holidays; `warningOf` decides.
  const horizon = warnWd * 4 + 14
  const open = await db.sql<Warned[]>`
    select id, state, due_on, warned from dispatch_task
     where ended_at is null and due_on <= ${today}::date + ${horizon}::integer order by due_on, id`
  return open.filter((task) => {
    const event = eventOf(task, today, warnWd)
    return event !== null && event !== task.warned
  })
}

function eventOf(task: Warned, today: string, warnWd: number): string | null {
  const warning = warningOf(task, today, warnWd)
  return warning === null ? null : `${warning}/${task.dueOn}`
}

async function warn(
  tx: Transaction,
  { id }: Warned,
  today: string,
  { warnWd }: DispatchRule,
): Promise<void> {
  // As it stands now: it may have been answered since it was read.
  const [row] = await tx<Warned[]>`
    select id, state, due_on, warned from dispatch_task where id = ${id} for update`
  const event = row ? eventOf(row, today, warnWd) : null
  if (!row || event === null || event === row.warned) return
  await tx`update dispatch_task set warned = ${event} where id = ${id}`
  const [task] = await toldTasks(tx, [id], today)
  if (!task) return
  const isLate = today > task.dueOn
  const title = isLate
    ? `${task.number} 已逾期，期限是 ${task.dueOn}`
    : today === task.dueOn
      ? `${task.number} 今天到期`
      : `${task.number} 还有 ${workingDaysBetween(today, task.dueOn)} 个工作日到期`
  const persons = isLate ? [...task.people, task.senderId] : task.people
  await notify(tx, notices(task, persons, { event, kind: 'dispatch_due', title, text: task.title }))
}

type Stuck = { id: number; item: number; name: string; since: string; wd: number }

/** What stays unresolved at the top stays there; those who sit there and the sender are told, once. */
async function tellAtTop(db: Database, now: Date, today: string): Promise<void> {
  const stuck = await db.sql<Stuck[]>`
    select t.id, i.id as item, b.name, greatest(i.entered_on, t.due_on) as since, b.escalate_after_wd as wd
      from dispatch_task_body i join body b on b.id = i.body_id join dispatch_task t on t.id = i.task_id
     where i.left_on is null and i.next_on is null and i.told_on is null
       and t.due_on < ${today}::date
     order by i.id`
  for (const one of stuck) {
    if (workingDaysBetween(one.since, today) < one.wd) continue
    await db.transact(author, (tx) => tellStuck(tx, one, today), now)
  }
}

async function tellStuck(tx: Transaction, { id, item, name }: Stuck, today: string): Promise<void> {
  const rows = await tx`
    update dispatch_task_body set told_on = ${today}
     where id = ${item} and told_on is null and left_on is null returning id`
  const [task] = rows.length > 0 ? await toldTasks(tx, [id], today) : []
  if (!task) return
  const persons = [...(await sittingOver(tx, id, today)), task.senderId]
  const title = `${task.number} 在${name}仍未办结，已无上级机构`
  const event = 'top'
  const kind = 'dispatch_escalated'
  await notify(tx, notices(task, persons, { event, kind, title, text: task.title }))
}
