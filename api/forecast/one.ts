/*
 * The forecast of one project, with everything that it rests on.
 */
import { earnedSchedule } from 'geo/earned-schedule'
import { addDays, daysBetween } from '../calendar/days.ts'
import type { View } from '../db/as-of.ts'
import type { InvestmentMonth } from '../investment/contract.ts'
import type { Forecast, ForecastRule, NoForecast, ReferenceRow, SeasonShares } from './contract.ts'
import { courseOf, earnedMonths, forecastFinish, type Standing } from './finish.ts'
import { DAYS_A_MONTH, type PastYear, type Reference } from './reference.ts'
import { ruleName } from './rule.ts'
import { seasonalSums } from './season.ts'
import { standingOf, type Target, yearStandingOf } from './target.ts'
import { YearModels, yearEndAt } from './year-end.ts'

/** What a forecast of one project is made of. */
export interface Given {
  target: Target
  /** The project's money of the view's year, summed over fund sources, 万元 by month. */
  months: { planned: (number | null)[]; actual: (number | null)[] }
  works: readonly Reference[]
  years: readonly PastYear[]
  season: SeasonShares | null
  rule: ForecastRule
  view: View
  /** Ids of projects of the library that the asker may see. */
  visible: ReadonlySet<number>
}

export function forecastOf(given: Given): Forecast {
  const { target, view, rule, season } = given
  const { fact } = target
  const yearEnd = yearEndOf(given)
  const stands = standingOf(target, view)
  return {
    projectId: fact.id,
    date: view.date,
    year: view.year,
    rule: ruleName(rule),
    annualWan: fact.annualWan,
    months: curveOf(given, yearEnd),
    season,
    yearSchedule: yearScheduleOf(given),
    works: typeof stands === 'string' ? null : worksOf(given, stands),
    finish:
      typeof stands === 'string' ? none(stands, given.works.length, rule) : finishOf(given, stands),
    yearEnd,
  }
}

const none = (reason: NoForecast, n: number, { least }: ForecastRule) => ({
  state: 'none' as const,
  reason,
  n,
  least,
})

type Stands = { standing: Standing; standsOn: string }

function finishOf(given: Given, { standing }: Stands): Forecast['finish'] {
  const { target, works, rule, view } = given
  const { plannedStart, approvedFinish } = target
  const foretold = forecastFinish(standing, works, rule)
  if (!('chosen' in foretold)) return none('few', foretold.n, rule)
  // What is not finished yet is finished tomorrow at the earliest.
  const dayOf = (months: number) => {
    const day = addDays(plannedStart ?? view.date, Math.round(months * DAYS_A_MONTH))
    return day > view.date ? day : addDays(view.date, 1)
  }
  const [p50, p80] = [dayOf(foretold.p50), dayOf(foretold.p80)]
  const { members } = foretold.chosen
  return {
    state: 'forecast',
    p50,
    p80,
    lateP50: daysBetween(approvedFinish ?? p50, p50),
    lateP80: daysBetween(approvedFinish ?? p80, p80),
    class: foretold.chosen.class,
    n: members.length,
    rows: members.flatMap((one) => rowOf(one, given)),
  }
}

function rowOf(one: Reference, { visible }: Given): ReferenceRow[] {
  if (one.source === 'project' && !visible.has(one.id)) return []
  const { source, id, code, name, synthetic } = one
  const [plannedMonths, actualMonths] = [round(one.plannedMonths), round(one.actualMonths)]
  return [{ source, id, code, name, synthetic, plannedMonths, actualMonths }]
}

/** Against the usual course of the class that the forecast compares with, else of all works. */
function worksOf(given: Given, { standing, standsOn }: Stands): Forecast['works'] {
  const { target, works, rule } = given
  const { plannedStart, plannedFinish, approvedFinish, ownerFinish } = target
  if (plannedStart === null || plannedFinish === null) return null
  const foretold = forecastFinish(standing, works, rule)
  const members = 'chosen' in foretold ? foretold.chosen.members : []
  const { share, plannedMonths, elapsedMonths } = standing
  const earned = earnedMonths(courseOf(members), standing)
  const index = elapsedMonths > 0 ? earned / elapsedMonths : null
  const schedule = {
    planned: round(plannedMonths),
    elapsed: round(elapsedMonths),
    earned: round(earned),
    variance: round(earned - elapsedMonths),
    index: index === null ? null : round(index, 1000),
    estimate: index === null || index === 0 ? null : round(plannedMonths / index),
  }
  return {
    plannedStart,
    plannedFinish,
    approvedFinish: approvedFinish ?? plannedFinish,
    ownerFinish,
    percent: (share ?? 0) * 100,
    standsOn,
    schedule: members.length > 0 && share !== null ? schedule : null,
  }
}

function yearEndOf(given: Given): Forecast['yearEnd'] {
  const { target, years, works, rule, view } = given
  const standing = yearStandingOf(target, view)
  const models = new YearModels(years, rule)
  if (typeof standing === 'string') return none(standing, models.n, rule)
  const model = models.of(standing)
  if (!model) return none('few', models.n, rule)
  const keys = new Set(model.members.map(({ key }) => key))
  const members = works.filter((one) => keys.has(keyOf(one)))
  return {
    state: 'forecast',
    p50Wan: round(yearEndAt(standing, model, 0.5), 100),
    p80Wan: round(yearEndAt(standing, model, 0.8), 100),
    class: model.class,
    n: keys.size,
    rows: members.flatMap((one) => rowOf(one, given)),
  }
}

const keyOf = ({ source, code, id }: Reference) => `${source} ${source === 'archive' ? code : id}`

function yearScheduleOf({ target, months, view }: Given): Forecast['yearSchedule'] {
  const standing = yearStandingOf(target, view)
  if (typeof standing === 'string' || standing.told === 0) return null
  const planned = sums(months.planned.map((wan) => wan ?? 0))
  const figures = earnedSchedule(planned, standing.doneWan, standing.told)
  if (!figures) return null
  const { earned, elapsed, variance, index, estimate } = figures
  return {
    planned: 12,
    elapsed,
    earned: round(earned),
    variance: round(variance),
    index: index === null ? null : round(index, 1000),
    estimate: estimate === null ? null : round(estimate),
  }
}

function curveOf(given: Given, yearEnd: Forecast['yearEnd']): Forecast['months'] {
  const { target, months, season, view } = given
  const { annualWan } = target.fact
  const planned = months.planned.some((wan) => wan !== null)
    ? sums(months.planned.map((wan) => wan ?? 0))
    : null
  const told = months.actual.findLastIndex((wan) => wan !== null)
  const actual = sums(months.actual.map((wan) => wan ?? 0))
  const seasonal =
    annualWan && season ? seasonalSums(annualWan, months.planned, season.shares) : null
  const fan = yearEnd.state === 'forecast' ? fanOf(given, yearEnd, told, seasonal) : null
  return months.planned.map((_, index) => ({
    month: `${view.year}-${String(index + 1).padStart(2, '0')}-01`,
    plannedSum: planned?.[index] ?? null,
    actualSum: index <= told ? (actual[index] ?? null) : null,
    evenSum: annualWan === null ? null : round((annualWan * (index + 1)) / 12, 100),
    seasonSum: seasonal?.[index] ?? null,
    p50Sum: fan?.p50[index] ?? null,
    p80Sum: fan?.p80[index] ?? null,
  }))
}

/** From what is done to the year's end, along the own plan where it has money left, else the season. */
function fanOf(
  { months }: Given,
  { p50Wan, p80Wan }: { p50Wan: number; p80Wan: number },
  told: number,
  seasonal: number[] | null,
) {
  const done = months.actual.slice(0, told + 1).reduce<number>((sum, wan) => sum + (wan ?? 0), 0)
  const left = months.planned.map((wan, index) => (index > told ? (wan ?? 0) : 0))
  const season = (seasonal ?? []).map((sum, index) =>
    index > told ? sum - (seasonal?.[index - 1] ?? 0) : 0,
  )
  const usable = [left, season, left.map((_, index) => (index > told ? 1 : 0))].find((weights) =>
    weights.some((weight) => weight > 0),
  )
  const parts = sums(usable ?? left)
  const whole = parts.at(-1) ?? 0
  const to = (end: number) =>
    parts.map((part, index) =>
      index < told || whole === 0 ? null : round(done + (part / whole) * (end - done), 100),
    )
  return { p50: to(p50Wan), p80: to(p80Wan) }
}

function sums(amounts: readonly number[]): number[] {
  let sum = 0
  return amounts.map((amount) => {
    sum += amount
    return round(sum, 100)
  })
}

const round = (value: number, parts = 100): number => Math.round(value * parts) / parts

/** Planned and done by month over all fund sources: the total where it is told, else their sum. */
export function monthsOf(rows: readonly InvestmentMonth[], year: number): Given['months'] {
  const of = (field: 'plannedWan' | 'actualWan') =>
    Array.from({ length: 12 }, (_, index) => {
      const month = `${year}-${String(index + 1).padStart(2, '0')}-01`
      const told = rows.filter((row) => row.month === month && row[field] !== null)
      const total = told.find(({ fundSource }) => fundSource === 'total')
      if (total) return total[field]
      return told.length > 0 ? told.reduce((sum, row) => sum + (row[field] ?? 0), 0) : null
    })
  return { planned: of('plannedWan'), actual: of('actualWan') }
}
