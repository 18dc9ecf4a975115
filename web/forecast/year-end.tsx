import type { Forecast } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../explain/registry.ts'
import { Figure } from '../shell/figure.tsx'
import { percent, wan } from '../ui/number.ts'
import { classWords } from './class-words.ts'
import { ReferenceRows } from './reference-rows.tsx'
import './forecast.css'

/** Below the year's curve: what will be done by its end, how far the plan is earned, what the season is. */
export function YearEnd({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast', 'project'])
  const { yearEnd, annualWan, rule } = forecast
  if (yearEnd.state === 'none') {
    // What is on no list, or over, has no year's end to foretell.
    const isQuiet = yearEnd.reason === 'unlisted' || yearEnd.reason === 'finished'
    return (
      <div className="forecast">
        {!isQuiet && (
          <p className="forecast-none" data-record="forecast">
            <strong>{t(`forecast:none.${yearEnd.reason}.word`)}</strong>{' '}
            {t(`forecast:none.${yearEnd.reason}.why`, { count: yearEnd.n, least: yearEnd.least })}
          </p>
        )}
        <Season forecast={forecast} />
      </div>
    )
  }
  const { p50Wan, p80Wan, n } = yearEnd
  return (
    <div className="forecast">
      <dl className="forecast-dates">
        <Amount
          label={t('forecast:year.p50')}
          figure="forecast.projectMiddle"
          amount={p50Wan}
          of={annualWan}
        />
        <Amount
          label={t('forecast:year.p80')}
          figure="forecast.projectSafe"
          amount={p80Wan}
          of={annualWan}
        />
        <Spi forecast={forecast} />
      </dl>
      <p className="forecast-line" data-record="forecast">
        {t('forecast:year.sentence', { p50: wan(p50Wan), p80: wan(p80Wan) })}
        {t('forecast:basis', { count: n, class: classWords(yearEnd.class, t) })}
      </p>
      <Schedule forecast={forecast} />
      <Season forecast={forecast} />
      <ReferenceRows n={n} rows={yearEnd.rows} rule={rule} />
    </div>
  )
}

function Amount(props: { label: string; figure: FigureName; amount: number; of: number | null }) {
  const { t } = useTranslation(['shell'])
  return (
    <div className="forecast-ours">
      <dt>{props.label}</dt>
      <dd>
        <Figure name={props.figure} value={props.amount} form="wan" />{' '}
        <span className="panel-unit" data-record="forecast">
          {t('shell:unit.wan')} · {percent(props.of ? props.amount / props.of : null)}
        </span>
      </dd>
    </div>
  )
}

function Spi({ forecast: { yearSchedule } }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  if (!yearSchedule || yearSchedule.index === null) return null
  const { earned, elapsed } = yearSchedule
  return (
    <div>
      <dt>{t('forecast:year.spi')}</dt>
      <dd>
        <Figure name="forecast.yearPace" value={earned / elapsed} form="percent">
          {yearSchedule.index.toFixed(2)}
        </Figure>
      </dd>
    </div>
  )
}

/** Earned schedule of the year's own monthly plan. */
function Schedule({ forecast: { yearSchedule } }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  if (!yearSchedule) return null
  const { elapsed, earned, variance } = yearSchedule
  const word = variance < -0.05 ? 'behind' : variance > 0.05 ? 'ahead' : 'even'
  return (
    <p className="forecast-line" data-record="forecast">
      {t(`forecast:schedule.${word}`, {
        elapsed,
        earned: earned.toFixed(1),
        months: Math.abs(variance).toFixed(1),
      })}
    </p>
  )
}

function Season({ forecast: { season, months } }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  if (!season || months.every(({ seasonSum }) => seasonSum === null)) return null
  const from = season.years === 0 ? 'prior' : season.isPrior ? 'both' : 'rows'
  return (
    <p className="forecast-quiet" data-record="forecast">
      {t(`forecast:season.${from}`, { count: season.years })}
    </p>
  )
}
