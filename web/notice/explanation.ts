import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { unreadNotices } from './queries.ts'

async function unread({ client, table }: Asked): Promise<Account> {
  const told = await client.fetchQuery(unreadNotices)
  return accountOf({
    value: told.unread,
    date: table.date,
    rows: told.rows.map(({ id, title, text, at, link }) =>
      rowOf({ key: String(id), name: title, note: text, at: at.slice(0, 10), link }),
    ),
  })
}

/** What the reader was told and has not read. */
export const noticeExplanations = { 'notice.unread': unread } satisfies Explanations
