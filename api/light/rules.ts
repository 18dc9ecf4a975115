import { daysBetween } from '../calendar/days.ts'
import type { Stage } from '../project/contract.ts'
import type { ProjectFact } from '../project/facts.ts'
import type { Light, LightCause, LightRule, LightState } from './contract.ts'
import { sentenceOf } from './sentence.ts'

export type LightFact = Pick<
  ProjectFact,
  | 'planKind'
  | 'annualWan'
  | 'planYear'
  | 'listedOn'
  | 'reportedMonth'
  | 'plannedWan'
  | 'doneWan'
  | 'reportedWan'
  | 'dueWan'
  | 'plannedStart'
  | 'started'
  | 'built'
>

interface Verdict {
  state: LightState
  causes: LightCause[]
}

const worse: LightState[] = ['red', 'amber', 'green']

/**
 * The light of a project on a day (`YYYY-MM-DD`) by a versioned rule. Money lag is measured against
 * the project's own monthly plan up to its last report, in percentage points of its annual plan,
 * rounded to one decimal before it is compared, so that the sentence and the light never disagree.
 * Silent projects are stale, never green, however well they stood.
 */
export function lightOf(fact: LightFact, stage: Stage, date: string, rule: LightRule): Light {
  const { state, causes, lagPoints } = judge(fact, stage, date, rule)
  const name = ruleName(rule)
  return { state, reason: sentenceOf(causes, name), causes, rule: name, lagPoints }
}

/** The light without its words, for a hundred thousand at a time. */
export function judge(
  fact: LightFact,
  stage: Stage,
  date: string,
  rule: LightRule,
): Pick<Light, 'state' | 'causes' | 'lagPoints'> {
  const lagPoints = lagOf(fact)
  const verdict =
    unlit(fact, stage, date) ?? silence(fact, date, rule) ?? weigh(fact, date, rule, lagPoints)
  return { ...verdict, lagPoints }
}

/** A rule as every screen and reason names it: 本市 v1. */
export const ruleName = (rule: LightRule): string => `${rule.name} v${rule.version}`

const aside: Partial<Record<Stage, Verdict>> = {
  suspended: { state: 'none', causes: [{ code: 'suspended' }] },
  removed: { state: 'none', causes: [{ code: 'removed' }] },
  terminated: { state: 'none', causes: [{ code: 'terminated' }] },
  finished: { state: 'finished', causes: [{ code: 'finished' }] },
  production: { state: 'finished', causes: [{ code: 'production' }] },
}

function unlit(fact: LightFact, stage: Stage, date: string): Verdict | null {
  const decided = aside[stage]
  if (decided) return decided
  if (fact.planKind === null) return { state: 'none', causes: [{ code: 'unlisted' }] }
  if (fact.planKind === 'preliminary') return { state: 'none', causes: [{ code: 'preliminary' }] }
  if (begun(fact, date) || fact.plannedStart === null || fact.plannedStart <= date) return null
  if ((fact.dueWan ?? 0) > 0) return null
  return { state: 'none', causes: [{ code: 'notYet', plannedStart: fact.plannedStart }] }
}

/**
 * Without any report the year's list itself is the last word: silence counts from its beginning, in
 * the year after too. A start that is late needs no report to be seen.
 */
function silence(fact: LightFact, date: string, rule: LightRule): Verdict | null {
  if (fact.reportedMonth !== null) {
    const month = fact.reportedMonth
    const days = daysBetween(monthEnd(month), date)
    if (days > rule.staleDays) return { state: 'stale', causes: [{ code: 'silent', month, days }] }
    if (fact.reportedWan !== null) return null
    return { state: 'stale', causes: [{ code: 'noMoney', month }] }
  }
  const newYear = `${(fact.planYear ?? Number(date.slice(0, 4))) - 1}-12-31`
  const since = fact.listedOn !== null && fact.listedOn > newYear ? fact.listedOn : newYear
  const silent = daysBetween(since, date)
  return silent > rule.staleDays
    ? { state: 'stale', causes: [{ code: 'neverReported' }] }
    : (startVerdict(fact, date, rule) ?? { state: 'none', causes: [{ code: 'firstDue' }] })
}

/** The worst of what start and money say, with both causes. */
function weigh(fact: LightFact, date: string, rule: LightRule, lag: number | null): Verdict {
  const verdicts = [startVerdict(fact, date, rule), moneyVerdict(fact, rule, lag)].filter(
    (verdict) => verdict !== null,
  )
  const state = worse.find((one) => verdicts.some((verdict) => verdict.state === one))
  if (!state) return { state: 'none', causes: [{ code: 'noMonthlyPlan' }] }
  return { state, causes: verdicts.flatMap((verdict) => verdict.causes) }
}

function startVerdict(fact: LightFact, date: string, rule: LightRule): Verdict | null {
  const { plannedStart } = fact
  if (begun(fact, date) || plannedStart === null) return null
  const days = daysBetween(plannedStart, date)
  if (days < rule.amberStartDays) return null
  return {
    state: days >= rule.redStartDays ? 'red' : 'amber',
    causes: [{ code: 'startLate', plannedStart, days }],
  }
}

function moneyVerdict(fact: LightFact, rule: LightRule, lag: number | null): Verdict | null {
  const { reportedMonth: month, annualWan, plannedWan, doneWan } = fact
  if (lag === null || month === null) return null
  return {
    state: -lag >= rule.redLagPoints ? 'red' : -lag >= rule.amberLagPoints ? 'amber' : 'green',
    causes: [{ code: 'money', month, annualWan, plannedWan, doneWan, lagPoints: lag }],
  }
}

function lagOf(fact: LightFact): number | null {
  const { annualWan, plannedWan, doneWan, planKind } = fact
  if (planKind !== 'construction' || annualWan === null || annualWan <= 0) return null
  if (plannedWan === null || doneWan === null || fact.reportedWan === null) return null
  // `+ 0` turns the −0 of a tiny lag into 0.
  return Math.round(((doneWan - plannedWan) / annualWan) * 1000) / 10 + 0
}

function begun(fact: LightFact, date: string): boolean {
  return [fact.started, fact.built].some((at) => at !== null && at <= date)
}

function monthEnd(month: string): string {
  const [year, of] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
  return new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10)
}
