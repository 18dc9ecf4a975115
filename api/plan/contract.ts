import { z } from 'zod'
import { AsOf, DateText, Id, Provenance, Wan, Year } from '../http/contract.ts'

/** 年度计划: a project's place on one year's list. */
export const Plan = z.object({
  id: Id,
  projectId: Id,
  year: z.number().int(),
  /** construction 建设 or preliminary 前期 (huge totals, almost no annual plan, never in a completion rate). */
  kind: z.enum(['construction', 'preliminary']),
  annualWan: Wan,
  /** Name of the collective start (集中开工) that it belongs to. */
  collectiveStart: z.string().nullable(),
  addedOn: DateText.nullable(),
  removedOn: DateText.nullable(),
  changeReason: z.string().nullable(),
  provenance: Provenance,
})
export type Plan = z.infer<typeof Plan>
export const PlanFilter = z.object({
  year: Year.optional(),
  asOf: AsOf.shape.asOf,
})
export const PlanList = z.object({ rows: z.array(Plan) })
