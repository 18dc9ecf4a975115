import type { Query } from '../db/sql.ts'
import type { NoticeChannels, NoticeKind } from './contract.ts'

type Channels = Omit<NoticeChannels, 'kind'>

const pageOnly: Channels = { email: false, webhook: false }
const byMail: Channels = { email: true, webhook: false }
const everywhere: Channels = { email: true, webhook: true }

/**
 * Where each kind goes beside the page for people who have chosen nothing: what somebody waits for by
 * mail, what a group should push along to its robot too. A city changes it in setting notice_channel.
 */
export const usualChannels: Record<NoticeKind, Channels> = {
  report_due: byMail,
  report_submitted: pageOnly,
  report_returned: byMail,
  report_verified: pageOnly,
  milestone_asked: byMail,
  milestone_decided: pageOnly,
  milestone_due: byMail,
  issue_assigned: everywhere,
  issue_returned: byMail,
  issue_asked: byMail,
  issue_decided: byMail,
  issue_due: everywhere,
  issue_done: byMail,
  issue_reopened: everywhere,
  issue_escalated: everywhere,
  dispatch_received: everywhere,
  dispatch_progress: pageOnly,
  dispatch_due: everywhere,
  dispatch_recalled: everywhere,
  dispatch_closed: byMail,
  dispatch_escalated: everywhere,
  meeting: byMail,
  account: byMail,
}

/** The channels of each kind in this city. */
export async function cityChannels(sql: Query): Promise<Record<NoticeKind, Channels>> {
  const [own] = await sql<{ value: Partial<Record<NoticeKind, Channels>> }[]>`
    select value from setting where key = 'notice_channel'`
  return { ...usualChannels, ...own?.value }
}
