import type { InboxItem } from 'api/inbox/contract'
import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { inboxQuery } from './queries.ts'

const counted =
  (isIn: (item: InboxItem) => boolean, of: 'total' | 'overdue') =>
  async ({ client, t }: Asked): Promise<Account> => {
    await i18next.loadNamespaces('inbox')
    const inbox = await client.ensureQueryData(inboxQuery)
    const row = (item: InboxItem) =>
      rowOf({
        key: item.key,
        name: item.project?.name ?? item.title,
        note: t(`inbox:kind.${item.kind}`),
        at: item.dueOn ?? item.since.slice(0, 10),
        link: item.link,
      })
    return accountOf({
      value: inbox[of],
      date: inbox.date,
      rows: inbox.rows.filter(isIn).map(row),
      out: inbox.rows
        .filter((item) => !isIn(item))
        .map((item) => ({ ...row(item), reason: t('explain:reason.notDue') })),
    })
  }

/** What waits for the reader, and what of it is late. */
export const inboxExplanations = {
  'inbox.total': counted(() => true, 'total'),
  'inbox.overdue': counted(({ overdueDays }) => overdueDays > 0, 'overdue'),
} satisfies Explanations
