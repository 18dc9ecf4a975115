/*
 * A rule set as data. A version is never changed: a rule that changes is a new version, so that a
 * light of last month can still be explained.
 */
import { z } from 'zod'
import { DateText, Id, Instant, LineText, Reason } from '../../http/contract.ts'
import { Category } from '../../project/contract.ts'
import { LightPart, LightState, LightTopic } from '../contract.ts'

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
  /** Categories that are judged by terms of their own. */
  categories: z
    .array(z.strictObject({ category: Category, ...terms }))
    .max(Category.options.length)
    .refine((all) => new Set(all.map(({ category }) => category)).size === all.length, {
      error: '同一类别写了两次',
    }),
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

/** GET /light/book: all rule sets, all decisions, and the version that judges today. */
export const LightBook = z.object({
  rules: z.array(StoredRule),
  adoptions: z.array(Adoption),
  current: LightRule,
})
export type LightBook = z.infer<typeof LightBook>

/** POST /light/preview: a rule that need not be in the book. */
export const PreviewInput = z.strictObject({ rule: LightRule })

/** So many projects of the scope that go from one light to another, or stay. */
export const LightMove = z.object({
  from: LightState,
  to: LightState,
  projects: z.number().int(),
})
export type LightMove = z.infer<typeof LightMove>

export const PreviewRow = z.object({
  projectId: Id,
  name: z.string(),
  unitId: Id,
  annualWan: z.number().nullable(),
  from: LightState,
  to: LightState,
  fromOriginal: LightState,
  toOriginal: LightState,
  /** By the previewed rule, against the approved plan. */
  reason: z.string(),
})
export type PreviewRow = z.infer<typeof PreviewRow>

export const LightPreview = z.object({
  date: DateText,
  from: z.string(),
  to: z.string(),
  projects: z.number().int(),
  /** In one form at least. */
  changed: z.number().int(),
  revised: z.array(LightMove),
  original: z.array(LightMove),
  /** By the form of the approved plan; changed = better + worse + to or from no judgement. */
  units: z.array(
    z.object({
      unitId: Id,
      changed: z.number().int(),
      worse: z.number().int(),
      better: z.number().int(),
    }),
  ),
  rows: z.array(PreviewRow),
})
export type LightPreview = z.infer<typeof LightPreview>

/**
 * POST /light/adoption: judges from a day on, today at the earliest. A version that is not in the book
 * is added; it has to be the next one of its name.
 */
export const AdoptionInput = z.strictObject({
  rule: LightRule,
  fromOn: DateText,
  reason: Reason,
})
export type AdoptionInput = z.infer<typeof AdoptionInput>
