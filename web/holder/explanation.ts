import type { ProjectHolder } from 'api/holder/contract'
import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { holderOf } from './queries.ts'

/** Whether a span belongs to a figure of these words of the URL. */
type Of = (span: ProjectHolder['spans'][number], of: readonly string[], last: boolean) => boolean

const days =
  (isIn: Of) =>
  async ({ client, project, asOf, t }: Asked, of: readonly string[]): Promise<Account> => {
    if (project === null) throw new Error(t('explain:noProject'))
    await i18next.loadNamespaces('milestone')
    const { spans, to } = await client.ensureQueryData(holderOf(project, asOf))
    const named = spans.map((span, at) => ({
      isIn: isIn(span, of, at === spans.length - 1),
      row: rowOf({
        key: span.from,
        name: span.holder.name,
        note: [t(`milestone:holder.by.${span.by}`), span.what].filter(Boolean).join('：'),
        amount: span.days,
        at: span.from,
      }),
    }))
    const rows = named.flatMap((one) => (one.isIn ? [one.row] : []))
    return accountOf({
      value: rows.reduce((sum, { amount }) => sum + amount, 0),
      form: 'days',
      date: to,
      rows,
      out: named.flatMap(({ isIn, row }) =>
        isIn ? [] : [{ ...row, reason: t('explain:reason.otherHolder') }],
      ),
      words: { what: of[1] ?? '' },
    })
  }

/** Days of one project: all, one holder's (`~<kind>~<name>`), and the present holder's last span. */
export const holderExplanations = {
  'holder.elapsed': days(() => true),
  'holder.days': days(({ holder }, [kind, name]) => holder.kind === kind && holder.name === name),
  'holder.now': days((_, __, isLast) => isLast),
} satisfies Explanations
