/*
 * The clocks of an issue: promises in office hours or working days, by the calendar of China with its
 * make-up days. A promise in days ends with the office hours of its last day.
 */

import { addDays } from '../calendar/days.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../calendar/working-days.ts'
import { chinaDate } from '../clock.ts'
import type { IssueRule, Promised } from './contract.ts'

/** What holds until the city sets its own rule (setting `issue_rule`). */
export const ruleV1: IssueRule = {
  officeHours: [
    ['09:00', '12:00'],
    ['13:30', '17:30'],
  ],
  screen: { days: 1 },
  accept: { hours: 4 },
  urgentAccept: { hours: 2 },
  contact: { days: 3 },
  finishDays: 5,
  urgentFinishDays: 2,
  verify: { days: 3 },
  confirm: { days: 5 },
  decide: { days: 5 },
  archive: { days: 1 },
  monthlyDay: 5,
  extensionDays: 10,
  extensions: 2,
  warnDays: 1,
  escalateDays: 3,
  similarDays: 30,
}

type OfficeHours = IssueRule['officeHours']

/** The last moment at which a promise that begins at `from` is kept. */
export function dueAfter(from: Date, promised: Promised, hours: OfficeHours): Date {
  return 'days' in promised
    ? endOfDay(addWorkingDays(chinaDate(from), promised.days), hours)
    : afterOfficeHours(from, promised.hours * 3_600_000, hours)
}

/** When the office closes on a day. */
export function endOfDay(day: string, hours: OfficeHours): Date {
  return clockOn(day, hours.at(-1)?.[1] ?? '17:30')
}

/** Moves a due moment by working days, to the end of the day it falls on. */
export function laterBy(due: Date, days: number, hours: OfficeHours): Date {
  return days === 0 ? due : endOfDay(addWorkingDays(chinaDate(due), days), hours)
}

/** Working days from now until the due day; negative when it has passed. */
export function daysLeft(now: Date, due: Date): number {
  return workingDaysBetween(chinaDate(now), chinaDate(due))
}

/** Working days that a clock stood still. */
export function daysPaused(from: Date, to: Date): number {
  return Math.max(0, workingDaysBetween(chinaDate(from), chinaDate(to)))
}

/** The end of the day of a month on which its word is due, next after an instant. */
export function nextWord(from: Date, { monthlyDay, officeHours }: IssueRule): Date {
  const today = chinaDate(from)
  const [year = 0, month = 0] = today.split('-').map(Number)
  const next = new Date(Date.UTC(year, month, monthlyDay)).toISOString().slice(0, 10)
  return endOfDay(addWorkingDays(addDays(next, -1), 1), officeHours)
}

const clockOn = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`)

function afterOfficeHours(from: Date, ms: number, hours: OfficeHours): Date {
  let left = ms
  for (let day = chinaDate(from); ; day = addDays(day, 1)) {
    if (!isWorkingDay(day)) continue
    for (const [open, close] of hours) {
      const begin = Math.max(from.getTime(), clockOn(day, open).getTime())
      const length = clockOn(day, close).getTime() - begin
      if (length <= 0) continue
      if (left <= length) return new Date(begin + left)
      left -= length
    }
  }
}
