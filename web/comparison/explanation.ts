import type { ComparisonKind, ComparisonRow } from 'api/comparison/contract'
import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { comparisonRows } from './queries.ts'
import { momentText, valueText } from './value-text.ts'

interface Made {
  kind: (of: readonly string[]) => ComparisonKind
  isIn?: (row: ComparisonRow) => boolean
  amount?: (row: ComparisonRow) => number
  form?: Account['form']
  /** Rows of the same field that are not in it, with the word for why. */
  leftOut?: (row: ComparisonRow) => boolean
}

const made =
  ({ kind, isIn = () => true, amount = () => 1, form = 'count', leftOut = () => false }: Made) =>
  async ({ client, t }: Asked, of: readonly string[]): Promise<Account> => {
    const [from = '', to = 'now'] = of
    const of2 = kind(of)
    const found = await client.fetchQuery(comparisonRows(from, to === 'now' ? null : to, of2))
    await i18next.loadNamespaces('comparison')
    const shown = (row: ComparisonRow, place: number) =>
      rowOf({
        key: `${place}`,
        name: row.project?.name ?? row.subject ?? '',
        project: row.project?.id ?? null,
        note: [
          row.project ? row.subject : null,
          t(`comparison:field.${row.field}`),
          `${valueText(t, row, 'before')} → ${valueText(t, row, 'after')}`,
        ]
          .filter(Boolean)
          .join(' '),
        amount: amount(row),
        ...(row.issueId === null ? {} : { link: `/desk?open=issue&issue=${row.issueId}` }),
      })
    const rows = found.rows.filter(isIn).map(shown)
    const out = found.rows
      .filter(leftOut)
      .map((row, place) => ({ ...shown(row, place), reason: t('explain:reason.notCounted') }))
    return accountOf({
      value: rows.reduce((sum, row) => sum + row.amount, 0),
      form,
      method: { kind: 'sum' },
      date: found.to.date,
      rows,
      out,
      words: {
        kind: t(`comparison:kind.${of2}`),
        from: momentText(from),
        to: to === 'now' ? found.to.date : momentText(to),
      },
    })
  }

const isDone = ({ field, counted }: ComparisonRow) => field === 'doneWan' && counted

/** What two days differ by, opened to the rows that differ. */
export const comparisonExplanations = {
  'comparison.rows': made({ kind: ([, , kind]) => kind as ComparisonKind }),
  'comparison.toRed': made({ kind: () => 'light', isIn: ({ after }) => after === 'red' }),
  'comparison.done': made({
    kind: () => 'money',
    isIn: isDone,
    amount: ({ before, after }) => Number(after ?? 0) - Number(before ?? 0),
    form: 'wan',
    leftOut: ({ field, counted }) => field === 'doneWan' && !counted,
  }),
  'comparison.opened': made({ kind: () => 'issue', isIn: ({ field }) => field === 'opened' }),
  'comparison.closed': made({ kind: () => 'issue', isIn: ({ field }) => field === 'closed' }),
} satisfies Explanations
