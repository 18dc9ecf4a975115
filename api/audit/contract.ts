import { z } from 'zod'
import { DateText, Id, Instant, QueryId, whole } from '../http/contract.ts'

/**
 * change: a fact was changed; administration: an account, a right, a setting; denied: a request was
 * refused; shape: from here on these columns of a history are covered.
 */
export const AuditKind = z.enum([
  'change',
  'administration',
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'export',
  'import',
  'print',
  'denied',
  'verify',
  'archive',
  'shape',
])
export type AuditKind = z.infer<typeof AuditKind>

export const FieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })
export type FieldChange = z.infer<typeof FieldChange>

export const AuditEntry = z.object({
  /** Numbers have no gap. */
  n: Id,
  at: Instant,
  kind: AuditKind,
  personId: Id.nullable(),
  actor: z.string(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  noun: z.string().nullable(),
  rowId: Id.nullable(),
  op: z.enum(['insert', 'update', 'delete']).nullable(),
  projectId: Id.nullable(),
  /** Name of the project now. */
  project: z.string().nullable(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  /** Field by field; empty where the fields may not be shown. */
  changes: z.array(FieldChange),
  algorithm: z.enum(['sha256', 'sm3']),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditFilter = z.object({
  /** This entry only. */
  n: QueryId.optional(),
  person: QueryId.optional(),
  noun: z
    .string()
    .regex(/^[a-z_]{1,60}$/, { error: '应为对象的英文名，如 project' })
    .optional(),
  row: QueryId.optional(),
  project: QueryId.optional(),
  kind: AuditKind.optional(),
  /** Days in China, both included. */
  from: DateText.optional(),
  to: DateText.optional(),
  /** In the actor's name, the reason, the address or what else was recorded. */
  text: z.string().trim().min(1).max(100).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** GET /audit: the newest first; `next` of one page is `before` of the one after it. */
export const AuditPage = AuditFilter.extend({
  before: QueryId.optional(),
  limit: whole(1, 200).default(50),
})
export type AuditPage = z.infer<typeof AuditPage>
export const AuditList = z.object({ rows: z.array(AuditEntry), next: Id.nullable() })
export type AuditList = z.infer<typeof AuditList>

/** The last check of the whole record. */
const AuditCheck = z.object({
  at: Instant,
  /** The last entry that was checked, and its hash. */
  n: z.number().int(),
  hash: z.string(),
  /** What the first damage is; null: sound. */
  damage: z.string().nullable(),
})

export const AuditState = z.object({
  entries: z.number().int(),
  first: Instant.nullable(),
  last: Instant.nullable(),
  head: z.object({ n: Id, hash: z.string() }).nullable(),
  algorithm: z.enum(['sha256', 'sm3']),
  keepDays: z.number().int(),
  /** Committed, and not yet in the chain. */
  waiting: z.number().int(),
  checked: AuditCheck.nullable(),
  /** A check under way: how many entries are done. */
  running: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
})
export type AuditState = z.infer<typeof AuditState>

/** POST /audit/print: a page was printed, by its address. */
export const PrintNote = z.strictObject({
  page: z
    .string()
    .max(500)
    .regex(/^\/(?!\/)/, { error: '应为本站页面的地址，如 /desk?unit=2' }),
})
export const PrintRecorded = z.object({ recorded: z.literal(true) })
