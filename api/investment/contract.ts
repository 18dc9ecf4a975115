import { z } from 'zod'
import { AsOf, MonthText, Provenance, QueryId, Wan, Year } from '../http/contract.ts'

/** 投资 of one project in one month from one fund source, plan beside actual, 万元. */
export const InvestmentMonth = z.object({
  month: MonthText,
  fundSource: z.string(),
  plannedWan: Wan.nullable(),
  actualWan: Wan.nullable(),
  provenance: Provenance,
})
export type InvestmentMonth = z.infer<typeof InvestmentMonth>
export const InvestmentFilter = z.object({
  project: QueryId,
  asOf: AsOf.shape.asOf,
})
export const InvestmentList = z.object({ rows: z.array(InvestmentMonth) })

/** GET /investment/curve: the sum over the counted construction projects of a year's list, by month. */
export const CurveFilter = z.object({
  year: Year.optional(),
  unit: QueryId.optional(),
  park: QueryId.optional(),
  asOf: AsOf.shape.asOf,
})
export const InvestmentCurve = z.object({
  year: z.number().int(),
  /** Twelve rows; actualWan is null for months after the last one that anybody reported. */
  months: z.array(
    z.object({
      month: MonthText,
      plannedWan: Wan,
      actualWan: Wan.nullable(),
      reporting: z.number().int(),
    }),
  ),
})
export const CurveRowFilter = z.object({ ...CurveFilter.shape, month: MonthText })
/** GET /investment/curve/row: what each counted project brings to one month of the curve. */
export const CurveRowList = z.object({
  rows: z.array(
    z.object({
      projectId: z.number().int(),
      projectName: z.string(),
      unitId: z.number().int(),
      plannedWan: Wan.nullable(),
      /** Null where the project has not told the month, or it is after the day asked for. */
      actualWan: Wan.nullable(),
      provenance: Provenance,
    }),
  ),
})
export type CurveRow = z.infer<typeof CurveRowList>['rows'][number]
export type InvestmentCurve = z.infer<typeof InvestmentCurve>
