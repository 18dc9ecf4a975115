/*
 * Reference-class forecast: where courses like this one ended that stood where this one stands. The
 * end is expected on a line through the reference courses, and its range is the spread of their own
 * errors, each against the line without it (jackknife; the conformal idea of Vovk et al. 2005), so that
 * a share of 80 % holds for about 80 % of courses that the line has never seen.
 */

/** One course as a deviation from its plan in one unit: where it stood, and where it ended. */
export interface Course {
  now: number
  end: number
}

export interface CourseModel {
  n: number
  slope: number
  meanNow: number
  meanEnd: number
  /** End minus what the others would have foretold, in the order of the courses. */
  errors: Float64Array
  /** The same, smallest first. */
  sorted: Float64Array
}

/**
 * Weight, in squared units of `now`, of the belief that a deviation stays as it is (slope 1). It holds
 * where courses hardly differ, and gives way where they do.
 */
const PRIOR = 0.01

/** Learns from at least one course. @throws RangeError `courses_empty`. */
export function learnCourses(courses: readonly Course[]): CourseModel {
  const n = courses.length
  if (n === 0) throw new RangeError('courses_empty: a forecast needs at least one course')
  const meanNow = courses.reduce((sum, { now }) => sum + now, 0) / n
  const meanEnd = courses.reduce((sum, { end }) => sum + end, 0) / n
  let [spread, both] = [PRIOR, PRIOR]
  for (const { now, end } of courses) {
    spread += (now - meanNow) ** 2
    both += (now - meanNow) * (end - meanEnd)
  }
  const slope = both / spread
  const errors = Float64Array.from(courses, ({ now, end }) => {
    // The error of a linear fit without the course itself, in closed form: e / (1 − leverage).
    const leverage = 1 / n + (now - meanNow) ** 2 / spread
    const error = end - meanEnd - slope * (now - meanNow)
    return leverage < 1 ? error / (1 - leverage) : error
  })
  return { n, slope, meanNow, meanEnd, errors, sorted: errors.toSorted() }
}

/** Where a course that stands at `now` is expected to end, before any error. */
export function expectedEnd({ slope, meanNow, meanEnd }: CourseModel, now: number): number {
  return meanEnd + slope * (now - meanNow)
}

/** The end that a share (0 to 1) of such courses does not go beyond. */
export function endAt(model: CourseModel, now: number, share: number): number {
  return expectedEnd(model, now) + quantile(model.sorted, share)
}

/**
 * The quantile at p (n + 1) of ascending values (Hyndman–Fan type 6): another value of the same kind
 * lies below it with probability p, as far as n values can tell.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const { length } = sorted
  const at = Math.min(length, Math.max(1, share * (length + 1)))
  const low = sorted[Math.floor(at) - 1] ?? Number.NaN
  const high = sorted[Math.ceil(at) - 1] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}
