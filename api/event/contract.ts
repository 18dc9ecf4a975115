import { z } from 'zod'
import { Id, Instant, whole } from '../http/contract.ts'

/**
 * GET /event: server-sent events. `id:` is the commit order (seq), resumable by Last-Event-ID or ?since=.
 * `event: change` carries Change[] (those of one wake-up), `event: reset` says that the gap is too
 * large and everything is to be fetched again, `event: clock` tells the simulated time each minute.
 */
export const Change = z.object({
  seq: z.number().int(),
  at: Instant,
  noun: z.string(),
  rowId: Id,
  op: z.enum(['insert', 'update', 'delete']),
  projectId: Id.nullable(),
  unitId: Id.nullable(),
  parkId: Id.nullable(),
})
export type Change = z.infer<typeof Change>
export const ChangeFilter = z.object({
  since: whole(0).default(0),
  limit: whole(1, 10_000).default(1000),
})
export const ChangeList = z.object({ last: z.number().int(), rows: z.array(Change) })
