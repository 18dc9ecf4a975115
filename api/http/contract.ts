import { z } from 'zod'

/** Shapes that every noun's contract uses. Positions are [lon, lat] in EPSG:4326. */
export const Id = z.number().int().positive()
export const DateText = z.iso.date()
export const MonthText = z.iso.date().regex(/-01$/, 'a month is its first day, YYYY-MM-01')
export const Instant = z.iso.datetime({ offset: true })
/** 万元, two decimals, below a million 亿: the range of the database's own type. */
export const Wan = z.number().multipleOf(0.01).min(-99_999_999_999).max(99_999_999_999)
export const DatePrecision = z.enum(['day', 'month', 'quarter', 'year'])
export type DatePrecision = z.infer<typeof DatePrecision>
/** published: a public source says so; synthetic: generated for the demo; reported: entered or imported by users. */
export const Provenance = z.enum(['published', 'synthetic', 'reported'])
export type Provenance = z.infer<typeof Provenance>

export const PointGeometry = z.object({
  type: z.literal('Point'),
  coordinates: z.tuple([z.number(), z.number()]),
})
export type PointGeometry = z.infer<typeof PointGeometry>
const ring = z.array(z.tuple([z.number(), z.number()]))
export const MultiPolygonGeometry = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ring)),
})
export type MultiPolygonGeometry = z.infer<typeof MultiPolygonGeometry>

/** Path parameter `:id`. */
export const ById = z.object({ id: z.coerce.number().int().positive() })
/** `?asOf=2023-03-31T…`: the state as it was known at that instant; absent = now. A date means its end in China. */
export const AsOf = z.object({
  asOf: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: '应为日期（2023-03-31）或带时区的时刻（2023-03-31T09:00:00+08:00）',
    })
    .optional(),
})
export type AsOf = z.infer<typeof AsOf>

/** The one error shape of the API. `code` is stable; `message` is a Chinese sentence for people. */
export const ApiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z
      .array(
        z.object({
          row: z.number().int().optional(),
          field: z.string().optional(),
          value: z.unknown().optional(),
          code: z.string(),
          message: z.string(),
        }),
      )
      .optional(),
    requestId: z.string().optional(),
  }),
})
export type ApiError = z.infer<typeof ApiError>
