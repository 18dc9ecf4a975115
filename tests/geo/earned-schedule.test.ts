import fc from 'fast-check'
import { earnedSchedule } from 'geo/earned-schedule'
import { expect, test } from 'vitest'

/** 100 a month for twelve months. */
const even = Array.from({ length: 12 }, (_, month) => (month + 1) * 100)

test('Lipke: seven months passed, five earned: SV(t) −2, SPI(t) 0.714, IEAC(t) 12 / 0.714', () => {
  const figures = earnedSchedule(even, 500, 7)
  expect(figures).toMatchObject({ earned: 5, elapsed: 7, variance: -2 })
  expect(figures?.index).toBeCloseTo(0.714, 3)
  expect(figures?.estimate).toBeCloseTo(16.8, 9)
})

test('between two months by a straight line: ES = C + (EV − PV_C) / (PV_C+1 − PV_C)', () => {
  expect(earnedSchedule([10, 30, 70, 100], 45, 3)?.earned).toBeCloseTo(2 + 15 / 40, 12)
  expect(earnedSchedule([10, 30], 4, 1)?.earned).toBeCloseTo(0.4, 12)
})

test('months without plan are earned with the one before them; after the plan’s end nothing is', () => {
  expect(earnedSchedule([0, 0, 0, 50, 100], 0, 5)?.earned).toBe(3)
  expect(earnedSchedule([40, 40, 40, 100], 40, 3)?.index).toBe(1)
  expect(earnedSchedule([50, 100, 100, 100], 100, 2)).toMatchObject({ earned: 2, index: 1 })
  expect(earnedSchedule([0, 0], 5, 1)).toBeNull()
  expect(earnedSchedule(even, 500, 0)).toMatchObject({ index: null, estimate: null })
})

test('what was finished late has SPI(t) below 1 at 100 %, though SPI($) is 1', () => {
  const plans = fc
    .array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 40 })
    .filter((months) => (months.at(-1) ?? 0) > 0)
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 30 }), (months, late) => {
      let sum = 0
      const planned = months.map((wan) => (sum += wan))
      const whole = planned.at(-1) ?? 0
      const figures = earnedSchedule(planned, whole, months.length + late)
      expect(whole / whole).toBe(1)
      expect(figures?.index).toBeLessThan(1)
      expect(figures?.index).toBeCloseTo(months.length / (months.length + late), 9)
    }),
  )
})

test('more earned is never an earlier month', () => {
  const months = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 24 })
  fc.assert(
    fc.property(months, fc.nat(5000), fc.nat(5000), (plan, a, b) => {
      let sum = 0
      const planned = plan.map((wan) => (sum += wan))
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((wan) =>
        earnedSchedule(planned, wan, 3),
      )
      expect(more?.earned ?? 0).toBeGreaterThanOrEqual(less?.earned ?? 0)
    }),
  )
})
