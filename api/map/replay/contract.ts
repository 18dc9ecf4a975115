import { z } from 'zod'
import { DateText } from '../../http/contract.ts'
import { MapSnapshot } from '../contract.ts'

const head = MapSnapshot.omit({ words: true, columns: true })

/** What one column holds anew: values, and where in the day's `id` they belong (null: one for each). */
export const ReplayColumn = z.tuple([
  z.array(z.number().int()).nullable(),
  z.array(z.union([z.number(), z.string(), z.null()])),
])

/**
 * What a day changes of the map of the day before: cells alone, column by column. A project that the
 * day before did not know brings all of its columns; `head.gone` are those that it knows no more.
 */
export const ReplayDay = z.object({
  head,
  /** The projects with a changed cell, in ascending order. */
  id: z.array(z.number().int()),
  columns: z.record(z.string(), ReplayColumn),
})
export type ReplayDay = z.infer<typeof ReplayDay>

/**
 * GET /map/replay: the map of day `from`, and what each later day up to `to` changes of it, in order.
 * Applied one after another they give exactly what GET /map?asOf=<day> gives, rows in order of id.
 */
export const MapReplay = z.object({
  from: DateText,
  to: DateText,
  base: MapSnapshot,
  days: z.array(ReplayDay),
})
export type MapReplay = z.infer<typeof MapReplay>

export const ReplayFilter = z.object({ from: DateText, to: DateText })
export type ReplayFilter = z.infer<typeof ReplayFilter>
