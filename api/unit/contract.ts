import { z } from 'zod'
import { Id, MultiPolygonGeometry, Provenance } from '../http/contract.ts'

/** 填报单位: a place that reports and is ranked. The boundary may be missing (a functional zone). */
export const Unit = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  level: z.enum(['province', 'city', 'unit']),
  parentId: Id.nullable(),
  /** True for the units that appear in lists and rankings. */
  reports: z.boolean(),
  ordinal: z.number().int(),
  hasBoundary: z.boolean(),
  labelPoint: z.tuple([z.number(), z.number()]).nullable(),
  provenance: Provenance,
  sourceTitle: z.string().nullable(),
  sourceDate: z.string().nullable(),
})
export type Unit = z.infer<typeof Unit>
export const UnitList = z.object({ rows: z.array(Unit) })

/** GET /unit/boundary: a FeatureCollection for the map, properties id, name, shortName. */
export const UnitBoundary = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: Id,
      properties: z.object({ id: Id, name: z.string(), shortName: z.string() }),
      geometry: MultiPolygonGeometry,
    }),
  ),
})
export type UnitBoundary = z.infer<typeof UnitBoundary>
