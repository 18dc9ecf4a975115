import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { useMe } from '../session/me.ts'
import { agoText } from '../ui/ago.ts'
import { useLiveState } from './live.ts'
import './clock-strip.css'

const ViewStrip = lazy(() => import('../session/view-strip.tsx'))

/**
 * Says what time the screen shows when that is not the present: a simulated clock, an as-of day,
 * or data that has stopped arriving; and as whom it is looked at. Nothing when all is as usual.
 */
export function ClockStrip({ asOf, onNow }: { asOf?: string | null; onNow?: () => void }) {
  const { t } = useTranslation()
  const city = useQuery(cityQuery).data
  const live = useLiveState()
  const me = useMe()
  return (
    <div className="clock-strips" aria-live="polite">
      {me?.viewedBy && (
        <Suspense fallback={null}>
          <ViewStrip name={me.name} />
        </Suspense>
      )}
      {city?.clock.simulated && (
        <p className="clock-strip">
          {t('shell:clock.simulated', { date: city.clock.date })}
          {city.notice && (
            <span className="clock-strip-more" data-record="city">
              {' · '}
              {city.notice}
            </span>
          )}
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
      {live.status === 'broken' && <BrokenStrip since={live.since} />}
    </div>
  )
}

/** The age of what is shown goes on while nothing arrives. */
function BrokenStrip({ since }: { since: number }) {
  const { t, i18n } = useTranslation()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  const time = agoText(since, Math.max(now, since), i18n.language)
  return <p className="clock-strip clock-strip-broken">{t('shell:clock.broken', { time })}</p>
}
