import { z } from 'zod'
import { AsOf, Id, Instant, MonthText, Provenance, Wan } from '../http/contract.ts'

/** 填报: what a unit or owner says of one project for one month. */
export const Report = z.object({
  id: Id,
  key: z.uuid(),
  projectId: Id,
  month: MonthText,
  status: z.enum(['draft', 'submitted', 'verified', 'returned']),
  percent: z.number().min(0).max(100).nullable(),
  progressText: z.string().nullable(),
  problem: z.string().nullable(),
  cause: z.string().nullable(),
  nextStep: z.string().nullable(),
  inStatistics: z.boolean().nullable(),
  reporter: z.string().nullable(),
  reportedAt: Instant,
  /** Investment of that month over all fund sources. */
  actualWan: Wan.nullable(),
  provenance: Provenance,
})
export type Report = z.infer<typeof Report>
export const ReportFilter = z.object({
  project: z.coerce.number().int().positive().optional(),
  month: MonthText.optional(),
  asOf: AsOf.shape.asOf,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export const ReportList = z.object({ rows: z.array(Report) })

/**
 * POST /report. `key` is the record's own UUID, made by the client: the same key with the same content
 * is the same report (200), with other content it is refused (409 REPORT_CHANGED, the stored values in
 * `details`). Another report for the same project and month is refused (409 REPORT_EXISTS) unless the
 * stored one was returned, or `replaces` names it and it is not verified yet.
 */
export const ReportInput = z.strictObject({
  key: z.uuid(),
  projectId: Id,
  month: MonthText,
  percent: z.number().min(0).max(100).nullable().optional(),
  progressText: z.string().max(2000).nullable().optional(),
  problem: z.string().max(2000).nullable().optional(),
  cause: z.string().max(40).nullable().optional(),
  nextStep: z.string().max(2000).nullable().optional(),
  inStatistics: z.boolean().nullable().optional(),
  reporter: z.string().max(100).nullable().optional(),
  actualWan: Wan.nullable().optional(),
  /** Key of the received report that this one corrects. */
  replaces: z.uuid().optional(),
})
export type ReportInput = z.infer<typeof ReportInput>
