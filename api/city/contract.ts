import { z } from 'zod'
import { DateText, Instant } from '../http/contract.ts'

export const WallPlaylist = z.object({
  scenes: z.array(z.enum(['overview', 'hotspot'])).min(1),
  dwellSeconds: z.number().int().min(5).max(3600),
})
export type WallPlaylist = z.infer<typeof WallPlaylist>

/** What every screen needs first: which city, what time it is there, what map lies below. */
export const City = z.object({
  name: z.string(),
  /** Pack name when demo data is loaded, null for a city's own data. */
  pack: z.string().nullable(),
  /** One sentence on where the data comes from, shown as banner when there is any. */
  notice: z.string().nullable(),
  /** The plan year that the headline counts. */
  year: z.number().int(),
  /** The first day that anything is known of; null in an empty database. As-of days begin here. */
  knownSince: DateText.nullable(),
  clock: z.object({ now: Instant, date: DateText, simulated: z.boolean() }),
  /** [west, south, east, north] of everything on the map, EPSG:4326. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Place for the map approval number (审图号); null while there is none. */
  mapApproval: z.string().nullable(),
  basemap: z.object({
    pmtilesUrl: z.string().nullable(),
    tiandituKey: z.string().nullable(),
  }),
  /** Scenes of the wall in their order, and how long each stays. */
  wall: WallPlaylist,
  /** Sources of money (资金来源) that reports may name. */
  fundSources: z.array(z.string()),
  /** Embedded databases are for trials: the banner says so. */
  database: z.enum(['embedded', 'server']),
  version: z.string(),
})
export type City = z.infer<typeof City>

const position = z.tuple([z.number(), z.number()])
/** GET /city/basemap: river, borders around and neighbouring cities, when a pack brought them. */
export const BasemapFeatures = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      geometry: z.union([
        z.object({ type: z.literal('Point'), coordinates: position }),
        z.object({ type: z.literal('LineString'), coordinates: z.array(position) }),
        z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(position)) }),
        z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
        z.object({
          type: z.literal('MultiPolygon'),
          coordinates: z.array(z.array(z.array(position))),
        }),
      ]),
    }),
  ),
})
export type BasemapFeatures = z.infer<typeof BasemapFeatures>
