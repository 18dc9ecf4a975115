import { z } from 'zod'
import {
  AsOf,
  DatePrecision,
  DateText,
  Id,
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

/** 节点 with its four dates. A date known to the month or year is its last day, with the precision beside it. */
export const Milestone = z.object({
  id: Id,
  projectId: Id,
  kind: MilestoneKind,
  name: z.string(),
  originalDate: DateText.nullable(),
  originalPrecision: DatePrecision.nullable(),
  revisedDate: DateText.nullable(),
  revisedPrecision: DatePrecision.nullable(),
  forecastDate: DateText.nullable(),
  actualDate: DateText.nullable(),
  actualPrecision: DatePrecision.nullable(),
  cause: z.string().nullable(),
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

/** PUT /milestone: sets dates of one milestone of a project, made when missing; a plan moved later needs a cause. */
export const MilestoneInput = z.strictObject({
  projectId: Id,
  kind: MilestoneKind,
  name: LineText.max(100).optional(),
  revisedDate: DateText.nullable().optional(),
  forecastDate: DateText.nullable().optional(),
  actualDate: DateText.nullable().optional(),
  cause: z.string().max(200).nullable().optional(),
  /** What the writer saw before: what somebody else has changed meanwhile is refused (409 MILESTONE_CHANGED). */
  seen: z
    .strictObject({
      revisedDate: DateText.nullable(),
      forecastDate: DateText.nullable(),
      actualDate: DateText.nullable(),
      cause: z.string().nullable(),
    })
    .partial()
    .optional(),
  reason: Reason,
})
export type MilestoneInput = z.infer<typeof MilestoneInput>
