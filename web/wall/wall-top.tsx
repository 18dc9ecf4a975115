import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { comparisonOf } from '../comparison/queries.ts'
import { SumLine } from '../comparison/sum-line.tsx'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { dayAfter } from '../ui/date.ts'
import { useSteady } from './steady.ts'

/** City and scene, the day of what is shown, and the scene's one sentence. */
export function WallTop(props: {
  scene: string
  date: string
  asOf: string | null
  line: ReactNode
}) {
  const { t } = useTranslation(['wall', 'shell'])
  const city = useQuery(cityQuery).data
  return (
    <header className="wall-top">
      <p className="wall-title">
        <span>
          {city?.name} {t('shell:title')}
        </span>
        <span className="wall-quiet">{props.scene}</span>
        <ClockStrip asOf={props.asOf} />
        <time className="wall-date figure">{t('shell:asOf', { date: props.date })}</time>
      </p>
      <h1 className="wall-line">{props.line}</h1>
      <ChangeLine date={props.date} asOf={props.asOf} />
    </header>
  )
}

/** What the shown day changed; nothing is said until it is known. */
function ChangeLine({ date, asOf }: { date: string; asOf: string | null }) {
  const { t } = useTranslation(['wall'])
  const changes = useSteady(comparisonOf(dayAfter(date, -1), asOf)).data
  if (!changes) return null
  return (
    <p className="wall-change">
      {t('wall:changes')}
      <SumLine comparison={changes} from={dayAfter(date, -1)} to={asOf} isShort />
    </p>
  )
}
