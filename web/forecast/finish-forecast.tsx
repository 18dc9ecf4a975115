import type { FinishForecast as Finish, Forecast } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { classWords } from './class-words.ts'
import { NoForecast } from './no-forecast.tsx'
import { ReferenceRows } from './reference-rows.tsx'
import './forecast.css'

/** When the works will be finished, by the owner's word and by finished works like them, named apart. */
export function FinishForecast({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation(['forecast'])
  const { finish } = forecast
  return (
    <section className="forecast" aria-label={t('forecast:finish.title')}>
      <h4>{t('forecast:finish.title')}</h4>
      {finish.state === 'none' ? (
        <NoForecast of="finish" none={finish} />
      ) : (
        <Dates forecast={forecast} finish={finish} />
      )}
    </section>
  )
}

interface FinishProps {
  forecast: Forecast
  finish: Extract<Finish, { state: 'forecast' }>
}

function Dates({ forecast, finish }: FinishProps) {
  const { t } = useTranslation(['forecast'])
  const { works } = forecast
  return (
    <>
      <dl className="forecast-dates forecast-four">
        <Day label={t('forecast:finish.approved')} day={works?.approvedFinish ?? null} />
        <Day label={t('forecast:finish.owner')} day={works?.ownerFinish ?? null} />
        <Foretold of={50} day={finish.p50} late={finish.lateP50} />
        <Foretold of={80} day={finish.p80} late={finish.lateP80} />
      </dl>
      <Sentence forecast={forecast} finish={finish} />
      <Works forecast={forecast} />
      <ReferenceRows rows={finish.rows} />
    </>
  )
}

/** A day by reference class, and how much later it is than the plan that holds. */
function Foretold({ of, day, late }: { of: 50 | 80; day: string; late: number }) {
  const { t } = useTranslation(['forecast'])
  return (
    <div className="forecast-ours">
      <dt>{t(`forecast:finish.ours${of}`)}</dt>
      <dd>
        <span className="figure">{day}</span>{' '}
        <Figure
          name="forecast.finishLate"
          of={[of]}
          value={late}
          form="days"
          className="panel-unit"
        >
          {t('forecast:finish.days', { days: late > 0 ? `+${late}` : `−${-late}` })}
        </Figure>
      </dd>
    </div>
  )
}

function Day({ label, day }: { label: string; day: string | null }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{day ?? '—'}</dd>
    </div>
  )
}

/** 预计 2024-05-20（P50）至 2024-08-02（P80）完工，比批准计划晚 63–137 天；参照 47 个已完工同类项目. */
function Sentence({ finish }: FinishProps) {
  const { t } = useTranslation(['forecast', 'project'])
  const { p50, p80, lateP50, lateP80, n } = finish
  const late =
    lateP50 > 0
      ? t('forecast:finish.late', { from: lateP50, to: lateP80 })
      : lateP80 > 0
        ? t('forecast:finish.around', { early: -lateP50, late: lateP80 })
        : t('forecast:finish.early', { from: -lateP80, to: -lateP50 })
  return (
    <p className={lateP50 > 0 ? 'forecast-line forecast-late' : 'forecast-line'}>
      <Figure name="forecast.finishLate" of={[50]} value={lateP50} form="days">
        {t('forecast:finish.sentence', { p50, p80, late })}
      </Figure>
      <Figure name="forecast.references" of={['finish']} value={n}>
        {t('forecast:basis', { count: n, class: classWords(finish.class, t) })}
      </Figure>
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
    <p className="forecast-line">
      <Figure name="forecast.worksPace" value={earned / elapsed} form="percent">
        {t(`forecast:works.${word}`, {
          date: works.standsOn,
          percent: works.percent,
          earned: earned.toFixed(1),
          planned: planned.toFixed(1),
          elapsed: elapsed.toFixed(1),
          index: index.toFixed(2),
        })}
      </Figure>
    </p>
  )
}
