import { z } from 'zod'
import { AsOf, DateText, Id, Instant } from '../http/contract.ts'

/**
 * What can differ between two days: 清单 (a project came to the list or left it, or to the city), 阶段,
 * 亮灯, 节点日期, 资金, 填报, 问题.
 */
export const ComparisonKind = z.enum([
  'light',
  'stage',
  'list',
  'milestone',
  'money',
  'report',
  'issue',
])
export type ComparisonKind = z.infer<typeof ComparisonKind>

/** What of it: the name of the column or date that differs, or what became of an issue. */
export const ComparisonField = z.enum([
  'light',
  'stage',
  'project',
  'planKind',
  'original',
  'revised',
  'forecast',
  'actual',
  'totalWan',
  'annualWan',
  'doneWan',
  'report',
  'opened',
  'closed',
])
export type ComparisonField = z.infer<typeof ComparisonField>

/** A word of an enumeration, a date, an amount in 万元, or nothing. */
const value = z.union([z.string(), z.number(), z.null()])

export const ComparisonRow = z.object({
  kind: ComparisonKind,
  field: ComparisonField,
  /** Null: an issue of no project. */
  project: z.object({ id: Id, name: z.string(), unitId: Id }).nullable(),
  /** The milestone's or issue's name, the report's month. */
  subject: z.string().nullable(),
  /** The issue itself, to open it. */
  issueId: Id.nullable(),
  before: value,
  after: value,
})
export type ComparisonRow = z.infer<typeof ComparisonRow>

const Known = z.object({ asOf: Instant, date: DateText, year: z.number().int() })

export const Comparison = z.object({
  from: Known,
  to: Known,
  totals: z.array(
    z.object({ kind: ComparisonKind, rows: z.number().int(), projects: z.number().int() }),
  ),
  /** How many lights went from one state to another. */
  lights: z.array(z.object({ before: z.string(), after: z.string(), projects: z.number().int() })),
  /**
   * What was done more of the same year's plan, 万元, over the projects that sums count on both days;
   * null between two plan years.
   */
  doneWan: z.number().nullable(),
  opened: z.number().int(),
  closed: z.number().int(),
  /** At most `mostRows` of each kind, the weightiest first. */
  rows: z.array(ComparisonRow),
})
export type Comparison = z.infer<typeof Comparison>

/** Rows of one kind that are sent; the totals count all. */
export const mostRows = 300

const instant = AsOf.shape.asOf

/** Days are their ends; `to` absent is now. */
export const ComparisonFilter = z.object({
  from: instant.unwrap(),
  to: instant,
})

/** When the one who asks has last looked at the city, before this time; null: never. */
export const Look = z.object({ since: Instant.nullable() })
export type Look = z.infer<typeof Look>
