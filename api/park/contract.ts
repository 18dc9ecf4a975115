import { z } from 'zod'
import { Id, MultiPolygonGeometry, Provenance } from '../http/contract.ts'

/** 园区: an industrial park of a unit. */
export const Park = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  unitId: Id,
  boundaryQuality: z.enum(['approximate', 'surveyed']),
  hasBoundary: z.boolean(),
  labelPoint: z.tuple([z.number(), z.number()]).nullable(),
  provenance: Provenance,
  sourceTitle: z.string().nullable(),
  sourceDate: z.string().nullable(),
})
export type Park = z.infer<typeof Park>
export const ParkList = z.object({ rows: z.array(Park) })

/** GET /park/boundary */
export const ParkBoundary = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: Id,
      properties: z.object({
        id: Id,
        name: z.string(),
        unitId: Id,
        boundaryQuality: z.enum(['approximate', 'surveyed']),
      }),
      geometry: MultiPolygonGeometry,
    }),
  ),
})
export type ParkBoundary = z.infer<typeof ParkBoundary>
