import fc from 'fast-check'
import { crossing } from 'geo/crossing'
import { endAt, expectedEnd, learnCourses, quantile } from 'geo/forecast'
import { random } from 'geo/random'
import { season } from 'geo/season'
import { simulateTotal } from 'geo/simulated-total'
import { typicalCurve, usualTime } from 'geo/typical-curve'
import { describe, expect, test } from 'vitest'

describe('courses', () => {
  test('quantiles at p (n + 1), as Hyndman and Fan’s type 6', () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    expect([0.5, 0.8, 0.1, 0.25].map((share) => quantile(nine, share))).toEqual([5, 8, 1, 2.5])
    expect(quantile(nine, 0.99)).toBe(9)
    expect(quantile([], 0.5)).toBeNaN()
  })

  test('errors are those of the line without the course itself', () => {
    const stream = random('courses')
    const courses = Array.from({ length: 20 }, () => {
      const now = stream.uniform(0, 1)
      return { now, end: 0.1 + 1.4 * now + stream.normal(0, 0.1) }
    })
    const { errors } = learnCourses(courses)
    for (const [index, course] of courses.entries()) {
      // The line of the others, with the same prior at the mean of all: solved anew.
      const others = courses.filter((one) => one !== course)
      const error = course.end - leastSquares(others, courses, course.now)
      expect(errors[index]).toBeCloseTo(error, 9)
    }
  })

  test('a share of 0.8 holds for about 80 % of courses never seen, whatever their number', () => {
    const stream = random('held out')
    const draw = () => {
      const now = stream.normal(0.4, 0.2)
      return { now, end: 0.05 + 1.2 * now + Math.exp(stream.normal(-2, 0.6)) }
    }
    for (const n of [12, 40]) {
      let held = 0
      for (let round = 0; round < 600; round++) {
        const model = learnCourses(Array.from({ length: n }, draw))
        const { now, end } = draw()
        if (end <= endAt(model, now, 0.8)) held += 1
      }
      expect(held / 600, `${n} courses`).toBeGreaterThan(0.75)
      expect(held / 600, `${n} courses`).toBeLessThan(0.85)
    }
  })

  test('where all stood alike, a delay is carried to the end', () => {
    const same = Array.from({ length: 12 }, (_, index) => ({ now: 0.1, end: index / 100 }))
    const model = learnCourses(same)
    expect(expectedEnd(model, 0.3) - expectedEnd(model, 0.1)).toBeCloseTo(0.2, 12)
    expect(() => learnCourses([])).toThrow('courses_empty')
  })

  test('a larger share is never an earlier end', () => {
    const course = fc.record({
      now: fc.double({ min: -2, max: 3, noNaN: true }),
      end: fc.double({ min: -1, max: 5, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(course, { minLength: 1, maxLength: 60 }), course, (courses, { now }) => {
        const model = learnCourses(courses)
        expect(endAt(model, now, 0.8)).toBeGreaterThanOrEqual(endAt(model, now, 0.5))
      }),
    )
  })
})

interface Course {
  now: number
  end: number
}

/** Where the line through `others` lies at `now`, its slope held by the prior at the mean of `all`. */
function leastSquares(others: readonly Course[], all: readonly Course[], now: number): number {
  const meanNow = all.reduce((sum, one) => sum + one.now, 0) / all.length
  let [s1, sx, sxx, sy, sxy] = [0, 0, 0.01, 0, 0]
  const meanEnd = all.reduce((sum, one) => sum + one.end, 0) / all.length
  for (const one of others) {
    const [x, y] = [one.now - meanNow, one.end - meanEnd]
    s1 += 1
    sx += x
    sxx += x * x
    sy += y
    sxy += x * y
  }
  // The prior is one more observation: slope 1 with weight 0.01.
  sxy += 0.01
  const slope = (s1 * sxy - sx * sy) / (s1 * sxx - sx * sx)
  return meanEnd + (sy - slope * sx) / s1 + slope * (now - meanNow)
}

test('a level is first reached on the line between two points', () => {
  const track = { times: [1, 3, 4], values: [0, 0.5, 1] }
  expect([0, 0.25, 0.5, 0.75, 1].map((level) => crossing(track, level))).toEqual([1, 2, 3, 3.5, 4])
  expect(crossing({ times: [1, 2], values: [0, 0.5] }, 0.6)).toBeNull()
})

test('the usual curve is the mean of the tracks, and the straight line where there are none', () => {
  const early = { times: [0, 0.25, 1], values: [0, 0.75, 1] }
  const late = { times: [0, 0.75, 1], values: [0, 0.25, 1] }
  const curve = typicalCurve([early, late])
  expect(curve[20]).toBeCloseTo((0.75 + 0.25 / 3 + 0.5 / 3) / 2, 9)
  expect(usualTime(curve, curve[30] ?? 0)).toBeCloseTo(0.75, 9)
  expect(usualTime(typicalCurve([]), 0.4)).toBeCloseTo(0.4, 9)
})

describe('season', () => {
  const steady = Array.from({ length: 12 }, () => 10)
  const december = Array.from({ length: 12 }, (_, month) => (month === 11 ? 120 : 0))
  test('two years weigh as much as the curve from elsewhere', () => {
    const learned = season([steady, steady.map((wan) => 5 * wan)], december)
    expect(learned?.years).toBe(2)
    expect(learned?.shares[0]).toBeCloseTo(1 / 24, 12)
    expect(learned?.shares[11]).toBeCloseTo((1 / 12 + 1) / 2, 12)
  })
  test('without past years the curve from elsewhere stands; without either there is none', () => {
    expect(season([], december)).toEqual({ shares: december.map((wan) => wan / 120), years: 0 })
    expect(season([steady.map(() => 0)], null)).toBeNull()
  })
  test('shares add up to 1', () => {
    const year = fc.array(fc.integer({ min: -50, max: 1000 }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(year, { maxLength: 6 }), fc.option(year), (years, prior) => {
        const learned = season(years, prior)
        if (!learned) return
        expect(learned.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('totals', () => {
  const errors = {
    byYear: new Map([
      [2020, [-0.2]],
      [2021, [0.1]],
    ]),
    all: [-0.2, 0.1],
  }
  test('a bad year is bad for all: the total has no value between two years', () => {
    const parts = Array.from({ length: 50 }, () => ({
      expected: 100,
      scale: 100,
      floor: 0,
      errors,
    }))
    const totals = new Set([...simulateTotal(parts, 'seed')].map(Math.round))
    expect([...totals].sort()).toEqual([4000, 5500])
    expect(simulateTotal(parts, 'seed')).toEqual(simulateTotal(parts, 'seed'))
  })
  test('what is done stays done', () => {
    const part = { expected: 100, scale: 100, floor: 95, errors }
    expect(simulateTotal([part], 'seed')[0]).toBe(95)
    expect(simulateTotal([], 'seed')[0]).toBe(0)
  })
})
