import type { Forecast, YearEndForecast } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { percent, wan } from '../ui/number.ts'
import { classWords } from './class-words.ts'
import { NoForecast } from './no-forecast.tsx'
import { ReferenceRows } from './reference-rows.tsx'
import './forecast.css'

/** Below the year's curve: what will be done by its end, how far the plan is earned, what the season is. */
export function YearEnd({ forecast }: { forecast: Forecast }) {
  const { yearEnd } = forecast
  if (yearEnd.state === 'forecast') return <Foretold forecast={forecast} end={yearEnd} />
  // What is on no list, or over, has no year's end to foretell.
  const isQuiet = yearEnd.reason === 'unlisted' || yearEnd.reason === 'finished'
  return (
    <div className="forecast">
      {!isQuiet && <NoForecast of="year" none={yearEnd} />}
      <Season forecast={forecast} />
    </div>
  )
}

interface ForetoldProps {
  forecast: Forecast
  end: Extract<YearEndForecast, { state: 'forecast' }>
}

function Foretold({ forecast, end }: ForetoldProps) {
  const { t } = useTranslation(['forecast', 'project'])
  const { p50Wan, p80Wan, n } = end
  return (
    <div className="forecast">
      <dl className="forecast-dates">
        <Amount quantile={50} amount={p50Wan} of={forecast.annualWan} />
        <Amount quantile={80} amount={p80Wan} of={forecast.annualWan} />
        <Spi forecast={forecast} />
      </dl>
      <p className="forecast-line">
        <Figure name="forecast.projectMiddle" value={p50Wan} form="wan">
          {t('forecast:year.sentence', { p50: wan(p50Wan), p80: wan(p80Wan) })}
        </Figure>
        <Figure name="forecast.references" of={['year']} value={n}>
          {t('forecast:basis', { count: n, class: classWords(end.class, t) })}
        </Figure>
      </p>
      <Schedule forecast={forecast} />
      <Season forecast={forecast} />
      <ReferenceRows rows={end.rows} />
    </div>
  )
}

function Amount(props: { quantile: 50 | 80; amount: number; of: number | null }) {
  const { t } = useTranslation(['forecast', 'shell'])
  const { quantile, amount } = props
  const isMiddle = quantile === 50
  return (
    <div className="forecast-ours">
      <dt>{t(isMiddle ? 'forecast:year.middle' : 'forecast:year.surely')}</dt>
      <dd>
        <Figure
          name={isMiddle ? 'forecast.projectMiddle' : 'forecast.projectSafe'}
          value={amount}
          form="wan"
        >
          {wan(amount)}{' '}
          <span className="panel-unit">
            {t('shell:unit.wan')} · {percent(props.of ? amount / props.of : null)}
          </span>
        </Figure>
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
    <p className="forecast-line">
      <Figure name="forecast.yearPace" value={earned / elapsed} form="percent">
        {t(`forecast:schedule.${word}`, {
          elapsed,
          earned: earned.toFixed(1),
          months: Math.abs(variance).toFixed(1),
        })}
      </Figure>
    </p>
  )
}

function Season({ forecast: { season, months } }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  if (!season || months.every(({ seasonSum }) => seasonSum === null)) return null
  const count = season.years.length
  const from = count === 0 ? 'prior' : season.isPrior ? 'both' : 'rows'
  return (
    <p className="forecast-quiet">
      {count === 0 ? (
        t('forecast:season.prior')
      ) : (
        <Figure name="forecast.seasonYears" value={count}>
          {t(`forecast:season.${from}`, { count })}
        </Figure>
      )}
    </p>
  )
}
