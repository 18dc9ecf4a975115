import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import ComparisonPanel from '../comparison/comparison-panel.tsx'
import type { Desk } from './desk-state.ts'
import { focusList } from './focus-list.ts'
import { Pane } from './pane.tsx'

/** Two days beside the map; what it names opens in its place and comes back to it. */
export default function ComparePane(props: {
  desk: Desk
  from: string
  today: string
  since: string
}) {
  const { t } = useTranslation(['comparison'])
  const { desk, from, today, since } = props
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => frame.current?.focus(), [])
  const close = () => {
    desk.compare(null)
    focusList()
  }
  return (
    <Pane title={t('comparison:title')} frame={frame} onClose={close}>
      {desk.state.asOf !== desk.settled && (
        <p className="drawer-passing">
          <span className="figure">{desk.state.asOf ?? today}</span>
          {t('comparison:passing')}
        </p>
      )}
      <ComparisonPanel
        from={from}
        to={desk.settled}
        today={today}
        since={since}
        onFrom={desk.compare}
        onProject={desk.select}
        onIssue={(issue) => desk.open({ view: 'issue', issue })}
      />
    </Pane>
  )
}
