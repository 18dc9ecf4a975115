import { z } from 'zod'
import { DateText, Id, LineText, Reason, whole } from '../http/contract.ts'

const Code = LineText.max(40)
const Rights = {
  /** May check an answered task in the sender's place, approve more time, hand a matter on early. */
  mayClose: z.boolean(),
  mayExtend: z.boolean(),
  mayEscalate: z.boolean(),
  /** Working days that a matter may stay unresolved here before it goes on by itself. */
  escalateAfterWd: z.number().int().min(1).max(250),
}

/** 协调机构: one rung of the coordination ladder. */
export const Body = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  /** 1 decides last. */
  level: z.number().int().min(1).max(9),
  parentId: Id.nullable(),
  chairId: Id.nullable(),
  chairName: z.string().nullable(),
  /** Matters of this unit enter here; null: of the whole city. */
  unitId: Id.nullable(),
  cadence: z.string().nullable(),
  ...Rights,
  members: z.array(
    z.object({ personId: Id.nullable(), departmentId: Id.nullable(), name: z.string() }),
  ),
  /** Open matters before it, of those that the asker may see, and how many of these are overdue. */
  open: z.number().int(),
  overdue: z.number().int(),
})
export type Body = z.infer<typeof Body>

/** GET /body: the ladder from the top down. `version` changes with every change of it. */
export const BodyList = z.object({ version: z.number().int(), rows: z.array(Body) })
export type BodyList = z.infer<typeof BodyList>

/** One open matter before a body: an order's task or an issue. */
export const BodyItem = z.object({
  noun: z.enum(['dispatch_task', 'issue']),
  rowId: Id,
  /** The order that a task belongs to; null for an issue. */
  dispatchId: Id.nullable(),
  number: z.string().nullable(),
  title: z.string(),
  /** Who answers for it; null while nobody does. */
  owner: z.string().nullable(),
  state: z.string(),
  dueOn: DateText.nullable(),
  overdueDays: z.number().int(),
  enteredOn: DateText,
  /** The day on which it goes on unresolved; null at the top. */
  nextOn: DateText.nullable(),
  /** The bodies that have had it before, the first one first. */
  before: z.array(z.string()),
})
export type BodyItem = z.infer<typeof BodyItem>
export const BodyItemFilter = z.object({
  offset: whole(0).default(0),
  limit: whole(1, 500).default(100),
})
export const BodyItemList = z.object({ total: z.number().int(), rows: z.array(BodyItem) })
export type BodyItemList = z.infer<typeof BodyItemList>

/**
 * PUT /body: the whole ladder, known by code. A body left out is removed, unless something is or was
 * before it (409 BODY_IN_USE). `seen` is the version that was looked at (409 BODY_CHANGED).
 */
export const LadderInput = z.strictObject({
  seen: z.number().int().min(0),
  bodies: z
    .array(
      z.strictObject({
        code: Code,
        name: LineText.max(100),
        level: z.number().int().min(1).max(9),
        parentCode: Code.nullable(),
        chairId: Id.nullable().default(null),
        unitId: Id.nullable().default(null),
        cadence: LineText.max(100).nullable().default(null),
        ...Rights,
        members: z
          .array(z.union([z.strictObject({ personId: Id }), z.strictObject({ departmentId: Id })]))
          .max(100)
          .default([]),
      }),
    )
    .min(1)
    .max(500),
  reason: Reason,
})
export type LadderInput = z.infer<typeof LadderInput>
