/*
 * What a step makes of an issue: new state, holder and clocks. Pure. Clocks only ever move forward:
 * neither going back, reopening nor another lead gives a promise that was made a new beginning.
 */

import { daysPaused, dueAfter, laterBy, nextWord } from './clock.ts'
import type { IssueAction, IssueRule, IssueState, IssueStepInput } from './contract.ts'
import {
  type Doer,
  holderOf,
  type IssueFacts,
  lack,
  type Refusal,
  refusal,
  transitions,
} from './rules.ts'

type Given = Omit<IssueStepInput, 'key' | 'version'>

/** The facts after the step, or why it cannot be done. */
export function advance(
  issue: IssueFacts,
  given: Given,
  doer: Doer,
  now: Date,
  rule: IssueRule,
): { next: IssueFacts } | { refusal: Refusal } {
  const { action } = given
  const refused = refusal(issue, action, doer, rule) ?? lack(issue, action, given)
  if (refused) return { refusal: refused }
  if (action === 'ask_extension' && (given.days ?? 0) > rule.extensionDays) {
    const message = `一次最多延期 ${rule.extensionDays} 个工作日，填的是 ${given.days}`
    return { refusal: { code: 'ISSUE_INCOMPLETE', message, field: 'days' } }
  }
  const state = transitions[action].to ?? issue.state
  const changed = { ...issue, ...effects[action]?.(issue, given, doer, now, rule), state }
  const next = {
    ...changed,
    holder: holderOf[state],
    version: action === 'note' ? issue.version : issue.version + 1,
    // What was asked for falls away with the state in which it was asked.
    ...(state === issue.state ? {} : { ask: null, askDays: null, pausedAt: null }),
  }
  const heldSince = isSameCourt(issue, next) ? issue.heldSince : now.toISOString()
  return { next: { ...next, heldSince, dueAt: dueOf(issue, next, action, now, rule) } }
}

const isSameCourt = (before: IssueFacts, next: IssueFacts): boolean =>
  before.holder === next.holder &&
  before.leadDepartmentId === next.leadDepartmentId &&
  before.leadUnitId === next.leadUnitId &&
  before.leadPersonId === next.leadPersonId &&
  before.bodyId === next.bodyId

/** An issue as it is received. */
export function received(
  severity: IssueFacts['severity'],
  cause: string | null,
  now: Date,
  rule: IssueRule,
): IssueFacts {
  return {
    state: 'collected',
    holder: 'manager',
    heldSince: now.toISOString(),
    severity,
    cause,
    leadDepartmentId: null,
    leadUnitId: null,
    leadPersonId: null,
    bodyId: null,
    receivedAt: now.toISOString(),
    assignedAt: null,
    acceptedAt: null,
    contactedAt: null,
    doneAt: null,
    verifiedAt: null,
    confirmedAt: null,
    closedAt: null,
    doneById: null,
    dueAt: dueAfter(now, rule.screen, rule.officeHours).toISOString(),
    contactDue: null,
    firstDue: null,
    finishDue: null,
    pausedAt: null,
    ask: null,
    askDays: null,
    returned: 0,
    extended: 0,
    reopened: 0,
    escalated: 0,
    rating: null,
    mergedIntoId: null,
    version: 0,
  }
}

type Effect = (
  issue: IssueFacts,
  given: Given,
  doer: Doer,
  now: Date,
  rule: IssueRule,
) => Partial<IssueFacts>

const closed: Effect = (_issue, _given, _doer, now) => ({ closedAt: now.toISOString() })
/** What was called done was not. */
const undone = { doneAt: null, doneById: null, verifiedAt: null, confirmedAt: null, rating: null }
const answered = { ask: null, askDays: null }

const effects: Partial<Record<IssueAction, Effect>> = {
  screen: (issue, { cause, severity }) => ({
    cause: cause ?? issue.cause,
    severity: severity ?? issue.severity,
  }),
  refuse: closed,
  merge: (_issue, { intoId }, _doer, now) => ({
    mergedIntoId: intoId ?? null,
    closedAt: now.toISOString(),
  }),
  assign: (issue, given, _doer, now) => ({
    leadDepartmentId: given.departmentId ?? null,
    leadUnitId: given.unitId ?? null,
    leadPersonId: given.personId ?? null,
    bodyId: null,
    assignedAt: issue.assignedAt ?? now.toISOString(),
  }),
  accept: acceptedNow,
  return: (issue) => ({ returned: issue.returned + 1 }),
  contact: (issue, _given, _doer, now) => ({ contactedAt: issue.contactedAt ?? now.toISOString() }),
  finish: (_issue, _given, doer, now) => ({ doneAt: now.toISOString(), doneById: doer.id }),
  verify: (_issue, _given, _doer, now) => ({ verifiedAt: now.toISOString() }),
  reject: () => undone,
  confirm: (_issue, { rating }, _doer, now) => ({
    confirmedAt: now.toISOString(),
    rating: rating ?? null,
  }),
  reopen: (issue) => ({ ...undone, reopened: issue.reopened + 1 }),
  archive: closed,
  ask_extension: (_issue, { days }) => ({ ask: 'extension', askDays: days ?? null }),
  grant_extension: (issue, _given, _doer, _now, { officeHours }) => ({
    ...answered,
    extended: issue.extended + 1,
    finishDue: later(issue.finishDue, issue.askDays ?? 0, officeHours),
  }),
  deny_extension: () => answered,
  ask_pause: () => ({ ask: 'pause' }),
  grant_pause: (_issue, _given, _doer, now) => ({ ...answered, pausedAt: now.toISOString() }),
  deny_pause: () => answered,
  resume: goneOn,
  escalate: (issue, given, doer, now, rule) => ({
    ...goneOn(issue, given, doer, now, rule),
    bodyId: given.bodyId ?? null,
    escalated: issue.escalated + 1,
  }),
  shelve: (issue, given, doer, now, rule) => ({
    ...goneOn(issue, given, doer, now, rule),
    bodyId: null,
  }),
  revive: acceptedNow,
}

/** The promise to finish runs from the first acceptance on. */
function acceptedNow(
  issue: IssueFacts,
  _given: Given,
  _doer: Doer,
  now: Date,
  rule: IssueRule,
): Partial<IssueFacts> {
  const days = issue.severity === 'urgent' ? rule.urgentFinishDays : rule.finishDays
  const due = dueAfter(now, { days }, rule.officeHours).toISOString()
  return {
    acceptedAt: issue.acceptedAt ?? now.toISOString(),
    contactDue: issue.contactDue ?? dueAfter(now, rule.contact, rule.officeHours).toISOString(),
    firstDue: issue.firstDue ?? due,
    finishDue: issue.finishDue ?? due,
  }
}

/** The clocks go on where they stood: the working days that they stood still are added. */
function goneOn(
  issue: IssueFacts,
  _given: Given,
  _doer: Doer,
  now: Date,
  { officeHours }: IssueRule,
): Partial<IssueFacts> {
  if (issue.pausedAt === null) return {}
  const days = daysPaused(new Date(issue.pausedAt), now)
  return {
    pausedAt: null,
    finishDue: later(issue.finishDue, days, officeHours),
    contactDue: later(issue.contactDue, days, officeHours),
  }
}

function later(due: string | null, days: number, hours: IssueRule['officeHours']): string | null {
  return due === null ? null : laterBy(new Date(due), days, hours).toISOString()
}

/** The promise that runs after the step. */
function dueOf(
  before: IssueFacts,
  next: IssueFacts,
  action: IssueAction,
  now: Date,
  rule: IssueRule,
): string | null {
  if (next.pausedAt !== null) return null
  const stays = next.state === before.state && action !== 'escalate'
  if (next.state === 'accepted' || next.state === 'in_hand') return workDue(next)
  if (next.state === 'long_term' && (!stays || action === 'note')) {
    return nextWord(now, rule).toISOString()
  }
  if (stays) return before.dueAt
  const promised = promises(next.severity, rule)[next.state]
  return promised ? dueAfter(now, promised, rule.officeHours).toISOString() : null
}

/** In work the enterprise is spoken to first, then it is finished. */
function workDue({ contactedAt, contactDue, finishDue }: IssueFacts): string | null {
  if (contactedAt !== null || contactDue === null || finishDue === null) return finishDue
  return contactDue < finishDue ? contactDue : finishDue
}

function promises(severity: IssueFacts['severity'], rule: IssueRule) {
  const states: Partial<Record<IssueState, IssueRule['screen']>> = {
    screened: rule.screen,
    assigned: severity === 'urgent' ? rule.urgentAccept : rule.accept,
    done: rule.verify,
    verified: rule.confirm,
    confirmed: rule.archive,
    escalated: rule.decide,
  }
  return states
}
