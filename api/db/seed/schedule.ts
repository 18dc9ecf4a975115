/*
 * When the works of each project on the list run, and what share of its annual plan each month of
 * the year takes: an S-curve over the works, bent by the season (a slow spring, a strong December).
 * Months count from January of the plan year = 0; earlier years are negative.
 */
import { type Random, random } from 'geo/random'
import { allot } from './allot.ts'
import type { PackFiles } from './pack.ts'
import type { Member } from './roster.ts'

export interface Schedule {
  /** First and last month of the works. */
  firstMonth: number
  lastMonth: number
  /** Planned start and finish as days; null where a published project's source names none. */
  plannedStart: string | null
  plannedFinish: string | null
}

/** A published project whose works are not dated: as if they ran from two years before to one after. */
const LONG_BEFORE = -20
const LONG_AFTER = 22

/** Schedules by project code. */
export function schedules(pack: PackFiles, members: readonly Member[]): Map<string, Schedule> {
  const seed = random(pack.recipe.seed)
  const early = new Set(finishingEarly(pack, members, seed.fork('early')))
  return new Map(
    members.map((member) => [
      member.code,
      member.generated
        ? generatedSchedule(pack, member, early.has(member), seed.fork(`schedule ${member.code}`))
        : publishedSchedule(pack, member),
    ]),
  )
}

/**
 * Planned money of the twelve months, whole 万元, adding up to the annual plan. 前期 money is planned
 * for the last quarter, when the approvals are due.
 */
export function plannedMonths(
  member: Member,
  schedule: Schedule,
  annualWan: number,
  season: readonly number[],
): number[] {
  const weights = season.map((weight, month) => {
    if (member.quota.kind === 'preliminary') return month < 9 ? 0 : weight
    return month < schedule.firstMonth || month > schedule.lastMonth
      ? 0
      : weight * pace(schedule, month)
  })
  return allot(
    annualWan,
    weights.map((weight) => ({ weight })),
  )
}

/** The slope of the S-curve in a month of the works: slow at both ends, never nothing. */
function pace({ firstMonth, lastMonth }: Schedule, month: number): number {
  const at = (month - firstMonth + 0.5) / (lastMonth - firstMonth + 1)
  return 0.45 + Math.sin(Math.PI * at)
}

function finishingEarly(pack: PackFiles, members: readonly Member[], stream: Random): Member[] {
  const open = members.filter(
    (one) => one.generated && one.quota.kind === 'construction' && !one.quota.collective,
  )
  return stream.shuffle(open).slice(0, pack.recipe.finishedEarly)
}

function generatedSchedule(
  { head, recipe }: PackFiles,
  { quota }: Member,
  early: boolean,
  stream: Random,
): Schedule {
  const dated = (firstMonth: number, lastMonth: number, startDay?: string): Schedule => ({
    firstMonth,
    lastMonth,
    plannedStart: startDay ?? day(head.year, firstMonth, stream.integer(1, 28)),
    plannedFinish: lastDay(head.year, lastMonth),
  })
  if (quota.kind === 'preliminary') return dated(stream.integer(12, 20), stream.integer(40, 60))
  if (early) return dated(-stream.integer(8, 22), stream.integer(2, 4))
  if (quota.collective) {
    return dated(0, stream.integer(8, 26), recipe.collective.day)
  }
  if (stream.uniform() < 0.62) {
    const first = -stream.integer(2, 26)
    return dated(first, Math.max(6, first + stream.integer(16, 44)))
  }
  const first = stream.pickWeighted(STARTS, ([, weight]) => weight)[0]
  return dated(first, first + stream.integer(8, 30))
}

/** Months in which works begin that were not begun with the ceremony, and how often. */
const STARTS = [
  [1, 3],
  [2, 6],
  [3, 6],
  [4, 4],
  [5, 6],
  [6, 4],
  [7, 4],
  [8, 4],
  [9, 2],
] as const

/** Published works run between the dated facts; a finish planned before the year has slipped. */
function publishedSchedule(pack: PackFiles, member: Member): Schedule {
  const row = (kind: string) =>
    pack.milestone.find((one) => one['项目编码'] === member.code && one['节点'] === kind)
  const month = (text: string | undefined) => monthOf(text, pack.head.year)
  const started = month(row('开工')?.['实际日期'])
  const finished = month(row('竣工')?.['实际日期'])
  const planned = month(row('竣工')?.['计划日期'])
  const firstMonth = started ?? LONG_BEFORE
  const lastMonth = finished ?? planned ?? LONG_AFTER
  return {
    firstMonth,
    lastMonth: lastMonth < Math.max(6, firstMonth) ? Math.max(11, firstMonth + 11) : lastMonth,
    plannedStart: null,
    plannedFinish: null,
  }
}

/** Months from January of the year; a bare year means its December. */
function monthOf(text: string | undefined, year: number): number | null {
  if (!text) return null
  const [of, month] = text.split('-').map(Number)
  return of === undefined ? null : (of - year) * 12 + (month ?? 12) - 1
}

/** A day of a month counted from January of the year. */
export function day(year: number, month: number, of: number): string {
  return new Date(Date.UTC(year, month, of)).toISOString().slice(0, 10)
}

/** The last day of a month, which is counted from 0 and may lie beyond December. */
export function lastDay(year: number, month: number): string {
  return day(year, month + 1, 0)
}
