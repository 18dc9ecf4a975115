import { z } from 'zod'
import { DateText, MonthText } from '../http/contract.ts'

/**
 * 亮灯. red 严重滞后 ▲, amber 滞后 ◆, green 正常 ●, stale 数据过期 ▨ (never green),
 * finished 已完工 (blue ring), none 未到 / 不亮灯 (grey: preliminary, not on the year's list, not yet due).
 */
export const LightState = z.enum(['red', 'amber', 'green', 'stale', 'finished', 'none'])
export type LightState = z.infer<typeof LightState>

const amount = z.number().nullable()

/** Why a light is what it is, with its figures, for whoever words it in a language of its own. */
export const LightCause = z.discriminatedUnion('code', [
  z.object({
    code: z.enum([
      'suspended',
      'removed',
      'terminated',
      'finished',
      'production',
      'unlisted',
      'preliminary',
      'neverReported',
      'firstDue',
      'noMonthlyPlan',
    ]),
  }),
  /** Planned to start later, and no money planned before. */
  z.object({ code: z.literal('notYet'), plannedStart: DateText }),
  /** Days from the end of the last reported month. */
  z.object({ code: z.literal('silent'), month: MonthText, days: z.number().int() }),
  z.object({ code: z.literal('noMoney'), month: MonthText }),
  z.object({ code: z.literal('startLate'), plannedStart: DateText, days: z.number().int() }),
  /** Planned and done from January to `month`, in 万元; points of the annual plan. */
  z.object({
    code: z.literal('money'),
    month: MonthText,
    annualWan: amount,
    plannedWan: amount,
    doneWan: amount,
    lagPoints: z.number(),
  }),
])
export type LightCause = z.infer<typeof LightCause>

export const Light = z.object({
  state: LightState,
  /** Chinese sentence with its figures: the causes and the rule. */
  reason: z.string(),
  causes: z.array(LightCause),
  rule: z.string(),
  /** Done minus planned to the last reported month, in percentage points of the annual plan (negative = behind). */
  lagPoints: z.number().nullable(),
})
export type Light = z.infer<typeof Light>

/** A versioned rule as data. */
export const LightRule = z.object({
  name: z.string(),
  version: z.number().int(),
  /** Points behind the own monthly plan from which a project is amber / red. */
  amberLagPoints: z.number().positive(),
  redLagPoints: z.number().positive(),
  /** Days after the planned start without start: amber / red. */
  amberStartDays: z.number().int().positive(),
  redStartDays: z.number().int().positive(),
  /** A project is stale this many days after the end of its last reported month. */
  staleDays: z.number().int().positive(),
})
export type LightRule = z.infer<typeof LightRule>
