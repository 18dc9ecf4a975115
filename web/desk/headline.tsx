import type { LightState } from 'api/light/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import type { Totals } from '../project/totals.ts'
import { yearShare } from '../ui/date.ts'
import { count, percent, points, wan } from '../ui/number.ts'
import './headline.css'

interface HeadlineProps {
  totals: Totals
  /** The day judged at and the plan year, `YYYY-MM-DD`. */
  date: string
  year: number
  lights: readonly LightState[]
  onLight: (lights: LightState[]) => void
}

/** The figures of what the filter leaves, each with its definition; the lights are switches. */
export function Headline({ totals, date, year, lights, onLight }: HeadlineProps) {
  const { t } = useTranslation(['desk', 'shell'])
  const toTime = totals.doneShare === null ? null : (totals.doneShare - yearShare(date, year)) * 100
  const money = t('shell:unit.wan')
  return (
    <section className="headline" aria-label={t('desk:headline.label')}>
      <dl className="headline-figures">
        <Figure name="projects" value={count(totals.listed)} year={year}>
          {t('desk:headline.ofAll', { count: totals.rows, all: count(totals.rows) })}
        </Figure>
        <Figure name="total" value={wan(totals.totalWan)} year={year}>
          {money}
        </Figure>
        <Figure name="annual" value={wan(totals.annualWan)} year={year}>
          {money}
        </Figure>
        <Figure name="done" value={wan(totals.doneWan)} year={year}>
          {money}
        </Figure>
        <Figure name="rate" value={percent(totals.doneShare)} year={year}>
          <Difference word={t('desk:headline.toPlan')} value={totals.lagPoints} />
          <Difference word={t('desk:headline.toTime')} value={toTime} />
        </Figure>
      </dl>
      <div className="headline-lights">
        <LightsTerm rows={totals.rows} year={year} />
        {lightOrder.map((light) => (
          <LightSwitch
            key={light}
            light={light}
            count={totals.lights[light]}
            on={lights.includes(light)}
            onToggle={(on) =>
              onLight(on ? [...lights, light] : lights.filter((one) => one !== light))
            }
          />
        ))}
        <p className="headline-basis">
          {t('shell:basis', { fresh: count(totals.fresh), due: count(totals.due) })}
          <span className="headline-date">{t('shell:asOf', { date })}</span>
        </p>
      </div>
    </section>
  )
}

type FigureName = 'projects' | 'total' | 'annual' | 'done' | 'rate'

function Figure(props: {
  name: FigureName
  value: string
  year: number
  children: React.ReactNode
}) {
  const { t } = useTranslation(['desk'])
  const id = useId()
  const { name, year } = props
  return (
    <div className="headline-figure">
      <dt>
        <button type="button" className="headline-term" aria-describedby={id}>
          {t(`desk:figure.${name}`, { year })}
        </button>
        <span role="tooltip" id={id} className="headline-definition">
          {t(`desk:definition.${name}`, { year })}
        </span>
      </dt>
      <dd>
        <span className="headline-value figure" data-figure={name}>
          {props.value}
        </span>
        <span className="headline-unit">{props.children}</span>
      </dd>
    </div>
  )
}

function Difference({ word, value }: { word: string; value: number | null }) {
  const { t } = useTranslation(['shell'])
  return (
    <span className="headline-difference">
      {word} <b className="figure">{points(value)}</b>
      {value !== null && ` ${t('shell:unit.points')}`}
    </span>
  )
}

/** Says whose lights are counted: all rows found, where the wall counts the year's list. */
function LightsTerm({ rows, year }: { rows: number; year: number }) {
  const { t } = useTranslation(['desk'])
  const id = useId()
  return (
    <span className="headline-figure headline-lights-term">
      <button type="button" className="headline-term" aria-describedby={id}>
        {t('desk:headline.lights', { count: rows, all: count(rows) })}
      </button>
      <span role="tooltip" id={id} className="headline-definition">
        {t('desk:definition.lights', { year })}
      </span>
    </span>
  )
}

function LightSwitch(props: {
  light: LightState
  count: number
  on: boolean
  onToggle: (on: boolean) => void
}) {
  const { t } = useTranslation(['project'])
  return (
    <button
      type="button"
      className="light-switch"
      aria-pressed={props.on}
      onClick={() => props.onToggle(!props.on)}
    >
      <LightMark light={props.light} />
      <b className="figure" data-light={props.light}>
        {count(props.count)}
      </b>
      <span>{t(`project:light.${props.light}`)}</span>
    </button>
  )
}
