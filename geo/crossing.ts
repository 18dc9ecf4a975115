/*
 * When a quantity that grows over time first reached a level, between the points where it is known.
 */

/** What was known at a time: `times` rise strictly, `values` belong to them one by one. */
export interface Track {
  times: readonly number[]
  values: readonly number[]
}

/**
 * The first time at which the values reach `level`, by straight lines between the points; null where
 * they never do. A level at or below the first value is reached at the first time.
 */
export function crossing({ times, values }: Track, level: number): number | null {
  for (const [index, value] of values.entries()) {
    const time = times[index]
    if (time === undefined || value < level) continue
    const [before, low] = [times[index - 1], values[index - 1]]
    if (before === undefined || low === undefined) return time
    return before + ((level - low) / (value - low)) * (time - before)
  }
  return null
}
