import { z } from 'zod'

export const ImportNoun = z.enum([
  'project',
  'park',
  'unit',
  'report',
  'investment',
  'plan',
  'milestone',
  'reference',
])
export type ImportNoun = z.infer<typeof ImportNoun>

/** Query of POST /import; the body is the file itself (application/octet-stream) or a multipart field `file`. */
export const ImportOptions = z.object({
  as: ImportNoun.optional(),
  crs: z.string().default('auto'),
  /** Year for values that leave it out (5月底): without it they are refused. */
  year: z.coerce
    .number('应为 1990 到 2100 的年份')
    .int('应为 1990 到 2100 的年份')
    .min(1990)
    .max(2100)
    .optional(),
  fileName: z.string('缺少文件名：请写 fileName=名单.csv').min(1, '文件名是空的').max(255),
  /** JSON object: header in the file → field. */
  map: z.string().optional(),
  dryRun: z.stringbool('应为 true 或 false').default(false),
  partial: z.stringbool('应为 true 或 false').default(false),
})
export type ImportOptions = z.infer<typeof ImportOptions>

/** A message about one cell or row; level `refuse` keeps the row (and without partial, the file) out. */
export const Finding = z.object({
  row: z.number().int().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  level: z.enum(['refuse', 'warn', 'note']),
})
export type Finding = z.infer<typeof Finding>

export const RowResult = z.object({
  row: z.number().int(),
  code: z.string().nullable(),
  name: z.string().nullable(),
  outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
  /** `label`, `before` and `after` in the words of people; `field` as it is stored. */
  changes: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  findings: z.array(Finding),
  /** Existing rows that may be the same thing (near-duplicates), best first. */
  similar: z.array(z.object({ code: z.string(), name: z.string(), score: z.number() })),
})
export type RowResult = z.infer<typeof RowResult>

export const ImportReport = z.object({
  fileName: z.string(),
  noun: ImportNoun,
  dryRun: z.boolean(),
  /** False when anything was refused and --partial was not given: then nothing was written. */
  written: z.boolean(),
  crs: z.string(),
  counts: z.object({
    rows: z.number().int(),
    created: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
  }),
  columns: z.array(
    z.object({
      header: z.string(),
      field: z.string().nullable(),
      /** The field in words. */
      label: z.string().nullable(),
      unit: z.string().nullable(),
    }),
  ),
  /** About the file as a whole (unknown headers, coordinate system, totals row). */
  findings: z.array(Finding),
  /** Row by row; long unchanged runs are left out past 10,000 rows. */
  rows: z.array(RowResult),
})
export type ImportReport = z.infer<typeof ImportReport>

/** POST /import answers NDJSON: progress lines, then one report or error line. */
export const ImportLine = z.union([
  z.object({
    progress: z.object({ step: z.string(), done: z.number(), total: z.number().nullable() }),
  }),
  z.object({ report: ImportReport }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
])
export type ImportLine = z.infer<typeof ImportLine>
