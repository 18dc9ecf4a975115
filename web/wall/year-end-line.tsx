import type { YearForecast } from 'api/forecast/contract'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { large } from './amount.ts'
import { sized } from './fit.ts'

/** Room in u of the line. */
const lineRoom = 49

/** What the year will bring, in words; the bars above show it month by month. */
export function YearEndLine({ forecast }: { forecast: YearForecast }) {
  const { t } = useTranslation(['forecast'])
  const { p50Wan, p80Wan } = forecast
  if (p50Wan === null || p80Wan === null) return null
  const [middle, safe] = [p50Wan, p80Wan].map((wan) => large(wan, i18next.language))
  const words = t('forecast:wall.line', { middle, safe })
  return (
    <div className="wall-year-end">
      <p style={sized(words, lineRoom, 3)}>
        <i className="wall-year-end-key" aria-hidden="true" /> {t('forecast:wall.before')}{' '}
        <Figure name="forecast.yearMiddle" of={['', '', '']} value={p50Wan} form="wan">
          {middle}
        </Figure>{' '}
        {t('forecast:wall.unit')}
        <span className="wall-quiet">
          {t('forecast:wall.open')}
          <Figure name="forecast.yearSafe" of={['', '', '']} value={p80Wan} form="wan">
            {t('forecast:wall.safe', { amount: safe })}
          </Figure>
          {t('forecast:wall.close')}
        </span>
      </p>
      <p className="wall-quiet wall-year-end-basis">
        {t(forecast.synthetic > 0 ? 'forecast:wall.basisMade' : 'forecast:wall.basis')}
      </p>
    </div>
  )
}
