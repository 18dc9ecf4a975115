import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import ComparisonPanel from '../comparison/comparison-panel.tsx'
import type { Desk } from './desk-state.ts'
import { focusList } from './focus-list.ts'
import './loop-pane.css'

/** Two days beside the map; what it names opens in its place and comes back to it. */
export default function ComparePane(props: {
  desk: Desk
  from: string
  today: string
  since: string
}) {
  const { t } = useTranslation(['comparison', 'panel'])
  const { desk, from, today, since } = props
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => frame.current?.focus(), [])
  const close = () => {
    desk.compare(null)
    focusList()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div
      ref={frame}
      tabIndex={-1}
      className="loop-pane"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <header className="loop-head">
        <h2>{t('comparison:title')}</h2>
        <button type="button" className="button button-quiet button-icon" onClick={close}>
          <span className="visually-hidden">{t('panel:close')}</span>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentcolor" strokeWidth="1.5" />
          </svg>
        </button>
      </header>
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
    </div>
  )
}
