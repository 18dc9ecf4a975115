import { dayNumber, daysBetween, monthsAfter } from '../calendar/days.ts'
import type { Stage } from '../project/contract.ts'
import type { ProjectFact } from '../project/facts.ts'
import type { LightCause, LightForm, LightState, LightTopic } from './contract.ts'
import type { Behind, LightTerms, Overdue } from './rule/contract.ts'

/** What a light says, why, and which clauses said so. */
export interface Verdict {
  state: LightState
  causes: LightCause[]
  topics: LightTopic[]
}

/** What is judged: a project's facts on a day (`YYYY-MM-DD`) against one form of its plan. */
export interface Judging {
  fact: LightFact
  stage: Stage
  date: string
  terms: LightTerms
  form: LightForm
}

export type LightFact = Omit<
  ProjectFact,
  | 'id'
  | 'code'
  | 'name'
  | 'searchText'
  | 'ownerEnterprise'
  | 'unitId'
  | 'parkId'
  | 'parentId'
  | 'industry'
  | 'sideState'
  | 'totalWan'
  | 'lon'
  | 'lat'
  | 'positionQuality'
  | 'provenance'
  | 'counted'
  | 'signed'
  | 'preliminary'
  | 'permitted'
  | 'produced'
>

export const verdict = (topic: LightTopic, state: LightState, cause: LightCause): Verdict => ({
  state,
  causes: [cause],
  topics: [topic],
})

/** Worst first. Stale is worse than green, and no judgement at all. */
export const worstFirst: readonly LightState[] = ['red', 'amber', 'stale', 'green']

/** The state of something that was due on a day and is not there: green means within the limits. */
export function overdueState(due: string, date: string, limit: Overdue): 'red' | 'amber' | 'green' {
  if (date < due) return 'green'
  const on = dayNumber(date)
  const after = (count: number) =>
    limit.unit === 'month' ? monthsAfter(due, count) : dayNumber(due) + count
  if (on >= after(limit.red)) return 'red'
  return on >= after(limit.amber) ? 'amber' : 'green'
}

/** The state of a lag in percentage points (negative = behind), as it is written: to one decimal. */
export function behindState(lagPoints: number, limit: Behind): 'red' | 'amber' | 'green' {
  const behind = -lagPoints
  if (limit.redAbove ? behind > limit.redPoints : behind >= limit.redPoints) return 'red'
  return behind >= limit.amberPoints ? 'amber' : 'green'
}

/** To one decimal; `+ 0` turns the −0 of a tiny lag into 0. */
export const tenths = (value: number): number => Math.round(value * 10) / 10 + 0

/** The first day that shows works, where it has come; null before. */
export function begunOn({ started, built }: LightFact, date: string): string | null {
  const first = built === null || (started !== null && started <= built) ? started : built
  return first !== null && first <= date ? first : null
}

/** A step as the facts tell it, `YYYY-MM-DD name`, and how it stands. */
export function stepVerdict(
  topic: LightTopic,
  told: string,
  date: string,
  limit: Overdue,
): Verdict {
  const [plannedOn, step] = [told.slice(0, 10), told.slice(11)]
  if (plannedOn > date) return verdict(topic, 'green', { code: 'stepAhead', step, plannedOn })
  const state = overdueState(plannedOn, date, limit)
  const code = state === 'green' ? 'stepSoon' : 'stepLate'
  return verdict(topic, state, { code, step, plannedOn, days: daysBetween(plannedOn, date) })
}
