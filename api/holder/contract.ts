import { z } from 'zod'
import { AsOf, DateText, Id, QueryId } from '../http/contract.ts'

/** 球在谁手里: whom a project waits for. */
export const Holder = z.object({
  kind: z.enum(['department', 'unit', 'enterprise', 'dispatch', 'body', 'person']),
  name: z.string(),
})
export type Holder = z.infer<typeof Holder>

/** Days from `from` (included) to `to` (not included) that one holder had the ball, and by what. */
export const HolderSpan = z.object({
  holder: Holder,
  from: DateText,
  to: DateText,
  days: z.number().int(),
  by: z.enum(['issue', 'order', 'approval', 'step']),
  /** Title of the issue or order, name of the step. */
  what: z.string(),
})
export type HolderSpan = z.infer<typeof HolderSpan>

export const HolderFilter = z.object({ project: QueryId, asOf: AsOf.shape.asOf })

/** From a project's beginning to the day (or its end): each day belongs to exactly one holder. */
export const ProjectHolder = z.object({
  projectId: Id,
  from: DateText,
  to: DateText,
  /** The sum of the days of `spans` and of `totals`, exactly. */
  elapsedDays: z.number().int(),
  /** Who has it now; null once the project has ended. */
  now: Holder.nullable(),
  /** In order of time. */
  spans: z.array(HolderSpan),
  /** The longest first. */
  totals: z.array(z.object({ holder: Holder, days: z.number().int() })),
})
export type ProjectHolder = z.infer<typeof ProjectHolder>

export const HolderTotalFilter = z.object({
  /** First day that counts; left out: 1 January of the plan year. */
  from: DateText.optional(),
  unit: QueryId.optional(),
  asOf: AsOf.shape.asOf,
})
/** Days that projects waited for each holder, and for how many of them they wait now. */
export const HolderTotal = z.object({
  from: DateText,
  to: DateText,
  projects: z.number().int(),
  elapsedDays: z.number().int(),
  rows: z.array(
    z.object({
      holder: Holder,
      days: z.number().int(),
      projects: z.number().int(),
      holdsNow: z.number().int(),
    }),
  ),
})
export type HolderTotal = z.infer<typeof HolderTotal>
