import type { FinishForecast as Finish, Forecast } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { classWords } from './class-words.ts'
import { ReferenceRows } from './reference-rows.tsx'
import './forecast.css'

/** When the works will be finished, by the owner's word and by finished works like them, named apart. */
export function FinishForecast({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  const { finish, works } = forecast
  if (finish.state === 'none') return <NoFinish finish={finish} />
  return (
    <section className="forecast" aria-label={t('forecast:finish.title')}>
      <h4>{t('forecast:finish.title')}</h4>
      <dl className="forecast-dates">
        <Day label={t('forecast:finish.approved')} day={works?.approvedFinish ?? null} />
        <Day label={t('forecast:finish.owner')} day={works?.ownerFinish ?? null} />
        <Day label={t('forecast:finish.p50')} day={finish.p50} isOurs />
        <Day label={t('forecast:finish.p80')} day={finish.p80} isOurs />
      </dl>
      <Sentence forecast={forecast} finish={finish} />
      <Works forecast={forecast} />
      <ReferenceRows n={finish.n} rows={finish.rows} rule={forecast.rule} />
    </section>
  )
}

function NoFinish({ finish }: { finish: Extract<Finish, { state: 'none' }> }) {
  const { t } = useTranslation(['forecast'])
  return (
    <section className="forecast" aria-label={t('forecast:finish.title')}>
      <h4>{t('forecast:finish.title')}</h4>
      <p className="forecast-none" data-record="forecast">
        <strong>{t(`forecast:none.${finish.reason}.word`)}</strong>{' '}
        {t(`forecast:none.${finish.reason}.why`, { count: finish.n, least: finish.least })}
      </p>
    </section>
  )
}

function Day(props: { label: string; day: string | null; isOurs?: boolean }) {
  return (
    <div className={props.isOurs ? 'forecast-ours' : undefined}>
      <dt>{props.label}</dt>
      <dd className="figure">{props.day ?? '—'}</dd>
    </div>
  )
}

/** 预计 2024-05-20（P50）至 2024-08-02（P80）完工，比批准计划晚 63–137 天；参照 47 个已完工同类项目. */
function Sentence(props: { forecast: Forecast; finish: Extract<Finish, { state: 'forecast' }> }) {
  const { t } = useTranslation(['forecast', 'project'])
  const { finish } = props
  const { p50, p80, lateP50, lateP80, n } = finish
  const late =
    lateP50 > 0
      ? t('forecast:finish.late', { from: lateP50, to: lateP80 })
      : lateP80 > 0
        ? t('forecast:finish.around', { early: -lateP50, late: lateP80 })
        : t('forecast:finish.early', { from: -lateP80, to: -lateP50 })
  return (
    <p
      data-record="forecast"
      className={lateP50 > 0 ? 'forecast-line forecast-late' : 'forecast-line'}
    >
      {t('forecast:finish.sentence', { p50, p80, late })}
      {t('forecast:basis', { count: n, class: classWords(finish.class, t) })}
    </p>
  )
}

/** Earned schedule of the works as a whole. */
function Works({ forecast: { works } }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  if (!works?.schedule || works.schedule.index === null) return null
  const { elapsed, earned, planned, index } = works.schedule
  const word = index < 0.995 ? 'behind' : 'ahead'
  return (
    <p className="forecast-line" data-record="forecast">
      {t(`forecast:works.${word}`, {
        date: works.standsOn,
        percent: works.percent,
        earned: earned.toFixed(1),
        planned: planned.toFixed(1),
        elapsed: elapsed.toFixed(1),
      })}{' '}
      <Figure name="forecast.worksPace" value={earned / elapsed} form="percent">
        {`SPI(t) ${index.toFixed(2)}`}
      </Figure>
    </p>
  )
}
