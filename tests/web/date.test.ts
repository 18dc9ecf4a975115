import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateAs, daysBetween, instantText, monthOf, monthText, yearShare } from 'web/ui/date.ts'

test('the year is passed by its days, leap years too, and never by less than none or more than all', () => {
  expect(yearShare('2023-05-31', 2023)).toBeCloseTo(151 / 365, 12)
  expect(yearShare('2024-02-29', 2024)).toBeCloseTo(60 / 366, 12)
  expect(yearShare('2023-12-31', 2023)).toBe(1)
  expect(yearShare('2024-01-01', 2023)).toBe(1)
  expect(yearShare('2022-12-30', 2023)).toBe(0)
})

test('a date is told as exactly as it is known', () => {
  const told = (precision: string, language?: string) => dateAs('2023-06-30', precision, language)
  expect(['day', 'month', 'quarter', 'year'].map((one) => told(one))).toEqual([
    '2023-06-30',
    '2023年6月',
    '2023年二季度',
    '2023年',
  ])
  expect(['day', 'month', 'quarter', 'year'].map((one) => told(one, 'en'))).toEqual([
    '2023-06-30',
    '2023-06',
    '2023 Q2',
    '2023',
  ])
  expect(dateAs(null, null)).toBe('—')
})

test('every month comes back from its number', () => {
  const year = fc.integer({ min: 1900, max: 2200 })
  fc.assert(
    fc.property(year, fc.integer({ min: 1, max: 12 }), (of, month) => {
      expect(monthOf(of * 12 + month - 1)).toBe(monthText(of, month))
    }),
  )
  expect(monthOf(-1)).toBe('—')
})

test('an instant is told by the clocks of China, wherever the reader is', () => {
  expect(instantText('2023-05-31T16:30:00.000Z')).toBe('2023-06-01 00:30')
})

test('days are counted over the ends of months and years', () => {
  expect(daysBetween('2023-12-31', '2024-03-01')).toBe(61)
  expect(daysBetween('2023-03-01', '2023-02-28')).toBe(-1)
})
