import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { auditState } from './queries.ts'

type Part = 'entries' | 'checked' | 'waiting'

/** The chain is numbered without a gap, so that its parts are told by where they begin and end. */
const part =
  (of: Part) =>
  async ({ client, table, t }: Asked): Promise<Account> => {
    const { entries, checked, waiting, head } = await client.ensureQueryData(auditState)
    const last = head?.n ?? 0
    const value = { entries, checked: checked?.n ?? 0, waiting }[of]
    const from = { entries: last - entries + 1, checked: 1, waiting: last + 1 }[of]
    const to = from + value - 1
    return accountOf({
      value,
      date: table.date,
      rows:
        value === 0
          ? []
          : [
              rowOf({
                key: of,
                name: t('explain:entries', { from, to }),
                amount: value,
                link: '/desk/audit',
              }),
            ],
    })
  }

/** How many entries the chain has, has been checked, and is still to take in. */
export const auditExplanations = {
  'audit.entries': part('entries'),
  'audit.checked': part('checked'),
  'audit.waiting': part('waiting'),
} satisfies Explanations
