import { z } from 'zod'

/** Shapes that every noun's contract uses. Positions are [lon, lat] in EPSG:4326. */
export const Id = z.number().int().positive()
/** PostgreSQL knows neither the year 0 nor 294277, and a plan of either is a slip of the pen. */
const years = [1900, 2200] as const
const yearsMeant = `年份应在 ${years[0]} 到 ${years[1]} 之间`
const isMeant = (text: string) => {
  const year = Number(text.slice(0, 4))
  return year >= years[0] && year <= years[1]
}
export const DateText = z.iso
  .date({ error: '应为日期，如 2023-03-31' })
  .refine(isMeant, { error: yearsMeant })
export const MonthText = z.iso
  .date({ error: '应为月份的第一天，如 2023-05-01' })
  .regex(/-01$/, { error: '月份写作它的第一天，如 2023-05-01' })
  .refine(isMeant, { error: yearsMeant })
export const Instant = z.iso.datetime({ offset: true })
/** One line that people can read: nothing that is invisible or turns the direction of writing. */
export const LineText = z
  .string()
  .regex(/^[^\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u, {
    error: '不能有换行、控制字符或改变文字方向的字符',
  })
  .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, { error: '不能为空白' })
/** Why something is changed; kept with every version. */
export const Reason = z
  .string()
  .max(500)
  .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, { error: '请写明原因' })
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

/**
 * A whole number in a query or a path. Digits only: Number() would read blanks as 0, and 0x10 and a
 * line break after a number as numbers.
 */
export function whole(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const range = max === Number.MAX_SAFE_INTEGER ? `不小于 ${min}` : `${min} 到 ${max}`
  const error = `应为${range} 的整数，只用数字书写`
  const number = (text: unknown) => (/^-?\d{1,16}$/.test(String(text)) ? Number(text) : Number.NaN)
  return z.preprocess(
    number,
    z.number({ error }).int({ error }).min(min, { error }).max(max, { error }),
  )
}
/** An amount in a query. */
export const Amount = z.preprocess(
  (text) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(String(text)) ? Number(text) : Number.NaN),
  z.number({ error: '应为数字，如 1234.5' }),
)
export const QueryId = whole(1)
/** The plan year in a query. */
export const Year = whole(...years)
/** Path parameter `:id`. */
export const ById = z.object({ id: QueryId })
/** `?asOf=2023-03-31T…`: the state as it was known at that instant; absent = now. A date means its end in China. */
export const AsOf = z.object({
  asOf: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: '应为日期（2023-03-31）或带时区的时刻（2023-03-31T09:00:00+08:00）',
    })
    .refine((text) => isMeant(text) && !Number.isNaN(Date.parse(text)), { error: yearsMeant })
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
