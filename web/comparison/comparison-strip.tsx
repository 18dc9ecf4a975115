import { useQuery } from '@tanstack/react-query'
import type { Look } from 'api/comparison/contract'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/me.ts'
import { Figure } from '../shell/figure.tsx'
import { dayAfter } from '../ui/date.ts'
import { comparisonOf, lookQuery } from './queries.ts'
import { changesIn, momentText, sumText } from './value-text.ts'
import './comparison.css'

interface StripProps {
  today: string
  onOpen: (from: string) => void
}

/** What is new: of the city since yesterday, and of everything since one's own last look. */
export function ComparisonStrip({ today, onOpen }: StripProps) {
  const { t } = useTranslation(['comparison', 'project'])
  const me = useMe()
  // Who looks as somebody else leaves no look in that name.
  const look = useQuery({ ...lookQuery, enabled: me !== null && me.viewedBy === null }).data
  const yesterday = dayAfter(today, -1)
  const since = useQuery(comparisonOf(yesterday, null)).data
  if (!since) return null
  return (
    <p className="comparison-strip">
      <Figure name="comparison.changes" of={[yesterday]} value={changesIn(since)}>
        {t('comparison:yesterday')}
        {sumText(t, since) || t('comparison:nothing')}
      </Figure>
      <button
        type="button"
        className="button button-small button-quiet"
        onClick={() => onOpen(yesterday)}
      >
        {t('comparison:open')}
      </button>
      <SinceLook look={look} onOpen={onOpen} />
    </p>
  )
}

function SinceLook({ look, onOpen }: { look: Look | undefined } & Pick<StripProps, 'onOpen'>) {
  const { t } = useTranslation(['comparison'])
  if (!look) return null
  const { since } = look
  if (since === null) return <span className="comparison-quiet">{t('comparison:firstLook')}</span>
  return (
    <button
      type="button"
      className="button button-small button-quiet"
      onClick={() => onOpen(since)}
    >
      {t('comparison:sinceLook', { time: momentText(since) })}
    </button>
  )
}
