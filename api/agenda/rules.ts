/*
 * Which decisions are for today, and in which order: money × days × what waits on them. Pure.
 */
import type { Role } from '../person/contract.ts'
import type { AgendaKind, AgendaRule, ProposedKind } from './contract.ts'

/** What the rule looks at of a decision. Money in 万元, days and dependants not below nought. */
export interface Weighed {
  key: string
  kind: AgendaKind
  /** The project that it is about, where it is one. */
  projectId: number | null
  moneyWan: number
  days: number
  dependants: number
}

export const usualAgenda: AgendaRule = {
  name: '今日必办 v1',
  most: 10,
  mostOfKind: 3,
  moneyUnitWan: 1000,
  exponent: { money: 1, days: 1, dependants: 1 },
  factor: {},
  proposes: {
    leader: ['order_project', 'issue_escalated', 'order_overdue'],
    dispatcher: ['order_project', 'order_overdue', 'report_missing'],
    unit_manager: ['start_overdue', 'order_overdue'],
    park_manager: ['start_overdue', 'order_overdue'],
    department: ['step_overdue'],
    helper: ['start_overdue'],
  },
}

/**
 * The weight of a decision: factor × (1 + money / unit)^m × (1 + days)^d × (1 + dependants)^w. None of
 * the three weighs nothing: what has no money yet is not worth nothing. It grows with each of them.
 */
export function scoreOf(one: Omit<Weighed, 'key' | 'projectId'>, rule: AgendaRule): number {
  const { exponent, moneyUnitWan, factor } = rule
  return (
    (factor[one.kind] ?? 1) *
    (1 + Math.max(0, one.moneyWan) / moneyUnitWan) ** exponent.money *
    (1 + Math.max(0, one.days)) ** exponent.days *
    (1 + Math.max(0, one.dependants)) ** exponent.dependants
  )
}

/**
 * The decisions to show, the weightiest first. What the data propose about a project is one decision,
 * the weightiest; one kind takes no more than `mostOfKind` places while another kind has something;
 * the same set in any order gives the same list.
 */
export function rank<One extends Weighed>(
  candidates: readonly One[],
  rule: AgendaRule,
): (One & { score: number })[] {
  const weighed = candidates
    .map((one) => ({ ...one, score: scoreOf(one, rule) }))
    .filter(({ score }) => score > 0)
    .sort(byWeight)
  const single = onePerProject(weighed)
  const ofKind = new Map<AgendaKind, number>()
  const first = single.filter(({ kind }) => {
    const seen = (ofKind.get(kind) ?? 0) + 1
    ofKind.set(kind, seen)
    return seen <= rule.mostOfKind
  })
  const chosen = new Set(first.slice(0, rule.most))
  for (const one of single) if (chosen.size < rule.most) chosen.add(one)
  return [...chosen].sort(byWeight)
}

const byWeight = (a: Weighed & { score: number }, b: Weighed & { score: number }) =>
  b.score - a.score || (a.key < b.key ? -1 : 1)

const proposed: readonly string[] = [
  'order_project',
  'start_overdue',
  'step_overdue',
  'report_missing',
] satisfies ProposedKind[]

function onePerProject<One extends Weighed>(weighed: readonly One[]): One[] {
  const taken = new Set<number>()
  return weighed.filter(({ kind, projectId }) => {
    if (projectId === null || !proposed.includes(kind)) return true
    if (taken.has(projectId)) return false
    taken.add(projectId)
    return true
  })
}

/** What is proposed to somebody with these roles. */
export const proposesTo = (
  roles: readonly Role[],
  { proposes }: AgendaRule,
): ReadonlySet<ProposedKind> => new Set(roles.flatMap((role) => proposes[role] ?? []))
