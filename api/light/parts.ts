import type { LightPart } from './contract.ts'
import { paymentLight } from './payment.ts'
import { progressLight } from './progress.ts'
import { startLight } from './start.ts'
import { statisticsLight } from './statistics.ts'
import { type Judging, type Verdict, verdict } from './verdict.ts'

export type PartVerdicts = Record<LightPart, Verdict>

/** The four lights; `decided` is what decides the whole project, null where they do. */
export function partsOf(judging: Judging, decided: Verdict | null): PartVerdicts {
  const { fact, stage } = judging
  if (stage === 'suspended' || stage === 'removed' || stage === 'terminated' || !fact.planKind) {
    const off = decided ?? verdict('aside', 'none', { code: 'unlisted' })
    return { start: off, progress: off, payment: off, statistics: off }
  }
  const start = startLight(judging)
  const statistics = statisticsLight(judging)
  if (decided?.state === 'finished') {
    // Finished without a known start has begun all the same.
    const begun = start.state === 'green' ? start : decided
    return { start: begun, progress: decided, payment: decided, statistics }
  }
  if (fact.planKind === 'preliminary') {
    const payment = verdict('preliminary', 'none', { code: 'preliminary' })
    return { start, progress: decided ?? payment, payment, statistics }
  }
  if (decided?.state === 'stale') {
    return {
      start,
      progress: unheard(progressLight(judging), decided),
      payment: decided,
      statistics,
    }
  }
  // Before its time or its first report nothing is said of money.
  const payment = decided ? untold(decided) : paymentLight(judging)
  return { start, progress: progressLight(judging), payment, statistics }
}

/** Nothing was heard for long: what was late may stand, what went well may not. */
const unheard = (progress: Verdict, stale: Verdict): Verdict =>
  progress.state === 'red' || progress.state === 'amber' ? progress : stale

/** A late start says itself why it decides. */
const untold = (decided: Verdict): Verdict =>
  decided.state === 'none' ? decided : verdict('silence', 'none', { code: 'firstDue' })
