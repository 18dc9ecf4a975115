/*
 * The way of an issue as a table: what can be done from which state, by whom, and what it needs.
 * Pure; advance.ts makes the new facts, step.ts keeps them.
 */
import { type IssueAction, type IssueHolder, IssueState, type IssueStepInput } from './contract.ts'

/** The dispatch office, who answers for the issue, who raised it. The program itself may do everything. */
export type Party = 'manager' | 'lead' | 'raiser' | 'program'

/** An issue as the rules see it. Instants as ISO text. */
export interface IssueFacts {
  state: IssueState
  holder: IssueHolder
  /** Since when it lies in this court, of this lead or body. */
  heldSince: string
  severity: 'normal' | 'urgent'
  leadDepartmentId: number | null
  leadUnitId: number | null
  leadPersonId: number | null
  bodyId: number | null
  cause: string | null
  receivedAt: string
  assignedAt: string | null
  acceptedAt: string | null
  contactedAt: string | null
  doneAt: string | null
  verifiedAt: string | null
  confirmedAt: string | null
  closedAt: string | null
  doneById: number | null
  dueAt: string | null
  contactDue: string | null
  firstDue: string | null
  finishDue: string | null
  pausedAt: string | null
  ask: 'extension' | 'pause' | null
  askDays: number | null
  returned: number
  extended: number
  reopened: number
  escalated: number
  rating: number | null
  mergedIntoId: number | null
  version: number
}

/** One who acts: null is a program. */
export interface Doer {
  id: number | null
  parties: readonly Party[]
}

type Need = 'note' | 'lead' | 'cause' | 'days' | 'into' | 'body'

interface Transition {
  from: readonly IssueState[]
  /** Left out: the state stays. */
  to?: IssueState
  by: readonly Party[]
  needs?: readonly Need[]
  /** What must have been asked for; without it nothing may be waiting that it would pass over. */
  answers?: 'extension' | 'pause'
}

const underWay: readonly IssueState[] = ['accepted', 'in_hand']
/** Where an issue has come to an end. */
export const closed: readonly IssueState[] = ['archived', 'not_accepted', 'merged']
const open = IssueState.options.filter((state) => !closed.includes(state))

export const transitions: Readonly<Record<IssueAction, Transition>> = {
  screen: { from: ['collected'], to: 'screened', by: ['manager'], needs: ['cause'] },
  refuse: {
    from: ['collected', 'screened'],
    to: 'not_accepted',
    by: ['manager'],
    needs: ['note'],
  },
  merge: {
    from: ['collected', 'screened', 'assigned', 'accepted', 'in_hand'],
    to: 'merged',
    by: ['manager'],
    needs: ['into'],
  },
  assign: {
    from: ['screened', 'escalated', 'long_term'],
    to: 'assigned',
    by: ['manager'],
    needs: ['lead'],
  },
  accept: { from: ['assigned'], to: 'accepted', by: ['lead'] },
  return: { from: ['assigned'], to: 'screened', by: ['lead'], needs: ['note'] },
  begin: { from: ['accepted'], to: 'in_hand', by: ['lead'] },
  contact: { from: underWay, by: ['lead'], needs: ['note'] },
  finish: { from: ['in_hand'], to: 'done', by: ['lead'], needs: ['note'] },
  verify: { from: ['done'], to: 'verified', by: ['manager'] },
  reject: { from: ['done'], to: 'in_hand', by: ['manager'], needs: ['note'] },
  confirm: { from: ['verified'], to: 'confirmed', by: ['raiser'] },
  reopen: { from: ['verified', 'confirmed'], to: 'in_hand', by: ['raiser'], needs: ['note'] },
  archive: { from: ['confirmed'], to: 'archived', by: ['manager'] },
  ask_extension: { from: underWay, by: ['lead'], needs: ['note', 'days'] },
  grant_extension: { from: underWay, by: ['manager'], answers: 'extension' },
  deny_extension: { from: underWay, by: ['manager'], needs: ['note'], answers: 'extension' },
  ask_pause: { from: underWay, by: ['lead'], needs: ['note'] },
  grant_pause: { from: underWay, by: ['manager'], answers: 'pause' },
  deny_pause: { from: underWay, by: ['manager'], needs: ['note'], answers: 'pause' },
  resume: { from: underWay, by: ['lead', 'manager'] },
  escalate: {
    from: ['assigned', 'accepted', 'in_hand', 'escalated', 'long_term'],
    to: 'escalated',
    by: ['manager', 'program'],
    needs: ['body'],
  },
  shelve: {
    from: ['accepted', 'in_hand', 'escalated'],
    to: 'long_term',
    by: ['manager'],
    needs: ['note'],
  },
  revive: { from: ['long_term'], to: 'in_hand', by: ['manager', 'lead'] },
  note: { from: open, by: ['manager', 'lead', 'raiser'], needs: ['note'] },
}

/** The court that the ball lies in, by the state. */
export const holderOf: Readonly<Record<IssueState, IssueHolder>> = {
  collected: 'manager',
  screened: 'manager',
  assigned: 'lead',
  accepted: 'lead',
  in_hand: 'lead',
  done: 'manager',
  verified: 'raiser',
  confirmed: 'manager',
  archived: 'none',
  escalated: 'body',
  long_term: 'lead',
  not_accepted: 'none',
  merged: 'none',
}

export const isOpen = (state: IssueState): boolean => open.includes(state)

/** The words are the raiser's until they are screened, then the dispatch office's. */
export const mayEdit = (state: IssueState, { parties }: Doer): boolean =>
  isOpen(state) &&
  (parties.includes('manager') || (parties.includes('raiser') && state === 'collected'))

/** Why something cannot be done; `field` is what the input lacks. */
export interface Refusal {
  code:
    | 'ISSUE_STATE'
    | 'ISSUE_FORBIDDEN'
    | 'ISSUE_SAME_PERSON'
    | 'ISSUE_RETURNED_ONCE'
    | 'ISSUE_EXTENDED_OUT'
    | 'ISSUE_INCOMPLETE'
  message: string
  field?: string
}

export const stateWords: Record<IssueState, string> = {
  collected: '待甄别',
  screened: '待交办',
  assigned: '待签收',
  accepted: '已签收',
  in_hand: '办理中',
  done: '待核实',
  verified: '待评价',
  confirmed: '待归档',
  archived: '已归档',
  escalated: '已提级',
  long_term: '已挂账',
  not_accepted: '不予受理',
  merged: '已合并',
}

const askWords = { extension: '延期', pause: '暂停计时' } as const

/** Whether somebody may do this now, whatever the input says; null: yes. */
export function refusal(
  issue: IssueFacts,
  action: IssueAction,
  doer: Doer,
  rule: { extensions: number },
): Refusal | null {
  const { from, by } = transitions[action]
  if (!from.includes(issue.state)) {
    return {
      code: 'ISSUE_STATE',
      message: `这个问题现在“${stateWords[issue.state]}”，这一步做不了`,
    }
  }
  const waiting = waitingRefusal(issue, action)
  if (waiting) return waiting
  if (!by.some((party) => doer.parties.includes(party))) {
    return { code: 'ISSUE_FORBIDDEN', message: `这一步由${by.map(partyWord).join('或')}办理` }
  }
  if (action === 'return' && issue.returned > 0) {
    const message = '这个问题已被退回过一次，不能再退；确有困难请申请延期或提请上级协调'
    return { code: 'ISSUE_RETURNED_ONCE', message }
  }
  if (action === 'ask_extension' && issue.extended >= rule.extensions) {
    const message = `最多延期 ${rule.extensions} 次，已经用完；请提请上级协调或挂账`
    return { code: 'ISSUE_EXTENDED_OUT', message }
  }
  return samePerson(issue, action, doer)
}

/** A stopped clock lets only go on; what was asked for is answered before anything else is. */
function waitingRefusal(issue: IssueFacts, action: IssueAction): Refusal | null {
  const { answers } = transitions[action]
  const refuse = (message: string): Refusal => ({ code: 'ISSUE_STATE', message })
  if (answers !== undefined && issue.ask !== answers) {
    return refuse(`没有人在申请${askWords[answers]}`)
  }
  if (issue.ask !== null && (action === 'ask_extension' || action === 'ask_pause')) {
    return refuse(`申请${askWords[issue.ask]}还没有答复`)
  }
  const isPaused = issue.pausedAt !== null
  if (action === 'resume' && !isPaused) return refuse('计时没有暂停')
  const passes = ['resume', 'note', 'escalate', 'merge', 'shelve', 'contact'].includes(action)
  return isPaused && !passes ? refuse('计时已暂停，先恢复计时') : null
}

/** Nobody checks or praises the own work. */
function samePerson(issue: IssueFacts, action: IssueAction, doer: Doer): Refusal | null {
  const isCheck = action === 'verify' || action === 'confirm'
  if (!isCheck || doer.id === null || doer.id !== issue.doneById) return null
  const message = '办结的人不能自己核实或评价，请由另一位同事办理'
  return { code: 'ISSUE_SAME_PERSON', message }
}

const partyWord = (party: Party): string =>
  ({ manager: '调度办', lead: '责任单位', raiser: '提出人', program: '系统' })[party]

type Given = Pick<
  IssueStepInput,
  'note' | 'departmentId' | 'unitId' | 'personId' | 'cause' | 'days' | 'intoId' | 'bodyId'
>

/** What the action needs and the input does not say; null: nothing. */
export function lack(issue: IssueFacts, action: IssueAction, given: Given): Refusal | null {
  const missing: Record<Need, [isThere: boolean, field: string, message: string]> = {
    note: [Boolean(given.note), 'note', '请写明情况或理由'],
    lead: [
      (given.departmentId !== undefined) !== (given.unitId !== undefined),
      'departmentId',
      '请选定一个责任部门，或一个责任县市区',
    ],
    cause: [Boolean(given.cause ?? issue.cause), 'cause', '请选定卡点原因'],
    days: [given.days !== undefined, 'days', '请写明需要延期几个工作日'],
    into: [given.intoId !== undefined, 'intoId', '请选定并入哪一个问题'],
    body: [given.bodyId !== undefined, 'bodyId', '请选定由哪一级协调机构决定'],
  }
  for (const need of transitions[action].needs ?? []) {
    const [isThere, field, message] = missing[need]
    if (!isThere) return { code: 'ISSUE_INCOMPLETE', message, field }
  }
  return null
}
