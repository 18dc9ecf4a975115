import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { useLiveState } from './live.ts'
import './clock-strip.css'

/**
 * Says what time the screen shows when that is not the present: a simulated clock, an as-of day,
 * or data that has stopped arriving. Nothing when all is as usual.
 */
export function ClockStrip({ asOf, onNow }: { asOf?: string | null; onNow?: () => void }) {
  const { t } = useTranslation()
  const city = useQuery(cityQuery).data
  const live = useLiveState()
  return (
    <div className="clock-strips" aria-live="polite">
      {city?.clock.simulated && (
        <p className="clock-strip">
          {t('shell:clock.simulated', { date: city.clock.date })}
          {city.notice && <span className="clock-strip-more"> · {city.notice}</span>}
        </p>
      )}
      {asOf && (
        <p className="clock-strip clock-strip-past">
          {t('shell:clock.asOf', { date: asOf })}
          {onNow && (
            <button type="button" className="clock-strip-button" onClick={onNow}>
              {t('shell:clock.toNow')}
            </button>
          )}
        </p>
      )}
      {live.status === 'broken' && (
        <p className="clock-strip clock-strip-broken">
          {t('shell:clock.broken', {
            time: new Date(live.since).toLocaleTimeString('zh-CN', { hour12: false }),
          })}
        </p>
      )}
    </div>
  )
}
