import { z } from 'zod'
import { DateText, Id, MonthText } from '../http/contract.ts'

/**
 * 亮灯. red 严重滞后 ▲, amber 滞后 ◆, green 正常 ●, stale 数据过期 ▨ (never green),
 * finished 已完工 (blue ring), none 未到 / 不亮灯 (grey: not on the year's list, not yet due, nothing to judge by).
 */
export const LightState = z.enum(['red', 'amber', 'green', 'stale', 'finished', 'none'])
export type LightState = z.infer<typeof LightState>

/** The four lights of a project: 开工, 进度, 投资支付, 入统. */
export const LightPart = z.enum(['start', 'progress', 'payment', 'statistics'])
export type LightPart = z.infer<typeof LightPart>

/** Against the plan as approved since, or as it first was. */
export const LightForm = z.enum(['revised', 'original'])
export type LightForm = z.infer<typeof LightForm>

/** What the clauses of a rule are about; which number each has is the rule's own. */
export const LightTopic = z.enum([
  ...LightPart.options,
  'silence',
  'preliminary',
  'aside',
  'evidence',
])
export type LightTopic = z.infer<typeof LightTopic>

const amount = z.number().nullable()
const money = {
  month: MonthText,
  annualWan: amount,
  plannedWan: amount,
  doneWan: amount,
  lagPoints: z.number(),
}
const step = { step: z.string(), plannedOn: DateText }

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
      'noStart',
      'noProgress',
      'noPreparation',
      'notBegun',
      'inStatistics',
      'noEvidence',
      'finishUnproved',
      'permitOpen',
    ]),
  }),
  /** Planned to start later; of the whole project: and no money planned before. */
  z.object({ code: z.enum(['notYet', 'startAhead']), plannedStart: DateText }),
  /** Days from the end of the last reported month. */
  z.object({ code: z.literal('silent'), month: MonthText, days: z.number().int() }),
  z.object({ code: z.literal('noMoney'), month: MonthText }),
  /** Overdue without start: beyond a limit, or (startSoon) still within. */
  z.object({
    code: z.enum(['startLate', 'startSoon']),
    plannedStart: DateText,
    days: z.number().int(),
  }),
  /** Begun; days later than planned, negative: earlier, null: no planned start. */
  z.object({ code: z.literal('begun'), startedOn: DateText, days: z.number().int().nullable() }),
  /** A step whose planned day has passed without it: beyond a limit, or (stepSoon) still within. */
  z.object({ code: z.enum(['stepLate', 'stepSoon']), ...step, days: z.number().int() }),
  z.object({ code: z.literal('stepAhead'), ...step }),
  /** Percent of the works in the last report, and the share of the planned time that had passed. */
  z.object({
    code: z.literal('percent'),
    month: MonthText,
    percent: z.number(),
    expected: z.number(),
    lagPoints: z.number(),
  }),
  /** Planned and done from January to `month`, in 万元; points of the annual plan. */
  z.object({ code: z.literal('money'), ...money }),
  /** The same against a straight line through the year. */
  z.object({ code: z.literal('straight'), ...money }),
  /** The same with what the dispatch office has verified. */
  z.object({ code: z.literal('provenMoney'), ...money }),
  /** Begun so many days ago and not in the statistics: no (false), or nobody said (null). */
  z.object({
    code: z.literal('outOfStatistics'),
    days: z.number().int(),
    told: z.boolean(),
  }),
  /** The newest proof of each kind that is not older than the rule allows. */
  z.object({
    code: z.literal('evidence'),
    photoOn: DateText.nullable(),
    proofOn: DateText.nullable(),
    paidMonth: MonthText.nullable(),
    verifiedMonth: MonthText.nullable(),
  }),
])
export type LightCause = z.infer<typeof LightCause>

export const PartLight = z.object({
  state: LightState,
  /** Chinese sentence with its figures: the causes, the rule and its clause. */
  reason: z.string(),
  causes: z.array(LightCause),
  /** Numbers of the clauses of the rule that decided. */
  clauses: z.array(z.number().int()),
})
export type PartLight = z.infer<typeof PartLight>

/** The overall light against the approved plan. */
export const Light = PartLight.extend({
  /** Name and version: 本市 v1. */
  rule: z.string(),
  /** Done minus planned to the last reported month, in percentage points of the annual plan (negative = behind). */
  lagPoints: z.number().nullable(),
})
export type Light = z.infer<typeof Light>

const parts = z.object({
  start: PartLight,
  progress: PartLight,
  payment: PartLight,
  statistics: PartLight,
})

/** Every light of one project in both forms, and the one from evidence alone (绿皮红心). */
export const Lights = z.object({
  parts,
  original: PartLight.extend({ parts }),
  /** Whether any date or amount was revised: else both forms are one. */
  revised: z.object({ dates: z.boolean(), money: z.boolean() }),
  evidence: PartLight,
  /** The evidence says worse than the light reported. */
  disagrees: z.boolean(),
})
export type Lights = z.infer<typeof Lights>

/** GET /light/evidence: reported well and proved badly, the most money of the year first. */
export const Disagreements = z.object({
  date: DateText,
  rule: z.string(),
  /** Projects whose reported light claims something: neither grey nor stale. */
  judged: z.number().int(),
  total: z.number().int(),
  rows: z.array(
    z.object({
      projectId: Id,
      code: z.string(),
      name: z.string(),
      unitId: Id,
      parkId: Id.nullable(),
      annualWan: amount,
      totalWan: amount,
      light: Light,
      evidence: PartLight,
    }),
  ),
})
export type Disagreements = z.infer<typeof Disagreements>
