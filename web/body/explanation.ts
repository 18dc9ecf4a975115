import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { bodyItems, bodyList } from './queries.ts'

const counted =
  (of: 'open' | 'overdue') =>
  async ({ client, table, t }: Asked, [id = '']: readonly string[]): Promise<Account> => {
    const { rows: bodies } = await client.ensureQueryData(bodyList)
    const body = bodies.find((one) => String(one.id) === id)
    const { rows: items } = await client.fetchQuery(bodyItems(Number(id)))
    const row = (item: (typeof items)[number]) =>
      rowOf({
        key: `${item.noun}-${item.rowId}`,
        name: item.title,
        note: item.owner ?? '',
        at: item.enteredOn,
        link:
          item.noun === 'issue'
            ? `/desk?open=issue&issue=${item.rowId}`
            : `/desk?open=dispatch&dispatch=${item.dispatchId}`,
      })
    const isIn = ({ overdueDays }: (typeof items)[number]) => of === 'open' || overdueDays > 0
    return accountOf({
      value: body?.[of] ?? null,
      date: table.date,
      rows: items.filter(isIn).map(row),
      out: items
        .filter((item) => !isIn(item))
        .map((item) => ({ ...row(item), reason: t('explain:reason.notDue') })),
      words: { what: body?.name ?? '' },
    })
  }

/** Matters before one body of the ladder: `~<body>`. */
export const bodyExplanations = {
  'body.open': counted('open'),
  'body.overdue': counted('overdue'),
} satisfies Explanations
