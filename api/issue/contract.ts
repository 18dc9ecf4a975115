import { z } from 'zod'
import {
  AsOf,
  Id,
  Instant,
  LineText,
  MonthText,
  PointGeometry,
  Provenance,
  QueryId,
  whole,
} from '../http/contract.ts'

/**
 * 收集 甄别 交办 签收 办理 办结 核实 评价 归档; beside the way 提级, 挂账, 不予受理, 已合并. The last two and 归档 are
 * the ends.
 */
export const IssueState = z.enum([
  'collected',
  'screened',
  'assigned',
  'accepted',
  'in_hand',
  'done',
  'verified',
  'confirmed',
  'archived',
  'escalated',
  'long_term',
  'not_accepted',
  'merged',
])
export type IssueState = z.infer<typeof IssueState>

/** What can be done with an issue; which of it when, and by whom: rules.ts. */
export const IssueAction = z.enum([
  'screen',
  'refuse',
  'merge',
  'assign',
  'accept',
  'return',
  'begin',
  'contact',
  'finish',
  'verify',
  'reject',
  'confirm',
  'reopen',
  'archive',
  'ask_extension',
  'grant_extension',
  'deny_extension',
  'ask_pause',
  'grant_pause',
  'deny_pause',
  'resume',
  'escalate',
  'shelve',
  'revive',
  'note',
])
export type IssueAction = z.infer<typeof IssueAction>

/** Whose court the ball is in: the dispatch office, who answers for it, who raised it, a body of the ladder. */
export const IssueHolder = z.enum(['manager', 'lead', 'raiser', 'body', 'none'])
export type IssueHolder = z.infer<typeof IssueHolder>

export const IssueChannel = z.enum(['report', 'inspection', 'meeting', 'enterprise', 'message'])
export type IssueChannel = z.infer<typeof IssueChannel>
export const Severity = z.enum(['normal', 'urgent'])

/** 卡点原因: the city's own list, with wider causes above narrower ones. */
export const Cause = z.object({
  code: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  active: z.boolean(),
  ordinal: z.number().int(),
})
export type Cause = z.infer<typeof Cause>
export const CauseList = z.object({ rows: z.array(Cause) })
/** PUT /issue/cause: makes the cause of this code, or changes it. */
export const CauseInput = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, {
    error: '编码用小写字母、数字和下划线，以字母开头，最多 40 个字符',
  }),
  name: LineText.max(40),
  parent: z.string().nullable().optional(),
  active: z.boolean().optional(),
  ordinal: z.number().int().min(0).max(9999).optional(),
})
export type CauseInput = z.infer<typeof CauseInput>

/** Somebody or something by number, with the name to show. */
const Named = z.object({ id: Id, name: z.string() })

/** 问题 as the list shows it. */
export const Issue = z.object({
  id: Id,
  key: z.uuid(),
  title: z.string(),
  project: Named.nullable(),
  unit: Named.nullable(),
  park: Named.nullable(),
  enterprise: z.string().nullable(),
  cause: z.string().nullable(),
  causeName: z.string().nullable(),
  severity: Severity,
  sensitive: z.boolean(),
  state: IssueState,
  leadDepartment: Named.nullable(),
  leadUnit: Named.nullable(),
  leadPerson: Named.nullable(),
  holder: IssueHolder,
  /** Body of the coordination ladder that decides, while it is escalated. */
  bodyId: Id.nullable(),
  /** Since when the present holder has it. */
  heldSince: Instant,
  receivedAt: Instant,
  /** The promise that runs; null: paused or closed. */
  dueAt: Instant.nullable(),
  isOverdue: z.boolean(),
  /** Working days until the due day; negative: after it. */
  dueInDays: z.number().int().nullable(),
  isPaused: z.boolean(),
  ask: z.enum(['extension', 'pause']).nullable(),
  version: z.number().int(),
  provenance: Provenance,
})
export type Issue = z.infer<typeof Issue>

/** One thing done; from here until the next step the holder named has it. */
export const IssueStep = z.object({
  id: Id,
  action: z.union([z.literal('raise'), IssueAction]),
  at: Instant,
  byName: z.string(),
  note: z.string().nullable(),
  evidence: z.string().nullable(),
  days: z.number().int().nullable(),
  rating: z.number().int().nullable(),
  state: IssueState,
  holder: IssueHolder,
  /** Name of the department, unit or person that holds it; null for others. */
  holderName: z.string().nullable(),
  dueAt: Instant.nullable(),
})
export type IssueStep = z.infer<typeof IssueStep>

export const IssueDetail = Issue.extend({
  description: z.string(),
  channel: IssueChannel,
  sourceText: z.string().nullable(),
  reportId: Id.nullable(),
  raiserId: Id.nullable(),
  /** The one outside, else the person. The telephone only for those who deal with the issue. */
  raiserName: z.string(),
  raiserPhone: z.string().nullable(),
  isExternal: z.boolean(),
  location: PointGeometry.nullable(),
  assignedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  contactedAt: Instant.nullable(),
  contactDue: Instant.nullable(),
  doneAt: Instant.nullable(),
  verifiedAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** The day promised at first, and the one promised now. */
  firstDue: Instant.nullable(),
  finishDue: Instant.nullable(),
  pausedAt: Instant.nullable(),
  askDays: z.number().int().nullable(),
  returned: z.number().int(),
  extended: z.number().int(),
  reopened: z.number().int(),
  escalated: z.number().int(),
  rating: z.number().int().nullable(),
  mergedInto: Named.nullable(),
  /** Issues that were merged into this one. */
  merged: z.array(Named),
  steps: z.array(IssueStep),
  /** What the one who asks may do now, and whether the words may be changed. */
  actions: z.array(IssueAction),
  mayEdit: z.boolean(),
})
export type IssueDetail = z.infer<typeof IssueDetail>

/** Sorted by due, the open ones first. `cursor` is `next` of the page before. */
export const IssueFilter = z.object({
  state: IssueState.optional(),
  /** Open: neither archived nor refused nor merged. */
  open: z.stringbool().optional(),
  project: QueryId.optional(),
  unit: QueryId.optional(),
  park: QueryId.optional(),
  department: QueryId.optional(),
  cause: z.string().max(40).optional(),
  overdue: z.stringbool().optional(),
  /** Only what waits for the one who asks. */
  mine: z.stringbool().optional(),
  text: z.string().max(100).optional(),
  month: MonthText.optional(),
  cursor: z.string().max(80).optional(),
  limit: whole(1, 200).default(50),
  asOf: AsOf.shape.asOf,
})
export type IssueFilter = z.infer<typeof IssueFilter>
export const IssueList = z.object({
  rows: z.array(Issue),
  /** How many the filter leaves on all pages. */
  total: z.number().int(),
  next: z.string().nullable(),
})
export type IssueList = z.infer<typeof IssueList>

/** GET /issue/similar: of the same project and cause within 30 days, or with much the same title. */
export const SimilarFilter = z.object({
  project: QueryId.optional(),
  cause: z.string().max(40).optional(),
  title: z.string().max(200).optional(),
})
export const SimilarList = z.object({ rows: z.array(Issue) })

/** Month by month of receipt, so that the sums do not move when something is closed. */
export const IssueRate = z.object({
  /** The open ones by age, oldest first. `days`: at least so many since receipt. */
  open: z.array(z.object({ days: z.number().int(), issues: z.number().int() })),
  month: z.array(
    z.object({
      month: MonthText,
      received: z.number().int(),
      done: z.number().int(),
      verified: z.number().int(),
      confirmed: z.number().int(),
      open: z.number().int(),
      reopened: z.number().int(),
      extended: z.number().int(),
    }),
  ),
})
export type IssueRate = z.infer<typeof IssueRate>
export const IssueRateFilter = z.object({
  project: QueryId.optional(),
  unit: QueryId.optional(),
  park: QueryId.optional(),
  department: QueryId.optional(),
})

const Words = {
  title: LineText.max(120),
  description: z.string().max(4000),
  enterprise: LineText.max(100).nullable(),
  cause: z.string().max(40).nullable(),
  severity: Severity,
  sensitive: z.boolean(),
}

/**
 * POST /issue. `key` is the record's own UUID: the same key with the same content is the same issue
 * (200), with other content it is refused (409 ISSUE_CHANGED). Without a project it belongs to a unit
 * or park, or to an enterprise alone.
 */
export const IssueInput = z.strictObject({
  key: z.uuid(),
  projectId: Id.optional(),
  unitId: Id.optional(),
  parkId: Id.optional(),
  title: Words.title,
  description: Words.description.default(''),
  enterprise: Words.enterprise.default(null),
  cause: Words.cause.default(null),
  severity: Words.severity.default('normal'),
  sensitive: Words.sensitive.default(false),
  channel: IssueChannel,
  sourceText: LineText.max(200).nullable().default(null),
  reportId: Id.nullable().default(null),
  /** Who outside raised it; left out, the one who writes did. */
  raiserName: LineText.max(60).nullable().default(null),
  raiserPhone: LineText.max(30).nullable().default(null),
  location: PointGeometry.nullable().default(null),
})
export type IssueInput = z.infer<typeof IssueInput>

/** PATCH /issue/:id. What somebody else has changed since it was `seen` is refused (409 ISSUE_CHANGED). */
export const IssueEdit = z.strictObject({
  ...z.object(Words).partial().shape,
  seen: z.strictObject(Words).partial().optional(),
})
export type IssueEdit = z.infer<typeof IssueEdit>

/**
 * POST /issue/:id/step: every step of an issue's way. `version` is the one that the writer saw: of two
 * steps at a time one is taken, the other told the state (409 ISSUE_STATE). `key` as in IssueInput.
 */
export const IssueStepInput = z.strictObject({
  key: z.uuid(),
  action: IssueAction,
  version: z.number().int().min(0),
  note: z.string().trim().max(2000).nullable().optional(),
  /** Where the proof is: a document's number, a link, a photo. */
  evidence: LineText.max(300).nullable().optional(),
  /** screen: its cause and severity. */
  cause: z.string().max(40).optional(),
  severity: Severity.optional(),
  /** assign: who answers for it, a department or a unit, and a person where one is meant. */
  departmentId: Id.optional(),
  unitId: Id.optional(),
  personId: Id.optional(),
  /** ask_extension: working days. */
  days: z.number().int().min(1).max(260).optional(),
  /** confirm: 1 to 5. */
  rating: z.number().int().min(1).max(5).optional(),
  /** merge: the issue that takes this one in. */
  intoId: Id.optional(),
  /** escalate: the body of the ladder. */
  bodyId: Id.optional(),
})
export type IssueStepInput = z.infer<typeof IssueStepInput>

/** A promise: so many hours of office time, or working days after the day on which it begins. */
const Promised = z.union([
  z.strictObject({ hours: z.number().positive().max(200) }),
  z.strictObject({ days: z.number().int().min(0).max(260) }),
])
export type Promised = z.infer<typeof Promised>
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Setting `issue_rule`: how long each may hold an issue. */
export const IssueRule = z.strictObject({
  officeHours: z.array(z.tuple([Clock, Clock])).min(1),
  screen: Promised,
  accept: Promised,
  urgentAccept: Promised,
  contact: Promised,
  finishDays: z.number().int().min(1),
  urgentFinishDays: z.number().int().min(1),
  verify: Promised,
  confirm: Promised,
  decide: Promised,
  archive: Promised,
  /** Day of the month until which a long-term issue has its word. */
  monthlyDay: z.number().int().min(1).max(28),
  extensionDays: z.number().int().min(1),
  extensions: z.number().int().min(0),
  /** Warned so many working days before; passed up so many after the due day. */
  warnDays: z.number().int().min(0),
  escalateDays: z.number().int().min(1),
  /** Near-duplicates: of the same project and cause within so many days. */
  similarDays: z.number().int().min(0),
})
export type IssueRule = z.infer<typeof IssueRule>
