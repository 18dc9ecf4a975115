/**
 * China's working days: weekends, public holidays and the make-up days (调休) that the State Council
 * sets each year. Days are `YYYY-MM-DD`; every clock of the city that runs in working days asks here.
 */
import chineseDays from 'chinese-days'
import { addDays, daysBetween } from './days.ts'

// CommonJS: Node finds no names in it.
const { getHolidaysInRange, isWorkday } = chineseDays

const known = new Map<number, boolean>()

/** Whether the holidays of a year have been set; else only its weekends are known. */
export function isYearKnown(year: number): boolean {
  const found = known.get(year)
  if (found !== undefined) return found
  const isKnown = getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0
  known.set(year, isKnown)
  return isKnown
}

export const isWorkingDay = (day: string): boolean => isWorkday(day)

/** The day itself when it is a working day, else the next one. */
export function workingDayFrom(day: string): string {
  let at = day
  while (!isWorkingDay(at)) at = addDays(at, 1)
  return at
}

/**
 * The working day that lies `count` working days after a day (before it when negative); 0 is the day
 * itself or the next working day. The day that is counted from does not count.
 */
export function addWorkingDays(day: string, count: number): string {
  if (count === 0) return workingDayFrom(day)
  const step = Math.sign(count)
  let at = day
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, step)
    if (isWorkingDay(at)) left -= 1
  }
  return at
}

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from)
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  let count = countIn(last, to) - countIn(first, from)
  for (let year = first; year < last; year++)
    count += countIn(year, `${String(year).padStart(4, '0')}-12-31`)
  return count
}

/** By year: how many working days lie up to and including each of its days. */
const counts = new Map<number, Uint16Array>()

/** Working days of a year up to and including one of its days: lists ask for thousands of spans. */
function countIn(year: number, day: string): number {
  const first = `${String(year).padStart(4, '0')}-01-01`
  const table = counts.get(year) ?? tableOf(first)
  counts.set(year, table)
  return table[daysBetween(first, day)] ?? 0
}

function tableOf(first: string): Uint16Array {
  let count = 0
  return Uint16Array.from({ length: 366 }, (_, index) => {
    if (isWorkingDay(addDays(first, index))) count += 1
    return count
  })
}
