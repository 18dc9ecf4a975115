import { z } from 'zod'
import { Id, Instant } from '../http/contract.ts'

export const ScheduledJob = z.object({
  name: z.string(),
  startedAt: Instant.nullable(),
  successAt: Instant.nullable(),
  failureAt: Instant.nullable(),
  /** In a row, since the last success. */
  failures: z.number().int(),
  lastError: z.string().nullable(),
})
export type ScheduledJob = z.infer<typeof ScheduledJob>

/** A message to the outside that was given up, or is not through yet. */
export const StuckDelivery = z.object({
  id: Id,
  channel: z.enum(['email', 'webhook']),
  /** Addressee, or the robot's name. */
  to: z.string(),
  kind: z.string(),
  state: z.enum(['failed', 'dead']),
  attempts: z.number().int(),
  at: Instant,
  /** When it is tried again; of a dead one when it was tried last. */
  nextAt: Instant,
  lastError: z.string().nullable(),
})
export type StuckDelivery = z.infer<typeof StuckDelivery>

export const Schedule = z.object({
  jobs: z.array(ScheduledJob),
  deliveries: z.object({
    waiting: z.number().int(),
    sent: z.number().int(),
    failed: z.number().int(),
    dead: z.number().int(),
  }),
  /** The newest hundred. */
  stuck: z.array(StuckDelivery),
  mailOn: z.boolean(),
})
export type Schedule = z.infer<typeof Schedule>
