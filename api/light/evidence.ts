import { dayNumber, monthEnd } from '../calendar/days.ts'
import type { LightState } from './contract.ts'
import { lagPoints } from './payment.ts'
import {
  begunOn,
  behindState,
  type Judging,
  stepVerdict,
  type Verdict,
  verdict,
  worstFirst,
} from './verdict.ts'

/**
 * What a project would show by its evidence alone (绿皮红心): how many kinds of proof are young enough
 * (photo, proved step, money by fund source, verified report), the money that was verified, the steps
 * that nothing proves, a permit that is not there. No proof at all is stale, never green.
 */
export function evidenceLight(judging: Judging): Verdict {
  const { stage } = judging
  if (stage === 'finished' || stage === 'production') return finishVerdict(judging)
  const verdicts = [proofVerdict(judging), ...doubts(judging)].filter((one) => one !== null)
  const state = worstFirst.find((one) => verdicts.some((each) => each.state === one)) ?? 'none'
  return { state, causes: verdicts.flatMap(({ causes }) => causes), topics: ['evidence'] }
}

/** Worse in this order: what nothing proves is less than a slow project that is proved. */
const trust: Partial<Record<LightState, number>> = {
  red: 0,
  stale: 1,
  amber: 2,
  green: 3,
  finished: 3,
}

/** Whether the evidence says worse than what was reported; without a light, or stale, nothing was claimed. */
export function isDisagreed(reported: LightState, evidence: LightState): boolean {
  if (reported === 'stale') return false
  return (trust[evidence] ?? 4) < (trust[reported] ?? -1)
}

function proofVerdict({ fact, date, terms }: Judging): Verdict {
  const { days, wanted } = terms.evidence
  const since = dayNumber(date) - days
  const young = (day: string | null) => (day !== null && dayNumber(day) >= since ? day : null)
  const ofMonth = (month: string | null) =>
    month !== null && monthEnd(month) >= since ? month : null
  const found = {
    photoOn: young(fact.photoOn),
    proofOn: young(fact.proofOn),
    paidMonth: ofMonth(fact.paidMonth),
    verifiedMonth: ofMonth(fact.verifiedMonth),
  }
  const kinds = Object.values(found).filter((day) => day !== null).length
  if (kinds === 0) return verdict('evidence', 'stale', { code: 'noEvidence' })
  const state = kinds >= wanted ? 'green' : 'amber'
  return verdict('evidence', state, { code: 'evidence', ...found })
}

/** Finished is proved once, and for good. */
function finishVerdict({ fact: { finishProved, proofOn } }: Judging): Verdict {
  if (!finishProved) return verdict('evidence', 'amber', { code: 'finishUnproved' })
  const none = { photoOn: null, paidMonth: null, verifiedMonth: null }
  return verdict('evidence', 'green', { code: 'evidence', proofOn, ...none })
}

function doubts(judging: Judging): (Verdict | null)[] {
  const { fact, date, terms } = judging
  const begun = begunOn(fact, date) !== null
  const permit = begun && fact.permitOpen
  const step =
    begun && fact.workStep !== null && fact.workStep.slice(0, 10) <= date
      ? stepVerdict('evidence', fact.workStep, date, terms.progress.step)
      : null
  return [
    moneyVerdict(judging),
    step?.state === 'green' ? null : step,
    permit ? verdict('evidence', 'amber', { code: 'permitOpen' }) : null,
  ]
}

/** The part of the money that the dispatch office has verified, against the plan up to the same month. */
function moneyVerdict({ fact, terms }: Judging): Verdict | null {
  const { annualWan, verifiedMonth: month, verifiedPlannedWan: plannedWan } = fact
  const doneWan = fact.verifiedDoneWan
  const lag = lagPoints(annualWan, plannedWan, doneWan)
  if (lag === null || month === null) return null
  const state = behindState(lag, terms.evidence.money)
  if (state === 'green') return null
  const cause = {
    code: 'provenMoney',
    month,
    annualWan,
    plannedWan,
    doneWan,
    lagPoints: lag,
  } as const
  return verdict('evidence', state, cause)
}
