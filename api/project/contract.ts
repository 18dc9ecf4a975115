import { z } from 'zod'
import {
  Amount,
  AsOf,
  Id,
  Instant,
  LineText,
  MonthText,
  PointGeometry,
  Provenance,
  QueryId,
  Reason,
  Wan,
  whole,
} from '../http/contract.ts'
import { InvestmentMonth } from '../investment/contract.ts'
import { Light, LightState, Lights } from '../light/contract.ts'
import { Milestone } from '../milestone/contract.ts'
import { Plan } from '../plan/contract.ts'
import { Report } from '../report/contract.ts'

export const Category = z.enum(['industry', 'infrastructure', 'livelihood', 'ecology'])
export type Category = z.infer<typeof Category>

/** 谋划储备 → 前期 → 待开工 → 在建 → 竣工 → 投产; side states 暂停, 调出, 终止. */
export const Stage = z.enum([
  'reserve',
  'preliminary',
  'ready',
  'building',
  'finished',
  'production',
  'suspended',
  'removed',
  'terminated',
])
export type Stage = z.infer<typeof Stage>

/** How well the position is known; only `surveyed` is verified, the rest is drawn hollow. */
export const PositionQuality = z.enum(['surveyed', 'site', 'park', 'town', 'unit', 'none'])
export type PositionQuality = z.infer<typeof PositionQuality>

export const Project = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  unitId: Id,
  parkId: Id.nullable(),
  parentId: Id.nullable(),
  category: Category,
  industry: z.string().nullable(),
  stage: Stage,
  light: Light,
  totalWan: Wan.nullable(),
  /** The plan of the city's present plan year; null when the project is not on that list. */
  planKind: z.enum(['construction', 'preliminary']).nullable(),
  annualWan: Wan.nullable(),
  /** Reported from January of the plan year to the last reported month. */
  doneWan: Wan.nullable(),
  reportedMonth: MonthText.nullable(),
  /** False for a child whose parent is on the same list: sums count the parent only. */
  counted: z.boolean(),
  location: PointGeometry.nullable(),
  positionQuality: PositionQuality,
  provenance: Provenance,
})
export type Project = z.infer<typeof Project>

export const ProjectFilter = z.object({
  asOf: AsOf.shape.asOf,
  unit: QueryId.optional(),
  park: QueryId.optional(),
  category: Category.optional(),
  stage: Stage.optional(),
  light: LightState.optional(),
  provenance: Provenance.optional(),
  /** true: only the present year's list. */
  listed: z.stringbool().optional(),
  /** Name, code, enterprise or pinyin initials. */
  text: z.string().max(100).optional(),
  minWan: Amount.optional(),
  maxWan: Amount.optional(),
  limit: whole(1, 1000).default(100),
  offset: whole(0).default(0),
})
export type ProjectFilter = z.infer<typeof ProjectFilter>
export const ProjectList = z.object({ total: z.number().int(), rows: z.array(Project) })
export type ProjectList = z.infer<typeof ProjectList>

/** Everything the panel shows of one project. Facts dated after the day are left out. */
export const ProjectDetail = Project.extend({
  lights: Lights,
  areaMu: z.number().nullable(),
  addressText: z.string().nullable(),
  ownerEnterprise: z.string().nullable(),
  leadDepartment: z.string().nullable(),
  contactLeader: z.string().nullable(),
  serviceOfficer: z.string().nullable(),
  servicePhone: z.string().nullable(),
  positionCrs: z.string().nullable(),
  sourceTitle: z.string().nullable(),
  sourceDate: z.string().nullable(),
  /** True when the source appeared after the day shown: its title would tell the future. */
  sourceLater: z.boolean(),
  note: z.string().nullable(),
  plan: Plan.nullable(),
  milestones: z.array(Milestone),
  investment: z.array(InvestmentMonth),
  reports: z.array(Report),
  children: z.array(z.object({ id: Id, name: z.string() })),
  parent: z.object({ id: Id, name: z.string() }).nullable(),
  updatedAt: Instant,
})
export type ProjectDetail = z.infer<typeof ProjectDetail>

/** POST /project and PATCH /project/:id (every field optional there). */
export const ProjectInput = z.strictObject({
  code: LineText.max(64),
  name: LineText.max(200),
  unitId: Id,
  parkId: Id.nullable().optional(),
  parentId: Id.nullable().optional(),
  category: Category,
  industry: z.string().max(100).nullable().optional(),
  sideState: z.enum(['suspended', 'removed', 'terminated']).nullable().optional(),
  totalWan: Wan.nonnegative().nullable().optional(),
  /** The range of the database's own type. */
  areaMu: z.number().nonnegative().max(9_999_999_999).nullable().optional(),
  addressText: z.string().max(300).nullable().optional(),
  ownerEnterprise: z.string().max(200).nullable().optional(),
  leadDepartment: z.string().max(100).nullable().optional(),
  contactLeader: z.string().max(100).nullable().optional(),
  serviceOfficer: z.string().max(100).nullable().optional(),
  servicePhone: z.string().max(40).nullable().optional(),
  location: PointGeometry.nullable().optional(),
  positionQuality: PositionQuality.optional(),
  note: z.string().max(2000).nullable().optional(),
  reason: Reason,
})
export type ProjectInput = z.infer<typeof ProjectInput>
export const ProjectPatch = ProjectInput.partial().extend({
  /**
   * What the writer saw of the fields before changing them: one that somebody else has changed
   * meanwhile is refused (409 PROJECT_CHANGED, the stored value in `details`) instead of overwritten.
   */
  seen: ProjectInput.omit({ reason: true, location: true })
    // What is stored may be older than the rules for names.
    .extend({ code: z.string(), name: z.string() })
    .partial()
    .optional(),
  reason: Reason,
})
export type ProjectPatch = z.infer<typeof ProjectPatch>

/** One version of a row: what changed, who, when, why. */
export const ProjectVersion = z.object({
  from: Instant,
  to: Instant.nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
  noun: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
})
export type ProjectVersion = z.infer<typeof ProjectVersion>
export const ProjectHistory = z.object({ rows: z.array(ProjectVersion) })
export type ProjectHistory = z.infer<typeof ProjectHistory>
