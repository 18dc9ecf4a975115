import { z } from 'zod'
import { Id, Instant, LineText, whole } from '../http/contract.ts'

/**
 * What people are told of. A new kind has its usual channels in channels.ts and its words under
 * `notice:kind` of the page.
 */
export const NoticeKind = z.enum([
  'report_due',
  'report_submitted',
  'report_returned',
  'report_verified',
  'milestone_asked',
  'milestone_decided',
  'milestone_due',
  'issue_assigned',
  'issue_returned',
  'issue_asked',
  'issue_decided',
  'issue_due',
  'issue_done',
  'issue_reopened',
  'issue_escalated',
  'dispatch_received',
  'dispatch_progress',
  'dispatch_due',
  'dispatch_recalled',
  'dispatch_closed',
  'dispatch_escalated',
  'meeting',
  'account',
])
export type NoticeKind = z.infer<typeof NoticeKind>

export const Notice = z.object({
  id: Id,
  kind: NoticeKind,
  title: z.string(),
  text: z.string(),
  /** Address within the page, beginning with /. */
  link: z.string(),
  noun: z.string(),
  rowId: Id,
  at: Instant,
  readAt: Instant.nullable(),
  /** Whom the reader stands in for; null: the notice is the reader's own. */
  forPerson: z.string().nullable(),
})
export type Notice = z.infer<typeof Notice>

export const NoticeFilter = z.object({
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^[01]-\d{1,15}$/, { error: '应为上一页返回的 next' })
    .optional(),
  limit: whole(1, 200).default(50),
})
export type NoticeFilter = z.infer<typeof NoticeFilter>

/** Unread ones first, then the newest. */
export const NoticeList = z.object({
  unread: z.number().int(),
  rows: z.array(Notice),
  next: z.string().nullable(),
})
export type NoticeList = z.infer<typeof NoticeList>

/** Single ones, or all up to the newest that the reader has seen: what came meanwhile stays unread. */
export const NoticeRead = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(1000) }),
  z.strictObject({ upTo: Id }),
])
export type NoticeRead = z.infer<typeof NoticeRead>

export const NoticeUnread = z.object({ unread: z.number().int() })

export const NoticeChannels = z.strictObject({
  kind: NoticeKind,
  email: z.boolean(),
  /** To the robots of the groups that the row concerns. */
  webhook: z.boolean(),
})
export type NoticeChannels = z.infer<typeof NoticeChannels>

export const NoticePreference = z.object({
  rows: z.array(NoticeChannels),
  /** Where mail goes; null: the account has no address. */
  email: z.string().nullable(),
  /** Whether this installation sends mail at all. */
  mailOn: z.boolean(),
})
export type NoticePreference = z.infer<typeof NoticePreference>

export const NoticePreferenceInput = z.strictObject({ rows: z.array(NoticeChannels).max(100) })
export type NoticePreferenceInput = z.infer<typeof NoticePreferenceInput>

/** A group's robot as it may be shown: its address and secret are not. */
export const NoticeWebhook = z.object({
  id: Id,
  name: z.string(),
  /** Null: all kinds. */
  kinds: z.array(NoticeKind).nullable(),
  unitId: Id.nullable(),
  parkId: Id.nullable(),
  active: z.boolean(),
})
export type NoticeWebhook = z.infer<typeof NoticeWebhook>

export const NoticeWebhookList = z.object({ rows: z.array(NoticeWebhook) })

/** The robot of that name is made or changed; an address or secret left out stays. */
export const NoticeWebhookInput = z
  .strictObject({
    name: LineText.max(60),
    url: z.url({ error: '应为完整的网址，如 https://qyapi.weixin.qq.com/…' }).max(1000).optional(),
    secret: LineText.min(16, { error: '密钥至少 16 个字符' }).max(200).optional(),
    kinds: z.array(NoticeKind).min(1).max(100).nullable().default(null),
    unitId: Id.nullable().default(null),
    parkId: Id.nullable().default(null),
    active: z.boolean().default(true),
  })
  .refine(({ unitId, parkId }) => unitId === null || parkId === null, {
    path: ['parkId'],
    error: '填报单位和园区只能选一个',
  })
export type NoticeWebhookInput = z.infer<typeof NoticeWebhookInput>

/** `error` is what the robot's server said, or why it could not be asked. */
export const NoticeWebhookTest = z.object({ sent: z.boolean(), error: z.string().nullable() })
export type NoticeWebhookTest = z.infer<typeof NoticeWebhookTest>
