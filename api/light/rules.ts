import type { Stage } from '../project/contract.ts'
import type { ProjectFact } from '../project/facts.ts'
import type { Light, LightRule, LightState } from './contract.ts'

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
  why: string
}

const worse: LightState[] = ['red', 'amber', 'green']
const day = 86_400_000
/** Made once: toLocaleString would make one per figure, 20 µs each. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/**
 * The light of a project on a day (`YYYY-MM-DD`) by a versioned rule. Money lag is measured against
 * the project's own monthly plan up to its last report, in percentage points of its annual plan,
 * rounded to one decimal before it is compared, so that the sentence and the light never disagree.
 * Silent projects are stale, never green, however well they stood.
 */
export function lightOf(fact: LightFact, stage: Stage, date: string, rule: LightRule): Light {
  const lagPoints = lagOf(fact)
  const { state, why } =
    unlit(fact, stage, date) ?? silence(fact, date, rule) ?? judge(fact, date, rule, lagPoints)
  const name = ruleName(rule)
  return { state, reason: `${why}；规则 ${name}`, rule: name, lagPoints }
}

/** A rule as every screen and reason names it: 本市 v1. */
export const ruleName = (rule: LightRule): string => `${rule.name} v${rule.version}`

const aside: Partial<Record<Stage, Verdict>> = {
  suspended: { state: 'none', why: '项目暂停' },
  removed: { state: 'none', why: '项目已调出' },
  terminated: { state: 'none', why: '项目已终止' },
  finished: { state: 'finished', why: '项目已竣工' },
  production: { state: 'finished', why: '项目已投产' },
}

function unlit(fact: LightFact, stage: Stage, date: string): Verdict | null {
  const decided = aside[stage]
  if (decided) return decided
  if (fact.planKind === null) return { state: 'none', why: '不在本年度计划内' }
  if (fact.planKind === 'preliminary') return { state: 'none', why: '前期项目，不评进度' }
  if (begun(fact, date) || fact.plannedStart === null || fact.plannedStart <= date) return null
  if ((fact.dueWan ?? 0) > 0) return null
  return { state: 'none', why: `未到：计划 ${fact.plannedStart} 开工，本年尚无计划投资` }
}

/**
 * Without any report the year's list itself is the last word: silence counts from its beginning, in
 * the year after too. A start that is late needs no report to be seen.
 */
function silence(fact: LightFact, date: string, rule: LightRule): Verdict | null {
  if (fact.reportedMonth !== null) {
    const silent = daysBetween(monthEnd(fact.reportedMonth), date)
    const month = monthName(fact.reportedMonth)
    if (silent > rule.staleDays)
      return { state: 'stale', why: `最近一次填报为 ${month}，月末至今已 ${silent} 天` }
    if (fact.reportedWan === null)
      return { state: 'stale', why: `${month}已填报，但没有报完成投资` }
    return null
  }
  const newYear = `${(fact.planYear ?? Number(date.slice(0, 4))) - 1}-12-31`
  const since = fact.listedOn !== null && fact.listedOn > newYear ? fact.listedOn : newYear
  const silent = daysBetween(since, date)
  return silent > rule.staleDays
    ? { state: 'stale', why: '列入本年计划以来没有填报' }
    : (startVerdict(fact, date, rule) ?? { state: 'none', why: '未到：首次填报尚未到期' })
}

function judge(fact: LightFact, date: string, rule: LightRule, lag: number | null): Verdict {
  const verdicts = [startVerdict(fact, date, rule), moneyVerdict(fact, rule, lag)].filter(
    (verdict) => verdict !== null,
  )
  const state = worse.find((one) => verdicts.some((verdict) => verdict.state === one))
  if (!state) return { state: 'none', why: '没有月度计划投资，无法评进度' }
  return { state, why: verdicts.map((verdict) => verdict.why).join('；') }
}

function startVerdict(fact: LightFact, date: string, rule: LightRule): Verdict | null {
  if (begun(fact, date) || fact.plannedStart === null) return null
  const late = daysBetween(fact.plannedStart, date)
  if (late < rule.amberStartDays) return null
  return {
    state: late >= rule.redStartDays ? 'red' : 'amber',
    why: `计划 ${fact.plannedStart} 开工，逾期 ${late} 天未开工`,
  }
}

function moneyVerdict(fact: LightFact, rule: LightRule, lag: number | null): Verdict | null {
  if (lag === null || fact.reportedMonth === null) return null
  const month = monthName(fact.reportedMonth)
  const figures = `本年计划 ${wan(fact.annualWan)} 万元，截至 ${month}计划 ${wan(fact.plannedWan)} 万元，完成 ${wan(fact.doneWan)} 万元`
  const state = -lag >= rule.redLagPoints ? 'red' : -lag >= rule.amberLagPoints ? 'amber' : 'green'
  if (lag === 0) return { state, why: `${figures}，与计划持平` }
  return {
    state,
    why: `${figures}，${lag < 0 ? '落后' : '超前'} ${Math.abs(lag).toFixed(1)} 个百分点`,
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

const monthName = (month: string) => `${Number(month.slice(5, 7))} 月`

function monthEnd(month: string): string {
  const [year, of] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
  return new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day)
}

function wan(amount: number | null): string {
  return grouped.format(amount ?? 0)
}
