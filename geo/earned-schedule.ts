/*
 * Earned schedule (Lipke 2003, "Schedule is different"): how far along its own plan a work is, in
 * time instead of money, so that what was finished late does not look on time at the end.
 */
import { crossing } from './crossing.ts'

/** Times in periods of the plan, months here. */
export interface EarnedSchedule {
  /** ES: when the plan was to have earned what is earned now. */
  earned: number
  /** AT: how much time has passed. */
  elapsed: number
  /** SV(t) = ES − AT. */
  variance: number
  /** SPI(t) = ES / AT; null before any time has passed. */
  index: number | null
  /** IEAC(t) = PD / SPI(t): the whole duration at the pace so far; null where nothing is earned. */
  estimate: number | null
}

/**
 * `planned[c]` is the planned value at the end of period c + 1, cumulative, in any unit; `earned` the
 * value earned so far in the same unit, `elapsed` the periods passed. ES = C + (EV − PV_C) /
 * (PV_C+1 − PV_C), where C counts the whole periods whose planned value is earned; a period without
 * plan is earned only with more than it.
 * @returns null where the plan has no value
 */
export function earnedSchedule(
  planned: readonly number[],
  earned: number,
  elapsed: number,
): EarnedSchedule | null {
  const whole = planned.at(-1) ?? 0
  if (!(whole > 0)) return null
  const times = [0, ...planned.map((_, index) => index + 1)]
  const level = Math.min(earned, whole)
  const at =
    level <= 0 ? 0 : (crossing({ times, values: [0, ...planned] }, level) ?? planned.length)
  const index = elapsed > 0 ? at / elapsed : null
  return {
    earned: at,
    elapsed,
    variance: at - elapsed,
    index,
    estimate: index === null || index === 0 ? null : durationOf(planned, whole) / index,
  }
}

/** PD: the periods until the plan has its whole value. */
function durationOf(planned: readonly number[], whole: number): number {
  return planned.findIndex((value) => value >= whole) + 1
}
