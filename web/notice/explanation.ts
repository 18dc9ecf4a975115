import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { noticeList } from './queries.ts'

async function unread({ client, table }: Asked): Promise<Account> {
  // Unread notices stand first: pages until one has none.
  const { pages } = await client.fetchInfiniteQuery({
    ...noticeList,
    pages: Number.MAX_SAFE_INTEGER,
    getNextPageParam: ({ next, rows }) => (rows.at(-1)?.readAt === null ? next : undefined),
  })
  const rows = pages.flatMap((page) => page.rows).filter(({ readAt }) => readAt === null)
  return accountOf({
    value: pages[0]?.unread ?? 0,
    date: table.date,
    rows: rows.map(({ id, title, text, at, link }) =>
      rowOf({ key: String(id), name: title, note: text, at: at.slice(0, 10), link }),
    ),
  })
}

/** What the reader was told and has not read. */
export const noticeExplanations = { 'notice.unread': unread } satisfies Explanations
