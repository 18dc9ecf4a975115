/*
 * When works will be finished: where finished works of the class ended that had done the same share,
 * by how late they had done it. All in shares of the planned duration, counted from the planned start.
 */
import { crossing, type Track } from 'geo/crossing'
import { type Course, endAt, learnCourses } from 'geo/forecast'
import { type TypicalCurve, typicalCurve, usualTime } from 'geo/typical-curve'
import { type Chosen, type Classed, narrowest } from './class.ts'
import type { ForecastRule } from './contract.ts'
import type { Reference } from './reference.ts'

/** Where works stand; months from the planned start. */
export interface Standing extends Classed {
  plannedMonths: number
  /** Passed when this share was told. */
  elapsedMonths: number
  /** Share done (0 to 1); null: not begun, and `elapsedMonths` is then at least 0. */
  share: number | null
}

export interface FinishMonths {
  p50: number
  p80: number
  chosen: Chosen<Reference>
}

/** Between two reports farther apart than this nobody knows when a share was done. */
const LONGEST_GAP_MONTHS = 6
/** Begun works count as having done this much: before it, a share says nothing. */
const LEAST_SHARE = 0.01
const MOST_SHARE = 0.99

/** Months from the planned start to the finish, or how many works there were to compare with. */
export function forecastFinish(
  standing: Standing,
  works: readonly Reference[],
  rule: ForecastRule,
): FinishMonths | { n: number } {
  const usable = works.filter((one) => reached(one, standing.share) !== null)
  const chosen = narrowest(standing, usable, rule, ({ source, id }) => `${source} ${id}`)
  if (!chosen) return { n: usable.length }
  const model = learnCourses(coursesOf(chosen.members, standing))
  const now = isWaiting(standing) ? 0 : standing.elapsedMonths / standing.plannedMonths
  const months = (share: number) => (1 + endAt(model, now, share)) * standing.plannedMonths
  return { p50: months(0.5), p80: months(0.8), chosen }
}

/** Planned to begin later: of how it will begin nothing is known yet. */
const isWaiting = ({ share, elapsedMonths }: Standing) => share === null && elapsedMonths <= 0

function coursesOf(members: readonly Reference[], standing: Standing): Course[] {
  return members.map((one) => ({
    now: isWaiting(standing) ? 0 : (reached(one, standing.share) ?? 0) / one.plannedMonths,
    end: one.actualMonths / one.plannedMonths - 1,
  }))
}

/** Months from the planned start until works had done a share, or had begun; null where nobody told. */
export function reached({ track, startedMonths }: Reference, share: number | null): number | null {
  if (share === null) return startedMonths
  const level = Math.min(MOST_SHARE, Math.max(LEAST_SHARE, share))
  return gapAt(track, level) > LONGEST_GAP_MONTHS ? null : crossing(track, level)
}

function gapAt({ times, values }: Track, level: number): number {
  const after = values.findIndex((value) => value >= level)
  return (times[after] ?? 0) - (times[after - 1] ?? times[after] ?? 0)
}

/** The usual S of the works of a class, from their real start to their real finish. */
export function courseOf(works: readonly Reference[]): TypicalCurve {
  const tracks = works.map(({ track, startedMonths, actualMonths }) => ({
    times: track.times.map((time) => (time - startedMonths) / (actualMonths - startedMonths)),
    values: track.values,
  }))
  return typicalCurve(tracks)
}

/** Months of its plan that works have earned, if the plan ran as works of the class usually run. */
export const earnedMonths = (
  curve: TypicalCurve,
  { share, plannedMonths }: Pick<Standing, 'share' | 'plannedMonths'>,
): number => usualTime(curve, share ?? 0) * plannedMonths
