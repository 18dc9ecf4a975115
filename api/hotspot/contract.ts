import { z } from 'zod'
import { Amount, AsOf, DateText, Id, Instant, whole } from '../http/contract.ts'

/**
 * What is measured of a project: `lag` points of the annual plan behind its own monthly plan, `slip`
 * days that its steps are late against their original dates (the worst of them), `issue` days that its
 * open issues have been open together. A project that is on time or without issues counts as 0.
 */
export const HotspotMeasure = z.enum(['lag', 'slip', 'issue'])
export type HotspotMeasure = z.infer<typeof HotspotMeasure>
/** Where it is asked for: on fixed H3 cells, or around each project within a band. */
export const HotspotBasis = z.enum(['cell', 'project'])
export type HotspotBasis = z.infer<typeof HotspotBasis>

/** Setting `hotspot_rule`: what holds where nobody asks for anything else. */
export const HotspotRule = z.object({
  measure: HotspotMeasure,
  /** Each project weighs as much as its annual plan. */
  weighted: z.boolean(),
  basis: HotspotBasis,
  /** H3 resolution of the cells, whatever the map's zoom: 6 is about 36 km², 7 about 5 km². */
  resolution: z.number().int().min(3).max(9),
  /** A cell is judged with so many rings of cells around it. */
  rings: z.number().int().min(0).max(3),
  /** Projects within so many km of each other are neighbours. */
  bandKm: z.number().min(0.1).max(100),
  /** Of the places called hot at most this share may be chance (Benjamini–Hochberg). */
  q: z.number().gt(0).max(0.5),
  /** Fewer projects than this around a site: not judged. Fewer than `leastTotal` in all: no map. */
  minimum: z.number().int().min(2),
  leastTotal: z.number().int().min(10),
  /** From which value on a project counts as late, by measure. */
  lateFrom: z.object({
    lag: z.number().positive(),
    slip: z.number().positive(),
    issue: z.number().positive(),
  }),
  /** A trend is told from so many periods on, and from this p down. */
  trend: z.object({ periods: z.number().int().min(4), p: z.number().gt(0).max(0.5) }),
})
export type HotspotRule = z.infer<typeof HotspotRule>

const asked = {
  measure: HotspotMeasure.optional(),
  weighted: z.stringbool('应为 true 或 false').optional(),
  basis: HotspotBasis.optional(),
  bandKm: Amount.pipe(
    z.number().min(0.1, { error: '应在 0.1 到 100 公里之间' }).max(100, {
      error: '应在 0.1 到 100 公里之间',
    }),
  ).optional(),
}
/** What is left out is the rule's. */
export const HotspotFilter = z.object({ ...asked, asOf: AsOf.shape.asOf })
export type HotspotFilter = z.infer<typeof HotspotFilter>

/** `hot` beyond chance; `calm` not; `short` too few projects around it to say (数据不足). */
export const HotspotState = z.enum(['hot', 'calm', 'short'])
export type HotspotState = z.infer<typeof HotspotState>

export const HotspotSite = z.object({
  /** H3 index of the cell, or number of the project. */
  id: z.string(),
  /** Middle of the cell, or the project itself. */
  lon: z.number(),
  lat: z.number(),
  /** Projects in the cell itself (1 on basis `project`), and how many of them are late. */
  projects: z.number().int(),
  late: z.number().int(),
  /** Projects around it with which it is judged, itself included, and how many of them are late. */
  around: z.number().int(),
  lateAround: z.number().int(),
  /** Mean of the measure around it. */
  mean: z.number(),
  /** Gi*, and its one-sided p by the normal curve: neither is corrected. Null where `short`. */
  z: z.number().nullable(),
  p: z.number().nullable(),
  /** One-sided p among all shuffles of the same values over the same projects, not corrected. */
  shuffleP: z.number().nullable(),
  /** The same, corrected over the map's own sites; hot is what lies at or below the rule's `q`. */
  adjustedP: z.number().nullable(),
  state: HotspotState,
  /** The place that it belongs to. */
  place: z.string().nullable(),
})
export type HotspotSite = z.infer<typeof HotspotSite>

/**
 * What the late projects of a place have in common beyond the late projects elsewhere. A public body
 * that has projects in the place's own units only is not tried: its address alone would find it.
 */
export const HotspotTrait = z.object({
  kind: z.enum(['cause', 'holder', 'department', 'enterprise', 'step']),
  name: z.string(),
  /** Late projects with the trait, of all late projects: in the place, and in the rest. */
  here: z.number().int(),
  hereOf: z.number().int(),
  elsewhere: z.number().int(),
  elsewhereOf: z.number().int(),
  /** Fisher's exact test, one-sided; `adjustedP` corrected over all traits that were tried. */
  p: z.number(),
  adjustedP: z.number(),
  /** “9 个滞后项目中 7 个卡在征地拆迁，其余地方 12%（40 个中 5 个）；p<0.001” */
  sentence: z.string(),
})
export type HotspotTrait = z.infer<typeof HotspotTrait>

/** Adjoining hot sites. */
export const HotspotPlace = z.object({
  /** Id of its first site in order of id: the same for the same sites. */
  id: z.string(),
  /** Park, else unit, in which most of its projects lie. */
  name: z.string(),
  parkId: Id.nullable(),
  unitId: Id.nullable(),
  /** Middle of its projects. */
  lon: z.number(),
  lat: z.number(),
  sites: z.array(z.string()),
  /** All projects in its sites, and the late ones among them, the latest first. */
  projectIds: z.array(Id),
  lateIds: z.array(Id),
  mean: z.number(),
  /** The highest Gi* and the smallest corrected p of its sites. */
  z: z.number(),
  adjustedP: z.number(),
  annualWan: z.number(),
  /** 球在谁手里: who has the ball of its late projects, and of how many, most first. */
  holders: z.array(z.object({ name: z.string(), projects: z.number().int() })),
  /** Those that hold after the correction, the clearest first. */
  traits: z.array(HotspotTrait),
  /** How many traits were tried. */
  traitsTried: z.number().int(),
  sentence: z.string(),
})
export type HotspotPlace = z.infer<typeof HotspotPlace>

/** GET /hotspot: where delay concentrates beyond chance, of all projects that the asker sees. */
export const Hotspots = z.object({
  date: DateText,
  /** Null: as it is known now. */
  asOf: Instant.nullable(),
  /** The rule with what was asked for. */
  rule: HotspotRule,
  /** False: too few projects, or none late, or all alike; then no site is judged. */
  enough: z.boolean(),
  /** What the map rests on, or why it says nothing (数据不足), with the numbers. */
  sentence: z.string(),
  /** Projects with the measure and a position; those of them that are late; those without position. */
  projects: z.number().int(),
  late: z.number().int(),
  unplaced: z.number().int(),
  mean: z.number(),
  /** Sites that were judged, and those with too few projects around. */
  judged: z.number().int(),
  short: z.number().int(),
  sites: z.array(HotspotSite),
  /** The clearest first. */
  places: z.array(HotspotPlace),
})
export type Hotspots = z.infer<typeof Hotspots>

/** How a place has been over the periods. */
export const HotspotCourse = z.enum(['new', 'persistent', 'intensifying', 'fading'])
export type HotspotCourse = z.infer<typeof HotspotCourse>

export const HotspotHistoryFilter = z.object({
  ...HotspotFilter.shape,
  every: z.enum(['day', 'week', 'month']).default('week'),
  /** How many periods back, the last one included. */
  periods: whole(2, 60).default(12),
})
export type HotspotHistoryFilter = z.infer<typeof HotspotHistoryFilter>

export const HotspotHistory = z.object({
  every: z.enum(['day', 'week', 'month']),
  rule: HotspotRule,
  /** Last day of each period, the oldest first; `enough` as of the map of that day. */
  periods: z.array(z.object({ date: DateText, enough: z.boolean(), hot: z.number().int() })),
  /** Places that were hot in any of the periods, those hot now first. */
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      sites: z.array(z.string()),
      course: HotspotCourse,
      isHot: z.boolean(),
      /** One for each period: the highest Gi* of its sites; null where it could not be judged. */
      z: z.array(z.number().nullable()),
      state: z.array(HotspotState),
      late: z.array(z.number().int()),
      /**
       * Mann–Kendall over the Gi* of the periods that brought new figures; null where these are fewer
       * than the rule's. `direction` none: p is above the rule's, or the delay itself went another way.
       */
      trend: z
        .object({
          s: z.number().int(),
          tau: z.number(),
          p: z.number(),
          direction: z.enum(['rising', 'falling', 'none']),
        })
        .nullable(),
      /** How many periods could be judged and brought new figures. */
      judged: z.number().int(),
      sentence: z.string(),
    }),
  ),
})
export type HotspotHistory = z.infer<typeof HotspotHistory>

/**
 * GET /hotspot/measure: what the page needs to try another radius or measure by itself, in columns of
 * equal length in order of id. Null: the measure does not apply to the project.
 */
export const HotspotMeasures = z.object({
  date: DateText,
  rule: HotspotRule,
  columns: z.object({
    id: z.array(Id),
    /** Degrees, EPSG:4326; null without a position. */
    lon: z.array(z.number().nullable()),
    lat: z.array(z.number().nullable()),
    annualWan: z.array(z.number().nullable()),
    lag: z.array(z.number().nullable()),
    slip: z.array(z.number().nullable()),
    issue: z.array(z.number().nullable()),
  }),
})
export type HotspotMeasures = z.infer<typeof HotspotMeasures>
