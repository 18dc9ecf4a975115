/*
 * The usual S of works: what share is done when a part of their time has passed, as the mean of works
 * that are finished.
 */
import { crossing, type Track } from './crossing.ts'

const STEPS = 40

/** Shares (0 to 1) done at the parts 0, 1/40, … 1 of the whole time. */
export type TypicalCurve = readonly number[]

/** The straight line, for where no finished works are known. */
const straight: TypicalCurve = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS)

/** The mean of tracks whose times run from 0 to 1, and whose values from 0 to 1. */
export function typicalCurve(tracks: readonly Track[]): TypicalCurve {
  if (tracks.length === 0) return straight
  const sums = straight.map((part) => tracks.reduce((sum, track) => sum + valueAt(track, part), 0))
  return sums.map((sum) => sum / tracks.length)
}

/** The part of the whole time after which a share is usually done. */
export function usualTime(curve: TypicalCurve, share: number): number {
  return crossing({ times: straight, values: curve }, share) ?? 1
}

/** The value of a track at a time, by straight lines between its points. */
function valueAt({ times, values }: Track, time: number): number {
  const after = times.findIndex((one) => one >= time)
  if (after < 0) return values.at(-1) ?? 0
  const [at = 0, value = 0] = [times[after], values[after]]
  const [before, low] = [times[after - 1], values[after - 1]]
  if (before === undefined || low === undefined || at === before) return value
  return low + ((time - before) / (at - before)) * (value - low)
}
