import type { ReferenceRow } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'

/** The finished projects that a forecast rests on, as far as they may be seen by name; the slowest first. */
export function ReferenceRows({ rows }: { rows: readonly ReferenceRow[] }) {
  const { t } = useTranslation(['forecast'])
  const overrun = ({ actualMonths, plannedMonths }: ReferenceRow) => actualMonths / plannedMonths
  const sorted = [...rows].sort((a, b) => overrun(b) - overrun(a))
  return (
    <details className="forecast-rows">
      <summary>
        {t('forecast:rows.title')}
        {rows.some((row) => row.synthetic) && (
          <span className="badge badge-synthetic">{t('forecast:rows.synthetic')}</span>
        )}
      </summary>
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
              <tr key={`${row.source} ${row.id}`} data-record="reference">
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
