import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, AccountRow } from '../shell/explanation.ts'
import { figureText } from '../shell/figure.tsx'
import { count, wan } from '../ui/number.ts'
import { inOrder, type SortBy, sumOf } from './add-up.ts'
import { RowName } from './row-name.tsx'

/** As many as are drawn at first; the file has all, and the rest stands as one line with its sum. */
const shownAtFirst = 100

/** The rows that make a figure, each with what it brings, where it comes from and of which day it is. */
export function InRows({ account }: { account: Account }) {
  const { t } = useTranslation(['explain'])
  const [by, setBy] = useState<SortBy>('amount')
  const [all, setAll] = useState(false)
  const rows = useMemo(() => inOrder(account.rows, by), [account.rows, by])
  if (rows.length === 0) return null
  const isRatio = account.method.kind === 'ratio'
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const rest = rows.slice(shown.length)
  const columns: SortBy[] = [
    'name',
    'amount',
    ...(isRatio ? (['base'] as const) : []),
    'source',
    'at',
  ]
  return (
    <section>
      <h4>{t('explain:in', { count: rows.length, rows: count(rows.length) })}</h4>
      <div className="explain-scroll">
        <table className="explain-rows">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" aria-sort={column === by ? 'other' : 'none'}>
                  <button type="button" onClick={() => setBy(column)}>
                    {t(`explain:column.${column === 'name' ? 'row' : column}`)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Line key={row.key} row={row} account={account} />
            ))}
          </tbody>
        </table>
      </div>
      {rest.length > 0 && (
        <p className="explain-quiet">
          {t('explain:rest', {
            count: rest.length,
            rows: count(rest.length),
            sum: wan(sumOf(rest.map(({ amount }) => amount))),
          })}{' '}
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            {t('explain:showAll')}
          </button>
        </p>
      )}
    </section>
  )
}

function Line({ row, account }: { row: AccountRow; account: Account }) {
  const { form, method } = account
  // A ratio's parts are money; only what they make is a share.
  const amount = method.kind === 'ratio' ? wan(row.amount) : figureText(form, row.amount)
  return (
    <tr>
      <td>
        <RowName row={row} />
      </td>
      <td className="figure">{amount}</td>
      {method.kind === 'ratio' && <td className="figure">{wan(row.base)}</td>}
      <td>{row.source}</td>
      <td className="figure">{row.at || account.date}</td>
    </tr>
  )
}
