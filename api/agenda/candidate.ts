import { daysBetween } from '../calendar/days.ts'
import type { AgendaAct, AgendaKind, Stake } from './contract.ts'
import type { Weighed } from './rules.ts'

/** A decision before it is weighed. */
export interface Candidate {
  key: string
  kind: AgendaKind
  title: string
  /** Projects that it holds up; the first is the one that it is about, where there is only one. */
  projects: number[]
  act: AgendaAct
  link: string
  /** Day since which it waits or is late, `YYYY-MM-DD`. */
  since: string
}

export type WeighedCandidate = Weighed & Candidate & { stakes: Stake[] }

/** The candidate with what its projects hold up, on a day; projects beyond the scope hold up nothing. */
export function weigh(
  one: Candidate,
  stakes: ReadonlyMap<number, Stake>,
  today: string,
): WeighedCandidate {
  const held = [...new Set(one.projects)].flatMap((id) => stakes.get(id) ?? [])
  const sum = (amount: (stake: Stake) => number) =>
    Math.round(held.reduce((all, stake) => all + amount(stake), 0) * 100) / 100
  return {
    ...one,
    stakes: held,
    projectId: one.projects.length === 1 ? (one.projects[0] ?? null) : null,
    moneyWan: sum(({ moneyWan }) => moneyWan),
    dependants: sum(({ dependants }) => dependants),
    days: Math.max(0, daysBetween(one.since, today)),
  }
}
