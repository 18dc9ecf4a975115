import type { Transaction } from '../db/sql.ts'
import type { Self } from '../dispatch/owner.ts'
import { toldTasks } from '../dispatch/tell.ts'
import { ApiFailure, notFound } from '../http/failure.ts'
import { type NoticeInput, notify } from '../notice/write.ts'
import { peopleAnswering } from '../report/job.ts'
import type { Reminded, ReminderInput } from './contract.ts'

interface Reminding {
  self: Self
  /** Name of who reminds. */
  name: string
  today: string
}

/**
 * Reminds (催办) those who answer for a project of its reports, or the owner of a task of the asker's own
 * order; the same thing once a day, however often it is pressed.
 * @throws ApiFailure 404 `PROJECT_NOT_FOUND`, `DISPATCH_TASK_NOT_FOUND`; 403 `REMINDER_FORBIDDEN`.
 */
export async function remind(
  tx: Transaction,
  { noun, id }: ReminderInput,
  reminding: Reminding,
): Promise<Reminded> {
  const notices =
    noun === 'report' ? await ofReports(tx, id, reminding) : await ofTask(tx, id, reminding)
  return { people: notices.length, told: await notify(tx, notices) }
}

async function ofReports(
  tx: Transaction,
  id: number,
  { name, today }: Reminding,
): Promise<NoticeInput[]> {
  const [project] = await tx<{ name: string }[]>`select name from project where id = ${id}`
  if (!project) throw notFound('project', '项目', id)
  const people = await peopleAnswering(tx, id, today)
  return people.map((personId) => ({
    key: `agenda/report/${id}/${today}/p${personId}`,
    personId,
    kind: 'report_due',
    title: `催报：${project.name}`,
    text: `${name}催办：${project.name}的月报还没有报，请尽快填报。`,
    link: `/desk?project=${id}`,
    noun: 'project',
    rowId: id,
  }))
}

async function ofTask(
  tx: Transaction,
  id: number,
  { self, name, today }: Reminding,
): Promise<NoticeInput[]> {
  const [task] = await toldTasks(tx, [id], today)
  if (!task) throw notFound('dispatch_task', '调度任务', id)
  if (!self.persons.includes(task.senderId)) {
    throw new ApiFailure(403, 'REMINDER_FORBIDDEN', '只有下达这张调度单的人可以催办')
  }
  return task.people.map((personId) => ({
    key: `agenda/dispatch/${id}/${today}/p${personId}`,
    personId,
    kind: 'dispatch_due',
    title: `催办：${task.number} ${task.title}`,
    text: `${name}催办：${task.number} 应于 ${task.dueOn} 前反馈，请尽快办理。`,
    link: `/desk?open=dispatch&dispatch=${task.dispatchId}`,
    noun: 'dispatch',
    rowId: task.dispatchId,
  }))
}
