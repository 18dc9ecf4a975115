import type { ComparisonRow } from 'api/comparison/contract'
import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { comparisonOf } from './queries.ts'
import { valueText } from './value-text.ts'

/** What differs between a day and the one shown, of one kind or of all: `~<from>~<kind>`. */
async function changes(asked: Asked, [from = '', kind = '']: readonly string[]): Promise<Account> {
  const { client, asOf, t, places } = asked
  await i18next.loadNamespaces('comparison')
  const { totals, rows, to } = await client.fetchQuery(comparisonOf(from, asOf))
  const isOf = (one: { kind: string }) => kind === '' || one.kind === kind
  const value = totals.filter(isOf).reduce((sum, total) => sum + total.rows, 0)
  const told = rows.filter(isOf)
  const row = (one: ComparisonRow, at: number) =>
    rowOf({
      key: String(at),
      name: one.project?.name ?? one.subject ?? '',
      project: one.project?.id ?? null,
      note: [
        one.project && places.unit.get(one.project.unitId),
        t(`comparison:kind.${one.kind}`),
        one.project && one.subject,
        `${valueText(i18next.t, one, 'before')} → ${valueText(i18next.t, one, 'after')}`,
      ]
        .filter(Boolean)
        .join(' · '),
      at: to.date,
      ...(one.issueId === null ? {} : { link: `/desk?open=issue&issue=${one.issueId}` }),
    })
  const rest = value - told.length
  return accountOf({
    value,
    date: to.date,
    rows: [
      ...told.map(row),
      ...(rest > 0 ? [rowOf({ key: 'rest', name: t('explain:beyond'), amount: rest })] : []),
    ],
    words: {
      from: from.slice(0, 10),
      what: kind === '' ? t('explain:everyKind') : t(`comparison:kind.${kind}`),
    },
  })
}

/** Changes between two days. */
export const comparisonExplanations = { 'comparison.changes': changes } satisfies Explanations
