import { workingDaysBetween } from '../calendar/working-days.ts'
import type { DispatchState, TaskAction, TaskState } from './contract.ts'

/** What the rules look at of a task. */
export interface Task {
  state: TaskState
  firstDueOn: string
  dueOn: string
  askedDueOn: string | null
  /** It stands before a body that has one above it. */
  mayClimb: boolean
}

/** In which capacities somebody acts; several at once are possible. */
export interface Capacity {
  owner: boolean
  sender: boolean
  /** Sits on the body that the task stands before, which has the right. */
  closes: boolean
  extends: boolean
  escalates: boolean
}

export interface TaskStep {
  action: TaskAction
  note: string | null
  dueOn: string | null
}

/** Why a step is not taken; `field` where a field of the request would change that. */
export interface Refusal {
  status: 403 | 409 | 422
  code: string
  message: string
  field?: 'note' | 'dueOn'
}

type Verdict = { task: Task; refusal?: undefined } | { task?: undefined; refusal: Refusal }

interface Rule {
  from: readonly TaskState[]
  to: TaskState | null
  by: readonly (keyof Capacity)[]
  /** What the note has to say, for the one who left it out. */
  note?: string
}

const open = ['sent', 'acknowledged', 'in_progress', 'answered'] as const
const atWork = ['acknowledged', 'in_progress'] as const

/** The whole machine. `to` null: the state stays. Nothing but a check or a recall ends a task. */
export const taskRules: Readonly<Record<TaskAction, Rule>> = {
  acknowledge: { from: ['sent'], to: 'acknowledged', by: ['owner'] },
  progress: { from: atWork, to: 'in_progress', by: ['owner'], note: '请写明进展' },
  answer: { from: atWork, to: 'answered', by: ['owner'], note: '请写明办理结果' },
  check: { from: ['answered'], to: 'checked', by: ['sender', 'closes'] },
  return: {
    from: ['answered'],
    to: 'in_progress',
    by: ['sender', 'closes'],
    note: '退回须说明原因，承办方才知道要改什么',
  },
  recall: { from: open, to: 'recalled', by: ['sender'], note: '撤回须说明原因' },
  ask_extension: { from: atWork, to: null, by: ['owner'], note: '请写明为什么要延期' },
  grant_extension: { from: atWork, to: null, by: ['sender', 'extends'] },
  refuse_extension: {
    from: atWork,
    to: null,
    by: ['sender', 'extends'],
    note: '不同意延期须说明原因',
  },
  escalate: { from: open, to: null, by: ['sender', 'escalates'], note: '提级须说明原因' },
}

const words: Record<TaskState, string> = {
  sent: '待签收',
  acknowledged: '已签收',
  in_progress: '办理中',
  answered: '待检查',
  checked: '已办结',
  recalled: '已撤回',
}

/** The actions that somebody may take on a task as it stands. */
export function actionsOn(task: Task, capacity: Capacity): TaskAction[] {
  return (Object.keys(taskRules) as TaskAction[]).filter((action) => {
    const rule = taskRules[action]
    return (
      rule.by.some((role) => capacity[role]) &&
      rule.from.includes(task.state) &&
      asked(action, task) &&
      (action !== 'escalate' || task.mayClimb)
    )
  })
}

/** A request for more time is decided on once, and there is one at a time. */
function asked(action: TaskAction, { askedDueOn }: Task): boolean {
  if (action === 'ask_extension') return askedDueOn === null
  if (action === 'grant_extension' || action === 'refuse_extension') return askedDueOn !== null
  return true
}

/**
 * The task after a step, or why the step is not taken. Days move later only, and only by an approved
 * extension: work that was returned goes on under its old due day.
 */
export function transition(task: Task, step: TaskStep, capacity: Capacity, today: string): Verdict {
  const rule = taskRules[step.action]
  if (!rule.by.some((role) => capacity[role])) {
    return refused(403, 'DISPATCH_FORBIDDEN', whoMay[step.action])
  }
  if (!actionsOn(task, capacity).includes(step.action)) {
    return refused(409, 'DISPATCH_STATE', `这项任务${words[task.state]}，现在不能这样办理`)
  }
  if (rule.note !== undefined && !step.note?.trim()) {
    return refused(422, 'NOTE_MISSING', rule.note, 'note')
  }
  if (step.action === 'ask_extension') return ask(task, step.dueOn, today)
  const state = rule.to ?? task.state
  if (step.action !== 'grant_extension') {
    const dropsAsk = step.action === 'refuse_extension' || step.action === 'answer'
    return {
      task: { ...task, state, askedDueOn: dropsAsk || ends(state) ? null : task.askedDueOn },
    }
  }
  const dueOn = step.dueOn ?? task.askedDueOn ?? task.dueOn
  if (dueOn <= task.dueOn) return later(task.dueOn)
  return { task: { ...task, state, dueOn, askedDueOn: null } }
}

const ends = (state: TaskState) => state === 'checked' || state === 'recalled'

function ask(task: Task, dueOn: string | null, today: string): Verdict {
  if (dueOn === null || dueOn <= task.dueOn) return later(task.dueOn)
  if (dueOn < today) {
    return refused(422, 'DUE_PAST', `延期到的日期 ${dueOn} 已经过去，今天是 ${today}`, 'dueOn')
  }
  return { task: { ...task, askedDueOn: dueOn } }
}

const later = (dueOn: string) =>
  refused(422, 'DUE_NOT_LATER', `延期须晚于现在的期限 ${dueOn}`, 'dueOn')

const whoMay: Record<TaskAction, string> = {
  acknowledge: '只有承办方可以签收',
  progress: '只有承办方可以填写进展',
  answer: '只有承办方可以反馈结果',
  check: '只有下达人或有权办结的协调机构可以通过检查',
  return: '只有下达人或有权办结的协调机构可以退回',
  recall: '只有下达人可以撤回',
  ask_extension: '只有承办方可以申请延期',
  grant_extension: '只有下达人或有权延期的协调机构可以同意延期',
  refuse_extension: '只有下达人或有权延期的协调机构可以决定延期',
  escalate: '只有下达人或有权提级的协调机构可以提级',
}

function refused(
  status: Refusal['status'],
  code: string,
  message: string,
  field?: 'note' | 'dueOn',
): { refusal: Refusal } {
  return { refusal: { status, code, message, ...(field ? { field } : {}) } }
}

/** The state of an order by those of its tasks: closed once each that was not recalled is checked. */
export function orderState(tasks: readonly TaskState[]): DispatchState {
  if (tasks.some((state) => !ends(state))) return 'open'
  return tasks.includes('checked') ? 'closed' : 'recalled'
}

/** Which warning a task that is not answered has come to: shortly before it is due, that day, after. */
export function warningOf(
  { state, dueOn }: Pick<Task, 'state' | 'dueOn'>,
  today: string,
  warnWd: number,
): 'before' | 'due' | 'after' | null {
  if (state === 'answered' || ends(state)) return null
  if (today > dueOn) return 'after'
  if (today === dueOn) return 'due'
  return workingDaysBetween(today, dueOn) <= warnWd ? 'before' : null
}
