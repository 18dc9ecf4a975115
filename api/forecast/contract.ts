import { z } from 'zod'
import { AsOf, DateText, Id, MonthText, QueryId, Wan } from '../http/contract.ts'
import { Category } from '../project/contract.ts'

/** How forecasts are made, as the city may set it (setting `forecast_rule`). */
export const ForecastRule = z.strictObject({
  version: z.number().int().positive(),
  /** With fewer finished projects to compare with there is no forecast. */
  least: z.number().int().min(2).max(1000),
  /** Totals, 万元, at which a larger class of size begins; ascending. */
  sizesWan: z.array(z.number().positive()).max(10),
})
export type ForecastRule = z.infer<typeof ForecastRule>

/** Which finished projects were compared with: the narrowest class that has enough of them. */
export const ReferenceClass = z.object({
  width: z.enum(['category-size', 'category', 'all']),
  category: Category.nullable(),
  /** Total investment from (included) and below, 万元; null: open. */
  fromWan: z.number().nullable(),
  belowWan: z.number().nullable(),
})
export type ReferenceClass = z.infer<typeof ReferenceClass>

/** Why there is no forecast; `few`: too few finished projects to compare with. */
export const NoForecast = z.enum([
  'few',
  'finished',
  'suspended',
  'preliminary',
  'unlisted',
  'no_plan',
  'no_report',
  'no_percent',
])
export type NoForecast = z.infer<typeof NoForecast>
const none = z.object({
  state: z.literal('none'),
  reason: NoForecast,
  /** Finished projects that there are to compare with, and how many it takes. */
  n: z.number().int(),
  least: z.number().int(),
})

/** A finished project that a forecast rests on: planned and real months from the planned start. */
export const ReferenceRow = z.object({
  source: z.enum(['archive', 'project']),
  id: Id,
  code: z.string(),
  name: z.string(),
  plannedMonths: z.number(),
  actualMonths: z.number(),
  synthetic: z.boolean(),
})
export type ReferenceRow = z.infer<typeof ReferenceRow>

const basis = {
  class: ReferenceClass,
  /** Finished projects in the class. */
  n: z.number().int(),
  /** Those of them that the asker may see by name. */
  rows: z.array(ReferenceRow),
}

export const FinishForecast = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('forecast'),
    p50: DateText,
    p80: DateText,
    /** Days later than the plan that holds (approved, else original); negative: earlier. */
    lateP50: z.number().int(),
    lateP80: z.number().int(),
    ...basis,
  }),
  none,
])
export type FinishForecast = z.infer<typeof FinishForecast>

/** Money of the year, 万元: P50 is passed in half of the cases, P80 in four of five. */
export const YearEndForecast = z.discriminatedUnion('state', [
  z.object({ state: z.literal('forecast'), p50Wan: Wan, p80Wan: Wan, ...basis }),
  none,
])
export type YearEndForecast = z.infer<typeof YearEndForecast>

/** Earned schedule (Lipke), in months. */
export const Earned = z.object({
  planned: z.number(),
  elapsed: z.number(),
  earned: z.number(),
  variance: z.number(),
  index: z.number().nullable(),
  estimate: z.number().nullable(),
})
export type Earned = z.infer<typeof Earned>

/** The city's seasonal curve: shares of January to December, and what they were learned from. */
export const SeasonShares = z.object({
  shares: z.array(z.number()).length(12),
  years: z.number().int(),
  /** Whether a curve that the pack or the city has set was weighed in. */
  isPrior: z.boolean(),
})
export type SeasonShares = z.infer<typeof SeasonShares>

export const ForecastFilter = z.object({ project: QueryId, asOf: AsOf.shape.asOf })

/** GET /forecast: one project's curves of the year and its forecast, cumulative amounts in 万元. */
export const Forecast = z.object({
  projectId: Id,
  date: DateText,
  year: z.number().int(),
  /** Name and version of the method. */
  rule: z.string(),
  annualWan: Wan.nullable(),
  months: z.array(
    z.object({
      month: MonthText,
      plannedSum: Wan.nullable(),
      actualSum: Wan.nullable(),
      evenSum: Wan.nullable(),
      seasonSum: Wan.nullable(),
      /** From the last month told to December. */
      p50Sum: Wan.nullable(),
      p80Sum: Wan.nullable(),
    }),
  ),
  season: SeasonShares.nullable(),
  /** By this year's own monthly plan, at the last month told. */
  yearSchedule: Earned.nullable(),
  /** The works as a whole, against the usual course of finished works of the class. */
  works: z
    .object({
      plannedStart: DateText,
      plannedFinish: DateText,
      approvedFinish: DateText,
      /** What the owner foretells. */
      ownerFinish: DateText.nullable(),
      percent: z.number(),
      /** The day that the percentage tells of. */
      standsOn: DateText,
      schedule: Earned.nullable(),
    })
    .nullable(),
  finish: FinishForecast,
  yearEnd: YearEndForecast,
})
export type Forecast = z.infer<typeof Forecast>

export const YearForecastFilter = z.object({
  unit: QueryId.optional(),
  park: QueryId.optional(),
  category: Category.optional(),
  /** Whether each project's own part is told too. */
  detail: z.stringbool('应为 true 或 false').default(false),
  asOf: AsOf.shape.asOf,
})
export type YearForecastFilter = z.infer<typeof YearForecastFilter>

/** GET /forecast/year: what the counted construction projects of a place bring by the year's end. */
export const YearForecast = z.object({
  date: DateText,
  year: z.number().int(),
  rule: z.string(),
  /** Counted construction projects on the list, and how many of them have a forecast. */
  projects: z.number().int(),
  forecast: z.number().int(),
  annualWan: Wan,
  doneWan: Wan,
  /** Null where no project has a forecast. Projects without one count with what they have done. */
  p50Wan: Wan.nullable(),
  p80Wan: Wan.nullable(),
  /** Finished projects compared with, over all classes, and how many of them are made up. */
  references: z.number().int(),
  synthetic: z.number().int(),
  season: SeasonShares.nullable(),
  without: z.array(
    z.object({ id: Id, name: z.string(), reason: NoForecast, doneWan: Wan.nullable() }),
  ),
  /** With `detail`: each project's own forecast. They do not add up to the total's: its range is narrower. */
  rows: z.array(z.object({ id: Id, p50Wan: Wan, p80Wan: Wan, n: z.number().int() })),
})
export type YearForecast = z.infer<typeof YearForecast>
