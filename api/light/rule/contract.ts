/*
 * A rule set as data. A version is never changed: a rule that changes is a new version, so that a
 * light of last month can still be explained.
 */
import { z } from 'zod'
import { DateText, Id, Instant, LineText } from '../../http/contract.ts'
import { Category } from '../../project/contract.ts'
import { LightPart, LightTopic } from '../contract.ts'

const error = '红灯的界限不能小于黄灯的界限'
/** So long after a planned day without the deed: amber, red; whole days, or months by the calendar. */
const Overdue = z
  .strictObject({
    unit: z.enum(['day', 'month']),
    amber: z.int().min(1).max(3650),
    red: z.int().min(1).max(3650),
  })
  .refine(({ amber, red }) => amber <= red, { error, path: ['red'] })
export type Overdue = z.infer<typeof Overdue>
/** So many percentage points behind: amber, red. `redAbove`: red only beyond its limit, not at it. */
const Behind = z
  .strictObject({
    amberPoints: z.number().positive().max(100),
    redPoints: z.number().positive().max(100),
    redAbove: z.boolean(),
  })
  .refine(({ amberPoints, redPoints }) => amberPoints <= redPoints, { error, path: ['redPoints'] })
export type Behind = z.infer<typeof Behind>

const StaleDays = z.int().min(1).max(730)

/** What a rule decides by; a category may have its own. */
const terms = {
  /** 投资支付 against the own approved monthly plan, or against a straight line through the year. */
  method: z.enum(['plan', 'straight']),
  /** 开工: after the planned start. */
  start: Overdue,
  /** 进度: percent of the works behind the share of the planned time, and steps overdue. */
  progress: z.strictObject({ percent: Behind, step: Overdue }),
  payment: Behind,
  /** 入统: after the start. */
  statistics: Overdue,
  /** Nothing is known any more so many days after the end of the last reported month. */
  staleDays: StaleDays,
  /** 前期: by the own steps and reports; null: no light. */
  preliminary: z.strictObject({ step: Overdue, staleDays: StaleDays }).nullable(),
  /** 绿皮红心: proofs younger than `days` count, so many kinds of them are wanted for green. */
  evidence: z.strictObject({
    days: z.int().min(1).max(730),
    wanted: z.int().min(1).max(4),
    money: Behind,
  }),
  /** The lights that the overall one is the worst of. */
  judges: z
    .array(LightPart)
    .min(1)
    .refine((all) => new Set(all).size === all.length, { error: '同一盏灯写了两次' }),
}
export const LightTerms = z.strictObject(terms)
export type LightTerms = z.infer<typeof LightTerms>

/** A rule set in one version. */
export const LightRule = z.strictObject({
  name: LineText.max(40),
  version: z.int().positive(),
  ...terms,
  categories: z.partialRecord(Category, LightTerms.partial()),
  /** The order in which the clauses are numbered, from 1. */
  clauses: z
    .array(LightTopic)
    .refine((all) => LightTopic.options.every((one) => all.includes(one)), {
      error: '每一条都要有编号，缺少条目',
    })
    .refine((all) => new Set(all).size === all.length, { error: '同一条写了两次' }),
})
export type LightRule = z.infer<typeof LightRule>

/** A version in the book; without person and time it came with the product. */
export const StoredRule = z.object({
  name: z.string(),
  version: z.number().int(),
  /** The days that it is meant for; null: open. */
  fromOn: DateText.nullable(),
  toOn: DateText.nullable(),
  rule: LightRule,
  note: z.string(),
  person: z.string().nullable(),
  at: Instant.nullable(),
  shipped: z.boolean(),
})
export type StoredRule = z.infer<typeof StoredRule>

/** From which day on which version judges, by whom and why. */
export const Adoption = z.object({
  id: Id,
  name: z.string(),
  version: z.number().int(),
  fromOn: DateText,
  reason: z.string(),
  person: z.string(),
  at: Instant,
})
export type Adoption = z.infer<typeof Adoption>
