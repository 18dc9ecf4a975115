import { z } from 'zod'
import { DateText, Id, Instant } from '../http/contract.ts'

/** What is to be done; the page has a word for each. */
export const InboxKind = z.enum([
  'dispatch_acknowledge',
  'dispatch_answer',
  'dispatch_check',
  'dispatch_extension',
  'body_item',
  'issue_screen',
  'issue_accept',
  'issue_work',
  'issue_verify',
  'issue_confirm',
  'issue_decide',
  'report_file',
  'report_returned',
  'report_verify',
  'milestone_plan',
  'milestone_revision',
])
export type InboxKind = z.infer<typeof InboxKind>

/** One thing that waits for the asker. */
export const InboxItem = z.object({
  /** The same thing has the same key, whenever it is asked for. */
  key: z.string(),
  kind: InboxKind,
  title: z.string(),
  /** How many things of this kind it stands for; 1 for most. */
  count: z.number().int(),
  project: z.object({ id: Id, name: z.string() }).nullable(),
  since: Instant,
  dueOn: DateText.nullable(),
  overdueDays: z.number().int(),
  /** Address within the page where it is done. */
  link: z.string(),
})
export type InboxItem = z.infer<typeof InboxItem>

/** GET /inbox, `total` of them: the oldest promise first; what was promised for no day stands last. */
export const Inbox = z.object({
  date: DateText,
  total: z.number().int(),
  overdue: z.number().int(),
  rows: z.array(InboxItem),
})
export type Inbox = z.infer<typeof Inbox>
