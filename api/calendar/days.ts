/** Calendar days as `YYYY-MM-DD`: no instants, so no time zone has a say. */
const dayMs = 86_400_000

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)

/** Whole days from one day to another, negative when it lies before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/**
 * Days since 1 March of the year 0, by Gregorian rules: a hundred thousand projects are judged by a
 * dozen differences each, and Date.parse takes fifty times as long.
 */
export function dayNumber(day: string): number {
  const month = (monthOf(day) + 9) % 12
  const year = yearOf(day) - (month > 9 ? 1 : 0)
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return 365 * year + leaps + Math.floor((153 * month + 2) / 5) + digits(day, 8)
}

const digits = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
const yearOf = (day: string): number => digits(day, 0) * 100 + digits(day, 2)
const monthOf = (day: string): number => digits(day, 5)

/** The number (dayNumber) of the same day of a later month, or of its last day where it is shorter. */
export function monthsAfter(day: string, count: number): number {
  const month = monthOf(day) - 1 + count
  const year = yearOf(day) + Math.floor(month / 12)
  return firstOf(year, month % 12) + Math.min(digits(day, 8), lastDay(year, month % 12)) - 1
}

/** The number of the last day of the month that a day lies in. */
export const monthEnd = (day: string): number =>
  dayNumber(day) - digits(day, 8) + lastDay(yearOf(day), monthOf(day) - 1)

/** Of a month from 0 to 11. */
function lastDay(year: number, month: number): number {
  if (month !== 1) return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

const firstOf = (year: number, month: number): number =>
  dayNumber(`${year}-${String(month + 1).padStart(2, '0')}-01`)
