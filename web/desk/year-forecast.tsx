import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type ForecastPlace, yearForecast } from '../forecast/queries.ts'
import { noFilter, type ProjectFilter } from '../project/filter.ts'
import { Figure } from '../shell/figure.tsx'
import { wan } from '../ui/number.ts'

/** The year's end of what is filtered, where the filter is a place or a category; else it says so. */
export function YearForecastFigure(props: { filter: ProjectFilter; asOf: string | null }) {
  const { t } = useTranslation(['forecast', 'shell'])
  const id = useId()
  const place = placeOf(props.filter)
  const { data } = useQuery({ ...yearForecast(place ?? {}, props.asOf), enabled: place !== null })
  const shown = place === null ? undefined : data
  const of = [place?.unit ?? '', place?.park ?? '', place?.category ?? '']
  return (
    <div className="headline-figure">
      <dt>
        <button type="button" className="headline-term" aria-describedby={id}>
          {t('forecast:year.headline')}
        </button>
        <span role="tooltip" id={id} className="headline-definition">
          {t('forecast:year.definition')}
          {shown && (
            <>
              {' '}
              {t('forecast:year.of', { forecast: shown.forecast, projects: shown.projects })}
              {t('forecast:year.based', { count: shown.references })}
              {shown.synthetic > 0 && t('forecast:year.made', { count: shown.synthetic })}
            </>
          )}
        </span>
      </dt>
      <dd>
        <Figure
          name="forecast.yearMiddle"
          of={of}
          value={shown?.p50Wan ?? null}
          form="wan"
          className="headline-value"
        >
          {wan(whole(shown?.p50Wan))}
        </Figure>
        <span className="headline-unit">
          {place === null ? (
            t('forecast:year.never')
          ) : (
            <>
              {t('shell:unit.wan')}{' '}
              {shown && shown.p80Wan !== null && (
                <Figure name="forecast.yearSafe" of={of} value={shown.p80Wan} form="wan">
                  {t('forecast:year.safe', { amount: wan(whole(shown.p80Wan)) })}
                </Figure>
              )}
            </>
          )}
        </span>
      </dd>
    </div>
  )
}

/** A forecast's cents say nothing. */
const whole = (wan: number | null | undefined) =>
  wan === null || wan === undefined ? null : Math.round(wan)

/** The place and category that a filter leaves; null where it asks for anything else besides. */
function placeOf(filter: ProjectFilter): ForecastPlace | null {
  const isOther = narrowing.some((key) => {
    const [asked, open] = [filter[key], noFilter[key]]
    return Array.isArray(asked) ? asked.length > 0 : asked !== open
  })
  const { unit, park, category, listed } = filter
  if (isOther || listed === 'no' || [unit, park, category].some((ids) => ids.length > 1)) {
    return null
  }
  const [oneUnit, onePark, oneCategory] = [unit[0], park[0], category[0]]
  return {
    ...(oneUnit === undefined ? {} : { unit: oneUnit }),
    ...(onePark === undefined ? {} : { park: onePark }),
    ...(oneCategory === undefined ? {} : { category: oneCategory }),
  }
}

/** What the server's sum is not asked by. */
const narrowing = ['stage', 'light', 'provenance', 'minWan', 'maxWan', 'text'] as const
