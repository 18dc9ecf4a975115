import { z } from 'zod'
import { AsOf, DateText, Id, Instant, QueryId } from '../../http/contract.ts'
import { MilestoneKind } from '../contract.ts'

/** One change of one date of a step, and where it left the step against its original date. */
export const LedgerRow = z.object({
  at: Instant,
  milestoneId: Id,
  name: z.string(),
  field: z.enum(['original', 'revised', 'forecast', 'actual']),
  /** Null: it was not set before, or is taken back. */
  from: DateText.nullable(),
  to: DateText.nullable(),
  /** Later is positive; null where one of the two is missing. */
  days: z.number().int().nullable(),
  workingDays: z.number().int().nullable(),
  cause: z.string().nullable(),
  text: z.string().nullable(),
  proposer: z.string(),
  /** Null where nobody had to approve. */
  approver: z.string().nullable(),
  /** From the original date to `to`; null where there is no original date. */
  slipDays: z.number().int().nullable(),
  /** A set original date was corrected. */
  isCorrection: z.boolean(),
})
export type LedgerRow = z.infer<typeof LedgerRow>
export const LedgerFilter = z.object({ project: QueryId, asOf: AsOf.shape.asOf })
/** Newest first. */
export const Ledger = z.object({ rows: z.array(LedgerRow) })

export const SlipFigure = z.object({
  /** Steps with an original date whose day has come, or that are done. */
  due: z.number().int(),
  lateOriginal: z.number().int(),
  lateRevised: z.number().int(),
  /** Of those late against the original, in calendar days; null when there are none. */
  medianDays: z.number().nullable(),
  worstDays: z.number().int().nullable(),
})
export const SlipFilter = z.object({ kind: MilestoneKind.optional(), asOf: AsOf.shape.asOf })
/** Late against what was promised first, and against what was approved since: both, never one alone. */
export const Slip = z.object({
  date: DateText,
  total: SlipFigure,
  units: z.array(z.object({ unitId: Id, ...SlipFigure.shape })),
})
export type Slip = z.infer<typeof Slip>

export const SlipRowFilter = z.object({
  ...SlipFilter.shape,
  /** `due`: every step that counts as due, late or not; its days are against the original. */
  against: z.enum(['original', 'revised', 'due']),
  unit: QueryId.optional(),
})
export type SlipRowFilter = z.infer<typeof SlipRowFilter>
/** A late or due step behind a figure. */
export const SlipRow = z.object({
  milestoneId: Id,
  projectId: Id,
  projectName: z.string(),
  unitId: Id,
  name: z.string(),
  originalDate: DateText,
  revisedDate: DateText.nullable(),
  forecastDate: DateText.nullable(),
  actualDate: DateText.nullable(),
  /** Against the date asked for; an undone step's up to today. */
  days: z.number().int(),
  cause: z.string().nullable(),
})
export type SlipRow = z.infer<typeof SlipRow>
/** The most late first. */
export const SlipRowList = z.object({ rows: z.array(SlipRow) })
