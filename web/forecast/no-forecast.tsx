import type { NoForecast as Reason } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'

interface NoForecastProps {
  /** What is not foretold. */
  of: 'finish' | 'year'
  none: { reason: Reason; n: number; least: number }
}

/** 样本不足 and the other reasons, as a state of its own and never as a number. */
export function NoForecast({ of, none: { reason, n, least } }: NoForecastProps) {
  const { t } = useTranslation(['forecast'])
  return (
    <p className="forecast-none">
      <strong>{t(`forecast:none.${reason}.word`)}</strong>{' '}
      {reason === 'few' ? (
        <Figure name="forecast.references" of={[of]} value={n}>
          {t('forecast:none.few.why', { count: n, least })}
        </Figure>
      ) : (
        t(`forecast:none.${reason}.why`)
      )}
    </p>
  )
}
