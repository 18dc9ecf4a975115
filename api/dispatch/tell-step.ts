import { readSitting } from '../body/queries.ts'
import type { Query } from '../db/sql.ts'
import type { NoticeInput } from '../notice/write.ts'
import type { TaskAction } from './contract.ts'
import { notices, type ToldTask, toldTasks } from './tell.ts'

interface Told {
  kind: NoticeInput['kind']
  /** Who is told, beside nobody who did it. */
  to: 'owner' | 'sender' | 'body'
  what: string
}

const told: Record<TaskAction, Told> = {
  acknowledge: { kind: 'dispatch_progress', to: 'sender', what: '已签收' },
  progress: { kind: 'dispatch_progress', to: 'sender', what: '有进展' },
  answer: { kind: 'dispatch_progress', to: 'sender', what: '已反馈，请检查' },
  check: { kind: 'dispatch_closed', to: 'owner', what: '已通过检查' },
  return: { kind: 'dispatch_received', to: 'owner', what: '被退回，请继续办理' },
  recall: { kind: 'dispatch_recalled', to: 'owner', what: '已撤回' },
  ask_extension: { kind: 'dispatch_progress', to: 'sender', what: '申请延期，请决定' },
  grant_extension: { kind: 'dispatch_progress', to: 'owner', what: '同意延期' },
  refuse_extension: { kind: 'dispatch_progress', to: 'owner', what: '不同意延期' },
  escalate: { kind: 'dispatch_escalated', to: 'body', what: '已提级' },
}

/** What others are to hear of a step; the key of the step names it, so a repeat tells nothing. */
export async function tellOfStep(
  sql: Query,
  task: number,
  step: { key: string | null; action: TaskAction; note: string | null; dueOn: string | null },
  { personId, name, today }: { personId: number | null; name: string; today: string },
): Promise<NoticeInput[]> {
  const [about] = await toldTasks(sql, [task], today)
  if (!about) return []
  const { kind, to, what } = told[step.action]
  const persons = await receivers(sql, about, to, today)
  const until = step.dueOn === null ? '' : `（${step.dueOn}）`
  return notices(
    about,
    persons.filter((id) => id !== personId),
    {
      event: step.key ?? step.action,
      kind,
      title: `${about.number} ${what}${until}`,
      text: [`${name}：${about.title}`, step.note].filter(Boolean).join('。'),
    },
  )
}

async function receivers(
  sql: Query,
  task: ToldTask,
  to: Told['to'],
  today: string,
): Promise<number[]> {
  if (to === 'owner') return task.people
  if (to === 'sender') return [task.senderId]
  return [...task.people, ...(await sittingOver(sql, task.id, today))]
}

/** Who sits on the body that a task stands before. */
export async function sittingOver(sql: Query, task: number, today: string): Promise<number[]> {
  const [item] = await sql<{ bodyId: number }[]>`
    select body_id from dispatch_task_body
     where task_id = ${task} and left_on is null`
  if (!item) return []
  return (await readSitting(sql, [item.bodyId], today)).map(({ personId }) => personId)
}
