/*
 * Whose court the ball is in. Every day of a project belongs to exactly one holder: the one who has
 * the ball at the end of that day (in China), so that a day on which it changes hands is the
 * receiver's. Of several claims on a day the first of these wins:
 *   1. an open issue (the oldest first): works that are held up wait for whoever holds the issue;
 *   2. an open dispatch order;
 *   3. a pending approval (of a plan, of a revision): the approver's court;
 *   4. the step that is due: its department, the owner, or the reporting unit.
 * Within a rank the claim that began first wins, then the smaller number.
 */
import { daysBetween } from '../calendar/days.ts'
import type { Holder, HolderSpan } from './contract.ts'

export interface Claim {
  by: HolderSpan['by']
  /** Number of the row that makes the claim. */
  id: number
  holder: Holder
  /** When the matter behind the claim began: the oldest issue is before the others. */
  since: string
  /** First day, and the first day after it; null: still. Days `YYYY-MM-DD`. */
  from: string
  to: string | null
  what: string
}

const ranks: readonly HolderSpan['by'][] = ['issue', 'order', 'approval', 'step']

/**
 * The spans of a project from a day (included) to a day (not included), in order of time, without a
 * gap and without overlap. `otherwise` holds where nobody else claims.
 */
export function spansOf(
  claims: readonly Claim[],
  from: string,
  to: string,
  otherwise: Pick<Claim, 'holder' | 'what'>,
): HolderSpan[] {
  if (from >= to) return []
  const ordered = claims.toSorted(before)
  const inside = claims.flatMap((claim) => [claim.from, claim.to ?? to])
  const bounds = [...new Set([from, to, ...inside])]
    .filter((day) => day >= from && day <= to)
    .sort()
  const spans: HolderSpan[] = []
  for (const [at, begin] of bounds.entries()) {
    const end = bounds[at + 1]
    if (end === undefined) break
    const claim = ordered.find((one) => one.from <= begin && (one.to === null || one.to > begin))
    const { holder, what, by = 'step' } = claim ?? { ...otherwise, by: 'step' as const }
    const last = spans.at(-1)
    if (last && last.by === by && last.what === what && isSame(last.holder, holder)) {
      last.to = end
      last.days = daysBetween(last.from, end)
    } else {
      spans.push({ holder, from: begin, to: end, days: daysBetween(begin, end), by, what })
    }
  }
  return spans
}

function before(one: Claim, other: Claim): number {
  const rank = ranks.indexOf(one.by) - ranks.indexOf(other.by)
  if (rank !== 0) return rank
  if (one.since !== other.since) return one.since < other.since ? -1 : 1
  return one.id - other.id
}

/** Days of each holder, the longest first. */
export function totalsOf(
  spans: readonly Pick<HolderSpan, 'holder' | 'days'>[],
): { holder: Holder; days: number }[] {
  const totals = new Map<string, { holder: Holder; days: number }>()
  for (const { holder, days } of spans) {
    const key = holderKey(holder)
    totals.set(key, { holder, days: (totals.get(key)?.days ?? 0) + days })
  }
  return [...totals.values()].sort((a, b) => b.days - a.days)
}

export const holderKey = ({ kind, name }: Holder): string => `${kind} ${name}`

const isSame = (one: Holder, other: Holder): boolean => holderKey(one) === holderKey(other)

export interface StepFact {
  id: number
  name: string
  /** Place of its kind in a project's life; the steps of one kind run side by side. */
  phase: number
  plannedOn: string | null
  doneOn: string | null
  holder: Holder
}

/**
 * Whose turn it is by the steps: on each day the step that is planned first among those not done, of
 * the furthest phase that was reached or later ones. What lies in an earlier phase has been overtaken.
 */
export function stepClaims(steps: readonly StepFact[], from: string, to: string): Claim[] {
  const done = steps.flatMap(({ doneOn }) =>
    doneOn && doneOn > from && doneOn < to ? [doneOn] : [],
  )
  const bounds = [from, ...new Set(done.sort()), to]
  return bounds.slice(0, -1).flatMap((begin, at): Claim[] => {
    const end = bounds[at + 1] ?? to
    const step = currentStep(steps, begin)
    if (!step) return []
    const { id, holder, name: what } = step
    return [{ by: 'step', id, holder, since: begin, from: begin, to: end, what }]
  })
}

function currentStep(steps: readonly StepFact[], day: string): StepFact | undefined {
  const isDone = ({ doneOn }: StepFact) => doneOn !== null && doneOn <= day
  const reached = Math.max(-1, ...steps.filter(isDone).map(({ phase }) => phase))
  const due = ({ plannedOn }: StepFact) => plannedOn ?? '9999'
  return steps
    .filter((step) => !isDone(step) && step.phase >= reached)
    .sort(
      (a, b) => a.phase - b.phase || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.id - b.id),
    )[0]
}
