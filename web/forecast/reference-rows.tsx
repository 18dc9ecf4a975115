import type { ReferenceRow } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'

interface RowsProps {
  n: number
  /** Those that may be seen by name. */
  rows: readonly ReferenceRow[]
  rule: string
}

/** The finished projects that a forecast rests on, the slowest first. */
export function ReferenceRows({ n, rows, rule }: RowsProps) {
  const { t } = useTranslation(['forecast'])
  const synthetic = rows.filter((row) => row.synthetic).length
  const overrun = ({ actualMonths, plannedMonths }: ReferenceRow) => actualMonths / plannedMonths
  const sorted = [...rows].sort((a, b) => overrun(b) - overrun(a))
  return (
    <details className="forecast-rows">
      <summary data-unfolds>
        {t('forecast:rows.title', { count: n, rule })}
        {synthetic > 0 && (
          <span className="badge badge-synthetic">
            {t('forecast:rows.synthetic', { count: synthetic })}
          </span>
        )}
      </summary>
      {rows.length < n && <p>{t('forecast:rows.hidden', { count: n - rows.length })}</p>}
      <div className="forecast-scroll">
        <table className="figure">
          <thead>
            <tr>
              <th scope="col">{t('forecast:rows.name')}</th>
              <th scope="col">{t('forecast:rows.planned')}</th>
              <th scope="col">{t('forecast:rows.actual')}</th>
              <th scope="col">{t('forecast:rows.ratio')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={`${row.source} ${row.id}`} data-record="forecast">
                <th scope="row">{row.name}</th>
                <td>{row.plannedMonths.toFixed(1)}</td>
                <td>{row.actualMonths.toFixed(1)}</td>
                <td>{overrun(row).toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
