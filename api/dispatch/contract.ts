import { z } from 'zod'
import { AsOf, DateText, Id, Instant, LineText, QueryId, Wan, whole } from '../http/contract.ts'

export const TaskState = z.enum([
  'sent',
  'acknowledged',
  'in_progress',
  'answered',
  'checked',
  'recalled',
])
export type TaskState = z.infer<typeof TaskState>

export const DispatchState = z.enum(['open', 'closed', 'recalled'])
export type DispatchState = z.infer<typeof DispatchState>

/** What a person can do to a task; `escalated` is done by the program as well. */
export const TaskAction = z.enum([
  'acknowledge',
  'progress',
  'answer',
  'check',
  'return',
  'recall',
  'ask_extension',
  'grant_extension',
  'refuse_extension',
  'escalate',
])
export type TaskAction = z.infer<typeof TaskAction>

export const Origin = z.enum(['selection', 'hotspot', 'filter', 'meeting', 'issue'])
export const Priority = z.enum(['ordinary', 'urgent', 'critical'])
export type Priority = z.infer<typeof Priority>

export const OwnerKind = z.enum(['person', 'department', 'unit', 'park'])
export type OwnerKind = z.infer<typeof OwnerKind>
/** Who answers for a task. */
export const Owner = z.object({ kind: OwnerKind, id: Id })
export type Owner = z.infer<typeof Owner>
export const NamedOwner = Owner.extend({
  name: z.string(),
  /** Who acts for it today; empty: nobody is told, and nobody can acknowledge. */
  people: z.array(z.object({ id: Id, name: z.string(), phone: z.string().nullable() })),
})
export type NamedOwner = z.infer<typeof NamedOwner>

const ring = z.array(z.tuple([z.number(), z.number()])).min(4)
/** An area drawn on the map, [lon, lat] in EPSG:4326. */
export const Area = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) })
export type Area = z.infer<typeof Area>

/** POST /dispatch/proposal: what is picked; at least one of the three. */
export const Selection = z
  .strictObject({
    projectIds: z.array(Id).max(1000).default([]),
    issueIds: z.array(Id).max(1000).default([]),
    area: Area.optional(),
  })
  .refine(({ projectIds, issueIds, area }) => projectIds.length + issueIds.length > 0 || area, {
    error: '请至少选择一个项目、一个问题或一片区域',
  })
export type Selection = z.infer<typeof Selection>

export const ProposedProject = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  unitId: Id,
  parkId: Id.nullable(),
  light: z.string(),
  /** What it brings to the totals; a child whose parent is among them brings nothing, 万元. */
  isCounted: z.boolean(),
  totalWan: Wan.nullable(),
  annualWan: Wan.nullable(),
  doneWan: Wan.nullable(),
})
export type ProposedProject = z.infer<typeof ProposedProject>

/** What an order about a selection would say and to whom; everything can be changed before sending. */
export const Proposal = z.object({
  title: z.string(),
  demand: z.string(),
  dueOn: z.record(Priority, DateText),
  projects: z.array(ProposedProject),
  /** Without children whose parent is among them. */
  totals: z.object({ projects: z.number().int(), totalWan: Wan, annualWan: Wan, doneWan: Wan }),
  tasks: z.array(z.object({ owner: NamedOwner, projectIds: z.array(Id) })),
})
export type Proposal = z.infer<typeof Proposal>

/**
 * POST /dispatch. `key` is the order's own UUID, made by the page: the same key with the same content
 * is the same order (200), with other content it is refused (409 DISPATCH_CHANGED).
 */
export const DispatchInput = z.strictObject({
  key: z.uuid(),
  title: LineText.max(100),
  demand: z.string().trim().min(1).max(2000),
  origin: Origin,
  priority: Priority.default('ordinary'),
  dueOn: DateText,
  issueIds: z.array(Id).max(1000).default([]),
  area: Area.optional(),
  tasks: z
    .array(
      z.strictObject({
        owner: Owner.strict(),
        projectIds: z.array(Id).max(1000).default([]),
      }),
    )
    .min(1)
    .max(200),
})
export type DispatchInput = z.infer<typeof DispatchInput>

/** One owner's part of an order. */
export const DispatchTask = z.object({
  id: Id,
  owner: NamedOwner,
  state: TaskState,
  firstDueOn: DateText,
  dueOn: DateText,
  /** Days past due while it is not answered; 0 otherwise. */
  overdueDays: z.number().int(),
  /** An extension that waits for a decision. */
  askedDueOn: DateText.nullable(),
  acknowledgedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  projects: z.array(z.object({ id: Id, name: z.string() })),
  /** Where it stands on the coordination ladder; null where there is none. */
  body: z.object({ id: Id, name: z.string(), nextOn: DateText.nullable() }).nullable(),
  /** What the asker may do now. */
  actions: z.array(TaskAction),
  steps: z.array(
    z.object({
      id: Id,
      action: z.string(),
      state: TaskState,
      byName: z.string(),
      at: Instant,
      note: z.string().nullable(),
      links: z.array(z.string()),
      dueOn: DateText.nullable(),
    }),
  ),
})
export type DispatchTask = z.infer<typeof DispatchTask>

/** 调度单 as lists show it. */
export const Dispatch = z.object({
  id: Id,
  number: z.string(),
  title: z.string(),
  origin: Origin,
  priority: Priority,
  dueOn: DateText,
  senderId: Id,
  senderName: z.string(),
  sentAt: Instant,
  state: DispatchState,
  endedAt: Instant.nullable(),
  /** Of the tasks that the asker may see. */
  tasks: z.object({
    total: z.number().int(),
    unacknowledged: z.number().int(),
    answered: z.number().int(),
    checked: z.number().int(),
    overdue: z.number().int(),
  }),
  /** The first day that a task of it is due on that is not answered yet; null where none is. */
  nextDueOn: DateText.nullable(),
})
export type Dispatch = z.infer<typeof Dispatch>

export const DispatchDetail = Dispatch.extend({
  key: z.uuid(),
  demand: z.string(),
  issueIds: z.array(Id),
  area: Area.nullable(),
  taskRows: z.array(DispatchTask),
  /** Whether the asker may recall the whole of it. */
  mayRecall: z.boolean(),
})
export type DispatchDetail = z.infer<typeof DispatchDetail>

export const DispatchFilter = z.object({
  /** mine: something in it is mine to do; sent: sent by me. */
  box: z.enum(['mine', 'sent', 'all']).default('all'),
  state: DispatchState.optional(),
  project: QueryId.optional(),
  overdue: z.stringbool().optional(),
  offset: whole(0).default(0),
  limit: whole(1, 500).default(100),
  asOf: AsOf.shape.asOf,
})
export type DispatchFilter = z.infer<typeof DispatchFilter>
export const DispatchList = z.object({ total: z.number().int(), rows: z.array(Dispatch) })
export type DispatchList = z.infer<typeof DispatchList>

const Note = z.string().trim().max(2000)
/** POST /dispatch/:id/recall; the owners are told the reason. */
export const RecallInput = z.strictObject({ key: z.uuid(), reason: Note.min(1) })
export type RecallInput = z.infer<typeof RecallInput>

/**
 * POST /dispatch/task/:id/step. `key` makes a repeat the same step; `seen` is the state that was looked
 * at: where it is another by now, nothing is done (409 DISPATCH_TASK_CHANGED).
 */
export const StepInput = z.strictObject({
  key: z.uuid(),
  action: TaskAction,
  seen: TaskState,
  note: Note.nullable().default(null),
  /** Addresses of what proves an answer. */
  links: z
    .array(z.url({ protocol: /^https?$/, error: '应为网址，如 https://example.gov.cn/a.pdf' }))
    .max(10)
    .default([]),
  /** The new day, where more time is asked for or granted. */
  dueOn: DateText.nullable().default(null),
})
export type StepInput = z.infer<typeof StepInput>

/** The city's own way with orders (setting `dispatch_rule`). */
export const DispatchRule = z.object({
  /** Before the year and number: 株调〔2023〕12号. */
  prefix: z.string().min(1).max(10),
  /** Working days until an order is due, as a suggestion. */
  dueWd: z.record(Priority, z.number().int().min(1).max(250)),
  /** How many working days before it is due its owner is warned. */
  warnWd: z.number().int().min(1).max(30),
})
export type DispatchRule = z.infer<typeof DispatchRule>
