import type { LightForm, LightState } from 'api/light/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../explain/registry.ts'
import { lightOrder } from '../light/light.ts'
import { LightChoice } from '../light/light-choice.tsx'
import { LightMark } from '../light/light-mark.tsx'
import type { ProjectFilter } from '../project/filter.ts'
import type { Totals } from '../project/totals.ts'
import { Figure, type FigureForm } from '../shell/figure.tsx'
import { yearShare } from '../ui/date.ts'
import { count } from '../ui/number.ts'
import './headline.css'

interface HeadlineProps {
  totals: Totals
  /** The day judged at and the plan year, `YYYY-MM-DD`. */
  date: string
  year: number
  /** The rule that judges that day: 本市 v1. */
  rule: string
  filter: Pick<ProjectFilter, 'light' | 'part' | 'form'>
  onFilter: (patch: Partial<ProjectFilter>) => void
  onOpen: (view: 'rule' | 'evidence') => void
  /** One more figure, after the others. */
  children?: React.ReactNode
}

/** The figures of what the filter leaves, each with its definition; the lights are switches. */
export function Headline({ totals, date, year, rule, filter, children, ...on }: HeadlineProps) {
  const { t } = useTranslation(['desk', 'shell', 'light'])
  const { light: lights, part, form } = filter
  const toTime = totals.doneShare === null ? null : (totals.doneShare - yearShare(date, year)) * 100
  const money = t('shell:unit.wan')
  return (
    <section className="headline" aria-label={t('desk:headline.label')}>
      <dl className="headline-figures">
        <Term name="projects" of="project.listed" value={totals.listed} year={year}>
          <Figure name="project.found" value={totals.rows}>
            {t('desk:headline.ofAll', { count: totals.rows, all: count(totals.rows) })}
          </Figure>
        </Term>
        <Term name="total" of="project.total" value={totals.totalWan} form="wan" year={year}>
          {money}
        </Term>
        <Term name="annual" of="project.annual" value={totals.annualWan} form="wan" year={year}>
          {money}
        </Term>
        <Term name="done" of="project.done" value={totals.doneWan} form="wan" year={year}>
          {money}
        </Term>
        <Term name="rate" of="project.rate" value={totals.doneShare} form="percent" year={year}>
          <Difference
            name="project.lag"
            word={t('desk:headline.toPlan')}
            value={totals.lagPoints}
          />
          <Difference name="project.toTime" word={t('desk:headline.toTime')} value={toTime} />
        </Term>
        {children}
      </dl>
      <div className="headline-lights">
        <LightsTerm rows={totals.rows} year={year} />
        <LightChoice part={part} form={form} onShow={on.onFilter} />
        {lightOrder.map((light) => (
          <LightSwitch
            key={light}
            light={light}
            count={totals.lights[light]}
            other={totals.otherLights[light]}
            form={form}
            on={lights.includes(light)}
            onToggle={(isOn) =>
              on.onFilter({
                light: isOn ? [...lights, light] : lights.filter((one) => one !== light),
              })
            }
          />
        ))}
        <p className="headline-basis">
          <Figure name="project.fresh" value={totals.fresh}>
            {t('shell:basis', { fresh: count(totals.fresh), due: count(totals.due) })}
          </Figure>
          <span className="headline-date">{t('shell:asOf', { date })}</span>
        </p>
        <p className="headline-basis">
          <button
            type="button"
            className="link-button"
            data-record="light"
            onClick={() => on.onOpen('rule')}
          >
            {t('light:rule.by', { rule })}
          </button>
          <span className="headline-date">
            <button type="button" className="link-button" onClick={() => on.onOpen('evidence')}>
              {t('light:evidence.title')}
            </button>{' '}
            <Figure name="light.disagrees" value={totals.disagrees} />
          </span>
        </p>
      </div>
    </section>
  )
}

/** One headline figure with its definition beside it. */
function Term(props: {
  name: 'projects' | 'total' | 'annual' | 'done' | 'rate'
  of: FigureName
  value: number | null
  form?: FigureForm
  year: number
  children: React.ReactNode
}) {
  const { t } = useTranslation(['desk'])
  const id = useId()
  const { name, of, value, form, year } = props
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
        <Figure name={of} value={value} form={form ?? 'count'} className="headline-value" />
        <span className="headline-unit">{props.children}</span>
      </dd>
    </div>
  )
}

function Difference(props: { name: FigureName; word: string; value: number | null }) {
  const { t } = useTranslation(['shell'])
  const { name, word, value } = props
  return (
    <span className="headline-difference">
      {word} <Figure name={name} value={value} form="points" />
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
      <Figure name="project.found" value={rows} className="headline-term">
        {t('desk:headline.lights', { count: rows, all: count(rows) })}
      </Figure>
      <span role="tooltip" id={id} className="headline-definition">
        {t('desk:definition.lights', { year })}
      </span>
    </span>
  )
}

function LightSwitch(props: {
  light: LightState
  count: number
  /** Against the other form of the plan than `form`. */
  other: number
  form: LightForm
  on: boolean
  onToggle: (on: boolean) => void
}) {
  const { t } = useTranslation(['project', 'light'])
  const { light } = props
  const other = props.form === 'revised' ? 'original' : 'revised'
  return (
    <span className="light-switch" data-on={props.on} data-light={props.light}>
      <button type="button" aria-pressed={props.on} onClick={() => props.onToggle(!props.on)}>
        <LightMark light={props.light} />
        {t(`project:light.${props.light}`)}
      </button>
      <Figure name="light.found" of={[light]} value={props.count} />
      <Figure name="light.found" of={[light, other]} value={props.other} className="light-other">
        {t(`light:other.${other}`, { projects: count(props.other) })}
      </Figure>
    </span>
  )
}
