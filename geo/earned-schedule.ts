/*
 * Earned schedule (Lipke 2003, "Schedule is different"): how far along its own plan a work is, in
 * time instead of money, so that what was finished late does not look on time at the end.
 */
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
 * (PV_C+1 − PV_C), where C is the last period whose planned value is earned; never beyond PD, the
 * period in which the plan has its whole value. Periods at the beginning that plan nothing count as
 * earned.
 * @returns null where the plan has no value
 */
export function earnedSchedule(
  planned: readonly number[],
  earned: number,
  elapsed: number,
): EarnedSchedule | null {
  const whole = planned.at(-1) ?? 0
  if (!(whole > 0)) return null
  const duration = planned.findIndex((value) => value >= whole) + 1
  const at = Math.min(duration, earnedAt(planned, earned))
  const index = elapsed > 0 ? at / elapsed : null
  return {
    earned: at,
    elapsed,
    variance: at - elapsed,
    index,
    estimate: index === null || index === 0 ? null : duration / index,
  }
}

function earnedAt(planned: readonly number[], earned: number): number {
  const whole = planned.findLastIndex((value) => value <= earned) + 1
  const [low, high] = [whole === 0 ? 0 : (planned[whole - 1] ?? 0), planned[whole]]
  return high === undefined ? whole : whole + Math.max(0, earned - low) / (high - low)
}
