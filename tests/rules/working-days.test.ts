import {
  addWorkingDays,
  isWorkingDay,
  isYearKnown,
  workingDayFrom,
  workingDaysBetween,
} from 'api/calendar/working-days'
import fc from 'fast-check'
import { expect, test } from 'vitest'

// State Council notices on the holidays of 2023 (国办发明电〔2022〕16号) and 2024 (国办发明电〔2023〕7号).
test.each([
  ['2023-01-02', false, 'New Year, moved from Sunday'],
  ['2023-01-28', true, 'Saturday worked for the Spring Festival'],
  ['2023-04-23', true, 'Sunday worked for Labour Day'],
  ['2023-05-03', false, 'Labour Day'],
  ['2023-05-06', true, 'Saturday worked for Labour Day'],
  ['2023-06-25', true, 'Sunday worked for the Dragon Boat Festival'],
  ['2023-09-29', false, 'Mid-Autumn'],
  ['2023-10-07', true, 'Saturday worked for the National Day'],
  ['2023-10-08', true, 'Sunday worked for the National Day'],
  ['2024-02-09', true, 'New Year’s Eve was a working day'],
  ['2024-02-18', true, 'Sunday worked for the Spring Festival'],
  ['2023-06-03', false, 'a Saturday'],
])('%s: working %s (%s)', (day, working) => {
  expect(isWorkingDay(day)).toBe(working)
})

test('a year whose holidays were not set yet is known by its weekends alone, and says so', () => {
  expect([2023, 2024, 2060].map(isYearKnown)).toEqual([true, true, false])
  expect(isWorkingDay('2060-10-01')).toBe(true)
})

test('the next working day skips the whole of a holiday', () => {
  expect(workingDayFrom('2023-05-05')).toBe('2023-05-05')
  expect(workingDayFrom('2023-08-05')).toBe('2023-08-07')
  expect(workingDayFrom('2023-09-29')).toBe('2023-10-07')
})

test('five working days over the National Day', () => {
  expect(addWorkingDays('2023-09-27', 5)).toBe('2023-10-10')
  expect(addWorkingDays('2023-10-10', -5)).toBe('2023-09-27')
  expect(workingDaysBetween('2023-09-27', '2023-10-10')).toBe(5)
})

const day = fc
  .date({ min: new Date('2022-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

test('counting forth and back agree, whatever day it is', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const to = addWorkingDays(from, count)
      expect(isWorkingDay(to)).toBe(true)
      expect(workingDaysBetween(from, to)).toBe(count)
      expect(workingDaysBetween(to, from)).toBe(-count)
    }),
  )
})

test('the working days of a span are those of its parts', () => {
  fc.assert(
    fc.property(day, day, day, (a, b, c) => {
      const sum = workingDaysBetween(a, b) + workingDaysBetween(b, c)
      expect(sum).toBe(workingDaysBetween(a, c))
    }),
  )
})
