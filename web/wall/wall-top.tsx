import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { ClockStrip } from '../shell/clock-strip.tsx'

/** City and scene, the day of what is shown, and the scene's one sentence. */
export function WallTop(props: { scene: string; date: string; line: string }) {
  const { t } = useTranslation(['wall', 'shell'])
  const city = useQuery(cityQuery).data
  return (
    <header className="wall-top">
      <p className="wall-title">
        <span>
          {city?.name} {t('shell:title')}
        </span>
        <span className="wall-quiet">{props.scene}</span>
        <ClockStrip />
        <span className="wall-date figure">{t('shell:asOf', { date: props.date })}</span>
      </p>
      <h1 className="wall-line">{props.line}</h1>
    </header>
  )
}
