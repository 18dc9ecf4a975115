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
import { IssueInput } from '../issue/contract.ts'

/** What one fund source paid in a month. */
export const SourceAmount = z.strictObject({ fundSource: LineText.max(40), actualWan: Wan })
export type SourceAmount = z.infer<typeof SourceAmount>

/**
 * What is unusual about a report, asked about and not refused: more since January than the year's plan,
 * more than the whole project costs, less than nothing since January, a percentage that falls.
 */
export const DoubtCode = z.enum(['overAnnual', 'overTotal', 'belowZero', 'percentFell'])
export type DoubtCode = z.infer<typeof DoubtCode>
export const Doubt = z.object({
  code: DoubtCode,
  /** The figure that was told, and the one that it is beside: 万元, or a percentage. */
  told: z.number(),
  beside: z.number(),
  /** What the filer said to it; null where nothing was asked or answered. */
  answer: z.string().nullable(),
})
export type Doubt = z.infer<typeof Doubt>

/** 填报: what a unit or owner says of one project for one month. */
export const Report = z.object({
  id: Id,
  key: z.uuid(),
  projectId: Id,
  month: MonthText,
  status: z.enum(['submitted', 'verified', 'returned']),
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
  /** The same by source, where it was told so: adds up to it. */
  sources: z.array(SourceAmount),
  /** Why the month's money is below zero. */
  correctionNote: z.string().nullable(),
  doubts: z.array(Doubt),
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
 *
 * Money is one total, or rows by fund source, or both: then they must agree (422 `SOURCES_UNEQUAL`). A
 * month below zero lowers what was reported since January and has to say so: `correction` with
 * `correctionNote` (422 `CORRECTION_NEEDED`). What is unusual is stored with the answer to it; with
 * `ask` it is refused until each doubt has one (409 `REPORT_DOUBTS`, the doubts in `details`).
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
  sources: z.array(SourceAmount).min(1).max(30).optional(),
  correction: z.boolean().optional(),
  correctionNote: z.string().trim().max(500).nullable().optional(),
  doubts: z
    .array(z.strictObject({ code: DoubtCode, answer: z.string().trim().min(1).max(500) }))
    .max(DoubtCode.options.length)
    .optional(),
  ask: z.boolean().optional(),
  /**
   * What holds the project back, to be followed as an issue of its own: raised with the report, once,
   * however often the report is corrected.
   */
  issue: z
    .strictObject({
      key: z.uuid(),
      title: IssueInput.shape.title,
      description: IssueInput.shape.description.unwrap().optional(),
      cause: IssueInput.shape.cause.unwrap().optional(),
      severity: IssueInput.shape.severity.unwrap().optional(),
    })
    .optional(),
  /** Key of the received report that this one corrects. */
  replaces: z.uuid().optional(),
})
export type ReportInput = z.infer<typeof ReportInput>

const typed = (most: number) => z.string().max(most)

/** A report as typed so far: text as it stands in the form, which need not be a number yet. */
export const DraftFields = z.strictObject({
  /** The key under which it will be filed; of two that begin at once the first one's stays. */
  key: z.uuid(),
  replaces: z.uuid().nullable(),
  percent: typed(20),
  actualWan: typed(20),
  sources: z.array(z.strictObject({ fundSource: typed(40), actualWan: typed(20) })).max(30),
  correctionNote: typed(500),
  progressText: typed(2000),
  problem: typed(2000),
  cause: typed(40),
  nextStep: typed(2000),
  inStatistics: z.boolean().nullable(),
  /** The problem as an issue to be raised with the report. */
  issue: z
    .strictObject({
      key: z.uuid(),
      title: typed(120),
      cause: typed(40),
      severity: IssueInput.shape.severity.unwrap(),
    })
    .nullable(),
})
export type DraftFields = z.infer<typeof DraftFields>

/** The one draft of a project's month, whoever of those who may file it wrote in it last. */
export const ReportDraft = z.object({
  projectId: Id,
  month: MonthText,
  fields: DraftFields,
  savedBy: z.string(),
  savedAt: Instant,
})
export type ReportDraft = z.infer<typeof ReportDraft>
export const ReportDraftList = z.object({ rows: z.array(ReportDraft) })
export const ReportDraftFilter = z.object({ project: QueryId })

/**
 * PUT /report/draft. Fields that are not given stay; a field whose `seen` value is no longer the stored
 * one was changed by somebody else and is refused (409 `REPORT_DRAFT_CHANGED`, the stored values in
 * `details`), without `seen` the last one wins. A draft whose report was received is refused
 * (409 `REPORT_DRAFT_DONE`).
 */
export const ReportDraftInput = z.strictObject({
  projectId: Id,
  month: MonthText,
  fields: DraftFields.partial().required({ key: true }),
  seen: DraftFields.partial().optional(),
})
export type ReportDraftInput = z.infer<typeof ReportDraftInput>

/**
 * GET /report/queue: the submitted reports of a month that wait for verification, those first whose
 * month is furthest from its plan.
 */
export const ReportQueueRow = z.object({
  report: Report,
  project: z.string(),
  unit: z.string(),
  /** Planned for the month, planned and done from January to it, 万元; null without such rows. */
  plannedWan: z.number().nullable(),
  plannedSumWan: z.number().nullable(),
  doneSumWan: z.number().nullable(),
  /** Of the month before. */
  percentBefore: z.number().nullable(),
  actualBeforeWan: z.number().nullable(),
  /** Photos and files that came with it. */
  photos: z.number().int(),
})
export type ReportQueueRow = z.infer<typeof ReportQueueRow>
export const ReportQueue = z.object({ rows: z.array(ReportQueueRow) })
export const ReportQueueFilter = z.object({ month: MonthText })

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
/** GET /report/table/row: the projects of one line of the table; `key` as in its `key`. */
export const TableLineFilter = z.object({
  month: MonthText,
  group: z.enum(['total', 'category', 'planKind', 'unit']),
  key: z.string().max(40).optional(),
  asOf: AsOf.shape.asOf,
})
export type TableLineFilter = z.infer<typeof TableLineFilter>
export const TableLine = z.object({
  projectId: Id,
  projectName: z.string(),
  unitName: z.string(),
  annualWan: z.number(),
  monthWan: z.number().nullable(),
  doneWan: z.number().nullable(),
  /** When the month's report came in first; null: not received. */
  filedOn: DateText.nullable(),
  inTime: z.boolean(),
  provenance: Provenance,
})
export type TableLine = z.infer<typeof TableLine>
export const TableLineList = z.object({ rows: z.array(TableLine) })
export const ReportTableFilter = z.object({ month: MonthText, asOf: AsOf.shape.asOf })
