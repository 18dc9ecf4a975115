import type { Stage } from './contract.ts'
import type { ProjectFact } from './facts.ts'

type StageFact = Pick<
  ProjectFact,
  | 'sideState'
  | 'planKind'
  | 'signed'
  | 'preliminary'
  | 'permitted'
  | 'started'
  | 'built'
  | 'finished'
  | 'produced'
>

/**
 * The stage that the dated facts imply on a day (`YYYY-MM-DD`): the furthest one reached, unless the
 * project stands aside. A fact dated later than the day does not count. Without any fact the year's
 * list speaks: listed for construction is 待开工, listed as preliminary is 前期, else 谋划储备.
 */
export function stageOf(fact: StageFact, date: string): Stage {
  const reached = (...days: (string | null)[]) => days.some((day) => day !== null && day <= date)
  if (fact.sideState !== null) return fact.sideState
  if (reached(fact.produced)) return 'production'
  if (reached(fact.finished)) return 'finished'
  if (reached(fact.started, fact.built)) return 'building'
  if (reached(fact.permitted) || fact.planKind === 'construction') return 'ready'
  if (reached(fact.preliminary, fact.signed) || fact.planKind === 'preliminary')
    return 'preliminary'
  return 'reserve'
}
