import type { RowResult } from 'api/import/contract'
import { useTranslation } from 'react-i18next'

/** More changed rows than this are folded until somebody asks for them. */
const fewRows = 10
const mostRows = 200

/** What an import changes of what is there, field by field: what was, and what will be. */
export function Changes({ rows }: { rows: readonly RowResult[] }) {
  const { t } = useTranslation(['import'])
  const changed = rows.filter((row) => row.outcome === 'changed' && row.changes.length > 0)
  if (changed.length === 0) return null
  return (
    <details className="import-changes" open={changed.length <= fewRows}>
      <summary>{t('import:changes', { count: changed.length })}</summary>
      <ul>
        {changed.slice(0, mostRows).map((row) => (
          <li key={`${row.row} ${row.code}`}>
            <strong>
              {row.name ?? row.code ?? '—'}
              <small>{t('import:rowNumber', { row: row.row })}</small>
            </strong>
            <dl>
              {row.changes.map(({ field, label, before, after }) => (
                <div key={field}>
                  <dt>{label}</dt>
                  <dd>
                    <del>{shown(before)}</del> → <ins>{shown(after)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {changed.length > mostRows && (
        <p className="form-hint">{t('import:moreChanges', { count: changed.length - mostRows })}</p>
      )}
    </details>
  )
}

const shown = (value: unknown) =>
  value === null || value === undefined || value === '' ? '—' : String(value)
