import { z } from 'zod'
import { AsOf, DateText, Instant } from '../http/contract.ts'
import { LightState } from '../light/contract.ts'
import { Category, PositionQuality, Stage } from '../project/contract.ts'

/**
 * GET /map: every project in columns of equal length, held whole by the page, which filters and
 * colours without a request. Enumerations are indexes into `words`; -1 is null; null amounts stay null.
 * Positions are [lon, lat] × 1e5 rounded (about 1 m), EPSG:4326; lon = null when there is none.
 * ETag = version; `?since=<version>` gives only changed rows and `gone` ids (same shape, partial: true).
 */
export const MapSnapshot = z.object({
  version: z.string(),
  /** Commit order of the last change that is contained; where /event goes on. */
  seq: z.number().int(),
  partial: z.boolean(),
  asOf: Instant,
  date: DateText,
  year: z.number().int(),
  rule: z.string(),
  words: z.object({
    category: z.array(Category),
    stage: z.array(Stage),
    light: z.array(LightState),
    positionQuality: z.array(PositionQuality),
    provenance: z.array(z.string()),
    planKind: z.array(z.string()),
  }),
  gone: z.array(z.number().int()),
  columns: z.object({
    id: z.array(z.number().int()),
    code: z.array(z.string()),
    name: z.array(z.string()),
    /** Pinyin initials, lower case, e.g. hgzn; search also matches name, code and enterprise. */
    initials: z.array(z.string()),
    enterprise: z.array(z.string()),
    unit: z.array(z.number().int()),
    park: z.array(z.number().int()),
    lon: z.array(z.number().int().nullable()),
    lat: z.array(z.number().int().nullable()),
    category: z.array(z.number().int()),
    stage: z.array(z.number().int()),
    /** The overall light and its four parts against the approved plan, then against the original one. */
    light: z.array(z.number().int()),
    start: z.array(z.number().int()),
    progress: z.array(z.number().int()),
    payment: z.array(z.number().int()),
    statistics: z.array(z.number().int()),
    lightOriginal: z.array(z.number().int()),
    startOriginal: z.array(z.number().int()),
    progressOriginal: z.array(z.number().int()),
    paymentOriginal: z.array(z.number().int()),
    /** The light from evidence alone; disagrees = 1 where it says worse than the reported one. */
    evidence: z.array(z.number().int()),
    disagrees: z.array(z.number().int()),
    positionQuality: z.array(z.number().int()),
    provenance: z.array(z.number().int()),
    planKind: z.array(z.number().int()),
    /** 1 when sums count the row (0: a child whose parent is on the same list). */
    counted: z.array(z.number().int()),
    totalWan: z.array(z.number().nullable()),
    annualWan: z.array(z.number().nullable()),
    doneWan: z.array(z.number().nullable()),
    plannedWan: z.array(z.number().nullable()),
    lagPoints: z.array(z.number().nullable()),
    /** Months since year 0 (year × 12 + month − 1) of the last report, -1 when none. */
    reported: z.array(z.number().int()),
  }),
})
export type MapSnapshot = z.infer<typeof MapSnapshot>
export const MapFilter = z.object({
  asOf: AsOf.shape.asOf,
  since: z.string().optional(),
})
