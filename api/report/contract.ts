import { z } from 'zod'
import {
  AsOf,
  DateText,
  Id,
  Instant,
  LineText,
  MonthText,
  Provenance,
  QueryId,
  Wan,
  whole,
} from '../http/contract.ts'

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
  /** The last day on which it was in time, by the rule of reports; late: first filed after it. */
  dueOn: DateText,
  isLate: z.boolean(),
  /** Who verified or returned it, when, and why it went back. */
  reviewer: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  reviewNote: z.string().nullable(),
  /** Investment of that month over all fund sources. */
  actualWan: Wan.nullable(),
  provenance: Provenance,
})
export type Report = z.infer<typeof Report>
export const ReportFilter = z.object({
  project: QueryId.optional(),
  month: MonthText.optional(),
  asOf: AsOf.shape.asOf,
  limit: whole(1, 1000).default(100),
})
export const ReportList = z.object({ rows: z.array(Report) })

/** When a month's report is due: on this day of the next month, or the next working day. */
export const ReportRule = z.object({ dueDay: z.number().int().min(1).max(28) })
export type ReportRule = z.infer<typeof ReportRule>

/**
 * POST /report/:id/review. `key` is that of the report that was looked at: one that was corrected
 * meanwhile is refused (409 REPORT_REPLACED). A return needs a note; it makes room for the next report.
 */
export const ReportReview = z.strictObject({
  key: z.uuid(),
  decision: z.enum(['verified', 'returned']),
  note: z.string().trim().max(500).nullable().optional(),
})
export type ReportReview = z.infer<typeof ReportReview>

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
  reporter: LineText.max(100).nullable().optional(),
  actualWan: Wan.nullable().optional(),
  /** Key of the received report that this one corrects. */
  replaces: z.uuid().optional(),
})
export type ReportInput = z.infer<typeof ReportInput>

/**
 * One row of the monthly table, over the counted projects of the year's list (no child beside its
 * parent). Amounts in 万元: this year's plan, done in the month and from January to it.
 */
export const ReportTableRow = z.object({
  /** Category or kind of plan; the id of a unit; null in the total. */
  key: z.string().nullable(),
  /** The unit's name; null where the key has words of its own. */
  name: z.string().nullable(),
  projects: z.number().int(),
  /** Received for the month, and of these filed by the due day. */
  reported: z.number().int(),
  inTime: z.number().int(),
  annualWan: z.number(),
  monthWan: z.number(),
  doneWan: z.number(),
  /** done ÷ annual; null without a plan, and for 前期 projects, which enter no rate. */
  doneShare: z.number().nullable(),
  /** Percentage points of the annual plan ahead of the time gone by (negative: behind). */
  aheadOfTime: z.number().nullable(),
})
export type ReportTableRow = z.infer<typeof ReportTableRow>

/** GET /report/table: the month's table as officials keep it, of 建设 projects but for the row 前期. */
export const ReportTable = z.object({
  month: MonthText,
  dueOn: DateText,
  year: z.number().int(),
  /** Share of the year that has gone by at the end of the month. */
  timeShare: z.number(),
  total: ReportTableRow,
  category: z.array(ReportTableRow),
  planKind: z.array(ReportTableRow),
  unit: z.array(ReportTableRow),
})
export type ReportTable = z.infer<typeof ReportTable>
export const ReportTableFilter = z.object({ month: MonthText, asOf: AsOf.shape.asOf })
