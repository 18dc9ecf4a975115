/*
 * What a project will have brought by the end of the year: where past years of works of the class
 * ended that stood as far from their year's plan in the same month. All in shares of the annual plan.
 */
import { type CourseModel, endAt, expectedEnd, learnCourses } from 'geo/forecast'
import type { TotalPart, YearErrors } from 'geo/simulated-total'
import { type Classed, narrowest, sizeOf } from './class.ts'
import type { ForecastRule, ReferenceClass } from './contract.ts'
import type { PastYear } from './reference.ts'

/** How a project's year stands. */
export interface YearStanding extends Classed {
  annualWan: number
  /** Months told, 0 to 12; planned and done from January to there, 万元. */
  told: number
  plannedWan: number
  doneWan: number
}

export interface YearModel {
  class: ReferenceClass
  members: PastYear[]
  model: CourseModel
  errors: YearErrors
}

/** A year's plan of less than this share of the whole project is too small to be measured by. */
const LEAST_PLAN = 0.01

/** The models of a day, each learned once. */
export class YearModels {
  readonly #years: readonly PastYear[]
  readonly #rule: ForecastRule
  readonly #held = new Map<string, YearModel | null>()

  constructor(years: readonly PastYear[], rule: ForecastRule) {
    this.#years = years.filter(({ planned, totalWan }) => {
      const plan = total(planned)
      return plan > 0 && plan >= LEAST_PLAN * (totalWan ?? 0)
    })
    this.#rule = rule
  }

  /** Past years that there are to compare with, by project. */
  get n(): number {
    return new Set(this.#years.map(({ key }) => key)).size
  }

  /** The model for works of a class after so many months; null where there are too few. */
  of({ category, totalWan, told }: YearStanding): YearModel | null {
    const key = `${category} ${sizeOf(totalWan, this.#rule)} ${told}`
    const held = this.#held.get(key)
    if (held !== undefined) return held
    const model = this.#learn({ category, totalWan }, told)
    this.#held.set(key, model)
    return model
  }

  #learn(target: Classed, told: number): YearModel | null {
    const chosen = narrowest(target, this.#years, this.#rule, ({ key }) => key)
    if (!chosen) return null
    const courses = chosen.members.map(({ planned, actual }) => {
      const plan = total(planned)
      return {
        now: (total(actual.slice(0, told)) - total(planned.slice(0, told))) / plan,
        end: total(actual) / plan - 1,
      }
    })
    const model = learnCourses(courses)
    const byYear = new Map<number, number[]>()
    for (const [index, { year }] of chosen.members.entries()) {
      byYear.set(year, [...(byYear.get(year) ?? []), model.errors[index] ?? 0])
    }
    return { ...chosen, model, errors: { byYear, all: [...model.errors] } }
  }
}

/** 万元 that a share of cases stays above: half of them P50, four of five P80. */
export function yearEndAt(standing: YearStanding, { model }: YearModel, share: number): number {
  const end = (1 + endAt(model, nowOf(standing), 1 - share)) * standing.annualWan
  return Math.max(standing.doneWan, end)
}

/** The project as a part of a total. */
export function yearPart(standing: YearStanding, { model, errors }: YearModel): TotalPart {
  return {
    expected: (1 + expectedEnd(model, nowOf(standing))) * standing.annualWan,
    scale: standing.annualWan,
    floor: standing.doneWan,
    errors,
  }
}

const nowOf = ({ annualWan, plannedWan, doneWan }: YearStanding) =>
  (doneWan - plannedWan) / annualWan

const total = (months: readonly number[]) => months.reduce((sum, wan) => sum + wan, 0)
