import { dayNumber, daysBetween, monthEnd } from '../calendar/days.ts'
import type { Stage } from '../project/contract.ts'
import type { Light, LightPart, LightState, Lights, PartLight } from './contract.ts'
import { evidenceLight, isDisagreed } from './evidence.ts'
import { type PartVerdicts, partsOf } from './parts.ts'
import { lagOf } from './payment.ts'
import type { LightRule, LightTerms } from './rule/contract.ts'
import { sentenceOf } from './sentence.ts'
import { startLight } from './start.ts'
import {
  begunOn,
  type Judging,
  type LightFact,
  stepVerdict,
  type Verdict,
  verdict,
  worstFirst,
} from './verdict.ts'

/** The states of one project, without their words, for a hundred thousand at a time. */
export interface Judged {
  light: LightState
  lagPoints: number | null
  parts: Record<LightPart, LightState>
  /** Against the plan as it first was. */
  original: { light: LightState; parts: Record<LightPart, LightState> }
  evidence: LightState
  disagrees: boolean
}

/** The states of a project on a day (`YYYY-MM-DD`) by a versioned rule, in both forms. */
export function judge(fact: LightFact, stage: Stage, date: string, rule: LightRule): Judged {
  const { revised, original, evidence, disagrees } = weighed(fact, stage, date, rule)
  const parts = statesOf(revised.parts)
  const same = original === revised
  return {
    light: revised.overall.state,
    lagPoints: lagOf(fact),
    parts,
    original: {
      light: original.overall.state,
      parts: same ? parts : statesOf(original.parts),
    },
    evidence: evidence.state,
    disagrees,
  }
}

/** The overall light in the approved form, with its reason. */
export function lightOf(fact: LightFact, stage: Stage, date: string, rule: LightRule): Light {
  const { overall } = weigh(judgingOf(fact, stage, date, rule))
  return { ...worded(overall, rule), rule: ruleName(rule), lagPoints: lagOf(fact) }
}

/** Every light of a project with its reason. */
export function lightsOf(fact: LightFact, stage: Stage, date: string, rule: LightRule): Lights {
  const { revised, original, evidence, disagrees } = weighed(fact, stage, date, rule)
  const told = ({ parts }: Weighed) => ({
    start: worded(parts.start, rule),
    progress: worded(parts.progress, rule),
    payment: worded(parts.payment, rule),
    statistics: worded(parts.statistics, rule),
  })
  return {
    parts: told(revised),
    original: { ...worded(original.overall, rule), parts: told(original) },
    revised: revisedOf(fact),
    evidence: worded(evidence, rule),
    disagrees,
  }
}

/** A rule as every screen and reason names it: 本市 v1. */
export const ruleName = ({ name, version }: Pick<LightRule, 'name' | 'version'>): string =>
  `${name} v${version}`

export type { LightFact } from './verdict.ts'

interface Weighed {
  overall: Verdict
  parts: PartVerdicts
}

function weighed(fact: LightFact, stage: Stage, date: string, rule: LightRule) {
  const judging = judgingOf(fact, stage, date, rule)
  const revised = weigh(judging)
  const { dates, money } = revisedOf(fact)
  const original = dates || money ? weigh({ ...judging, form: 'original' }) : revised
  const { overall } = revised
  const evidence = overall.state === 'none' ? overall : evidenceLight(judging)
  return { revised, original, evidence, disagrees: isDisagreed(overall.state, evidence.state) }
}

function judgingOf(fact: LightFact, stage: Stage, date: string, rule: LightRule): Judging {
  return { fact, stage, date, terms: termsOf(rule, fact.category), form: 'revised' }
}

const termsHeld = new WeakMap<LightRule, Map<string, LightTerms>>()

/** The terms of a rule for a category. */
function termsOf(rule: LightRule, category: LightFact['category']): LightTerms {
  const held = termsHeld.get(rule) ?? new Map<string, LightTerms>()
  termsHeld.set(rule, held)
  const known = held.get(category)
  if (known) return known
  const terms = rule.categories.find((one) => one.category === category) ?? rule
  held.set(category, terms)
  return terms
}

function revisedOf(fact: LightFact): Lights['revised'] {
  return {
    dates:
      fact.originalStart !== fact.plannedStart ||
      fact.originalFinish !== fact.plannedFinish ||
      fact.workStepOriginal !== fact.workStep ||
      fact.earlyStepOriginal !== fact.earlyStep,
    money: fact.plannedOriginalWan !== null || fact.annualOriginalWan !== null,
  }
}

/** What decides the whole project, else the worst of the lights that judge. */
function weigh(judging: Judging): Weighed {
  const decided = unlit(judging) ?? silence(judging)
  const parts = partsOf(judging, decided)
  return { overall: decided ?? worstOf(parts, judging.terms), parts }
}

const aside: Partial<Record<Stage, Verdict>> = {
  suspended: verdict('aside', 'none', { code: 'suspended' }),
  removed: verdict('aside', 'none', { code: 'removed' }),
  terminated: verdict('aside', 'none', { code: 'terminated' }),
  finished: verdict('aside', 'finished', { code: 'finished' }),
  production: verdict('aside', 'finished', { code: 'production' }),
}

function unlit(judging: Judging): Verdict | null {
  const { fact, stage, date, terms, form } = judging
  const decided = aside[stage]
  if (decided) return decided
  if (fact.planKind === null) return verdict('aside', 'none', { code: 'unlisted' })
  if (fact.planKind === 'preliminary') return preliminary(judging)
  const plannedStart = form === 'original' ? fact.originalStart : fact.plannedStart
  if (begunOn(fact, date) || plannedStart === null || plannedStart <= date) return null
  if ((fact.dueWan ?? 0) > 0) return null
  const topic = terms.judges.includes('start') ? 'start' : 'payment'
  return verdict(topic, 'none', { code: 'notYet', plannedStart })
}

/** 前期 projects are judged by their own steps and reports, and never enter a completion rate. */
function preliminary({ fact, date, terms, form }: Judging): Verdict {
  if (terms.preliminary === null) return verdict('preliminary', 'none', { code: 'preliminary' })
  const silent = silentSince(fact, date, terms.preliminary.staleDays)
  if (silent) return { ...silent, topics: ['preliminary'] }
  const step = form === 'original' ? fact.earlyStepOriginal : fact.earlyStep
  if (step === null) return verdict('preliminary', 'none', { code: 'noPreparation' })
  if (fact.reportedMonth === null) return verdict('preliminary', 'none', { code: 'firstDue' })
  return stepVerdict('preliminary', step, date, terms.preliminary.step)
}

/** A start that is late needs no report to be seen. */
function silence(judging: Judging): Verdict | null {
  const { fact, date, terms } = judging
  const silent = silentSince(fact, date, terms.staleDays)
  if (silent || fact.reportedMonth !== null) return silent
  const start = terms.judges.includes('start') ? startLight(judging) : null
  return start?.state === 'amber' || start?.state === 'red'
    ? start
    : verdict('silence', 'none', { code: 'firstDue' })
}

/**
 * Without any report the year's list itself is the last word: silence counts from its beginning, in
 * the year after too.
 */
function silentSince(fact: LightFact, date: string, staleDays: number): Verdict | null {
  const { reportedMonth: month } = fact
  if (month !== null) {
    const days = dayNumber(date) - monthEnd(month)
    return days > staleDays ? verdict('silence', 'stale', { code: 'silent', month, days }) : null
  }
  const newYear = `${(fact.planYear ?? Number(date.slice(0, 4))) - 1}-12-31`
  const since = fact.listedOn !== null && fact.listedOn > newYear ? fact.listedOn : newYear
  return daysBetween(since, date) > staleDays
    ? verdict('silence', 'stale', { code: 'neverReported' })
    : null
}

/** Lights that go on being judged: without one of them nothing is known to go well. */
const lasting: readonly LightPart[] = ['progress', 'payment']

/**
 * The worst of the lights that judge, stale before green, with the causes of each that has a say. Once
 * begun, or once in the statistics, is not going well: green takes progress or payment.
 */
function worstOf(parts: PartVerdicts, { judges }: LightTerms): Verdict {
  const telling = judges.some((part) => lasting.includes(part))
  const heard = judges.filter((part) => {
    const { state } = parts[part]
    if (state === 'none') return false
    return state !== 'green' || !telling || lasting.includes(part)
  })
  const state = worstFirst.find((one) => heard.some((part) => parts[part].state === one))
  if (state) return combined(state, heard, parts)
  const unheard = judges.filter((part) => !telling || lasting.includes(part))
  return combined('none', unheard, parts)
}

function combined(state: LightState, of: readonly LightPart[], parts: PartVerdicts): Verdict {
  const causes: Verdict['causes'] = []
  const topics: Verdict['topics'] = []
  for (const part of of) {
    causes.push(...parts[part].causes)
    topics.push(...parts[part].topics)
  }
  return { state, causes, topics }
}

const statesOf = (parts: PartVerdicts): Record<LightPart, LightState> => ({
  start: parts.start.state,
  progress: parts.progress.state,
  payment: parts.payment.state,
  statistics: parts.statistics.state,
})

function worded({ state, causes, topics }: Verdict, rule: LightRule): PartLight {
  const clauses = [...new Set(topics)].map((one) => rule.clauses.indexOf(one) + 1)
  clauses.sort((a, b) => a - b)
  return { state, causes, clauses, reason: sentenceOf(causes, ruleName(rule), clauses) }
}
