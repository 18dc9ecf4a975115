import { useTranslation } from 'react-i18next'
import type { LeftOut } from '../shell/explanation.ts'
import { count } from '../ui/number.ts'
import { RowName } from './row-name.tsx'

/** As many as are named for each reason; the file has all. */
const named = 100

/** What is not in the figure, by the reason that keeps it out. */
export function OutRows({ out }: { out: readonly LeftOut[] }) {
  const { t } = useTranslation(['explain'])
  const reasons = new Map<string, LeftOut[]>()
  for (const row of out) reasons.set(row.reason, [...(reasons.get(row.reason) ?? []), row])
  return (
    <section>
      <h4>{t('explain:out', { count: out.length, rows: count(out.length) })}</h4>
      {[...reasons].map(([reason, rows]) => (
        <details key={reason} className="explain-out">
          <summary>
            {reason} <span className="figure">{count(rows.length)}</span>
          </summary>
          <ul>
            {rows.slice(0, named).map((row) => (
              <li key={row.key}>
                <RowName row={row} />
              </li>
            ))}
            {rows.length > named && (
              <li className="explain-quiet">
                {t('explain:more', {
                  count: rows.length - named,
                  rows: count(rows.length - named),
                })}
              </li>
            )}
          </ul>
        </details>
      ))}
    </section>
  )
}
