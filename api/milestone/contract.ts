import { z } from 'zod'
import {
  AsOf,
  DatePrecision,
  DateText,
  Id,
  Instant,
  LineText,
  Provenance,
  QueryId,
  Reason,
} from '../http/contract.ts'

export const MilestoneKind = z.enum([
  'signing',
  'preliminary',
  'permit',
  'start',
  'construction',
  'structure',
  'finish',
  'production',
])
export type MilestoneKind = z.infer<typeof MilestoneKind>

/** The step within its kind: the kind itself for the one that files and lights go by. */
const Code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, {
  error: '应为步骤编码：小写字母开头，只含小写字母、数字和下划线，最多 40 个字符',
})

/**
 * 节点 with its four dates. A date known to the month or year is its last day, with the precision
 * beside it. The original date is set once, by an approved plan or a first import.
 */
export const Milestone = z.object({
  id: Id,
  projectId: Id,
  kind: MilestoneKind,
  code: z.string(),
  name: z.string(),
  originalDate: DateText.nullable(),
  originalPrecision: DatePrecision.nullable(),
  revisedDate: DateText.nullable(),
  revisedPrecision: DatePrecision.nullable(),
  forecastDate: DateText.nullable(),
  actualDate: DateText.nullable(),
  actualPrecision: DatePrecision.nullable(),
  cause: z.string().nullable(),
  /** Working days that it may take. */
  limitDays: z.number().int().nullable(),
  /** Who answers for it: a department's name, `unit` (the reporting unit) or `enterprise` (the owner). */
  party: z.string().nullable(),
  /** On the critical path of the plan that was approved. */
  critical: z.boolean(),
  /** What the actual date rests on, as the number of a document. */
  evidence: z.string().nullable(),
  verifiedBy: z.string().nullable(),
  verifiedAt: Instant.nullable(),
  provenance: Provenance,
  sourceTitle: z.string().nullable(),
  sourceDate: z.string().nullable(),
})
export type Milestone = z.infer<typeof Milestone>

export const MilestoneFilter = z.object({
  project: QueryId,
  asOf: AsOf.shape.asOf,
})
export const MilestoneList = z.object({ rows: z.array(Milestone) })

const Evidence = LineText.max(200)

/**
 * PUT /milestone: what the owner says of one step of a project, made when missing. A forecast later
 * than the plan needs a cause, an actual date its evidence. The plan is changed by a revision.
 */
export const MilestoneInput = z.strictObject({
  projectId: Id,
  kind: MilestoneKind,
  /** Left out: the kind's own step. */
  code: Code.optional(),
  name: LineText.max(100).optional(),
  forecastDate: DateText.nullable().optional(),
  actualDate: DateText.nullable().optional(),
  evidence: Evidence.nullable().optional(),
  cause: z.string().max(200).nullable().optional(),
  /** What the writer saw before: what somebody else has changed meanwhile is refused (409 MILESTONE_CHANGED). */
  seen: z
    .strictObject({
      forecastDate: DateText.nullable(),
      actualDate: DateText.nullable(),
      evidence: z.string().nullable(),
      cause: z.string().nullable(),
    })
    .partial()
    .optional(),
  reason: Reason,
})
export type MilestoneInput = z.infer<typeof MilestoneInput>

/** POST /milestone/:id/verification: the dispatch office has seen the evidence of the very date. */
export const VerificationInput = z.strictObject({ actualDate: DateText })

/** POST /milestone/:id/correction: an original date that was entered wrongly, put right with its reason. */
export const CorrectionInput = z.strictObject({
  originalDate: DateText,
  /** What the writer saw. */
  seen: DateText,
  reason: Reason,
})
export type CorrectionInput = z.infer<typeof CorrectionInput>

/** A re-baseline: proposed, then approved or refused by somebody else. Both dates stay. */
export const Revision = z.object({
  id: Id,
  key: z.uuid(),
  projectId: Id,
  projectName: z.string(),
  unitId: Id,
  milestoneId: Id,
  milestoneName: z.string(),
  originalDate: DateText.nullable(),
  fromDate: DateText,
  fromPrecision: DatePrecision,
  toDate: DateText,
  /** From the date before to the new one; negative when it comes earlier. */
  days: z.number().int(),
  workingDays: z.number().int(),
  /** From the original date to the new one; null where there is none. */
  slipDays: z.number().int().nullable(),
  causeCode: z.string(),
  cause: z.string(),
  text: z.string(),
  state: z.enum(['proposed', 'approved', 'refused']),
  proposer: z.string(),
  proposerId: Id.nullable(),
  proposedAt: Instant,
  approver: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
})
export type Revision = z.infer<typeof Revision>

export const RevisionFilter = z.object({
  project: QueryId.optional(),
  state: Revision.shape.state.optional(),
})
export const RevisionList = z.object({ rows: z.array(Revision) })

export const RevisionInput = z.strictObject({
  /** Made by the client: the same key again is the same proposal. */
  key: z.uuid(),
  toDate: DateText,
  causeCode: z.string().min(1).max(40),
  text: z
    .string()
    .max(1000)
    .regex(/[\p{L}\p{N}]/u, { error: '请说明为什么调整' }),
  /** The planned date that the proposer saw: another one by now is refused (409 PLAN_DATE_CHANGED). */
  seen: DateText,
})
export type RevisionInput = z.infer<typeof RevisionInput>

export const Decision = z.strictObject({
  decision: z.enum(['approved', 'refused']),
  /** Needed to refuse: what has to change. */
  note: z.string().trim().max(500).optional(),
})
export type Decision = z.infer<typeof Decision>
