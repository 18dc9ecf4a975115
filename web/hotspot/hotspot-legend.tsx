import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { useMedia } from '../ui/media.ts'
import { percent } from '../ui/number.ts'
import { type HotspotAsk, writeAsk } from './ask.ts'
import { HotspotKeys } from './hotspot-keys.tsx'
import { RuleWords } from './rule-words.tsx'
import type { HotspotView } from './use-hotspots.ts'
import './hotspot.css'

/** What shades, outlines and hatching mean, what is measured, by what rule, of which day. */
export function HotspotLegend(props: {
  view: HotspotView | null
  ask: HotspotAsk
  isBusy: boolean
  /** Opens the list; absent: there is none. */
  onList?: () => void
}) {
  const { t } = useTranslation(['hotspot', 'shell'])
  const { view, ask, onList } = props
  // On a small map the city comes first; the list beside it says the same.
  const isRoomy = useMedia(onList ? '(min-width: 701px)' : '(min-width: 1700px)')
  return (
    <details className="hotspot-legend" open={isRoomy} aria-busy={props.isBusy}>
      <summary>{t('hotspot:title')}</summary>
      {view === null ? (
        <p role="status">{t('hotspot:working')}</p>
      ) : (
        <>
          <p>
            <RuleWords rule={view.rule} />
          </p>
          {view.enough ? <HotspotKeys rule={view.rule} /> : <p>{t('hotspot:notEnough')}</p>}
          <p className="hotspot-legend-note">
            <Figure name="hotspot.measured" of={[writeAsk(ask)]} value={view.projects}>
              {t('hotspot:legend.projects', { count: view.projects })}
            </Figure>
            <span data-record="hotspot">{t('hotspot:legend.q', { q: percent(view.rule.q) })}</span>
            <span className="figure">{t('shell:asOf', { date: view.date })}</span>
          </p>
          {onList && (
            <button type="button" className="button button-small" onClick={onList}>
              {view.hot > 0
                ? t('hotspot:legend.list', { count: view.hot })
                : t('hotspot:legend.none')}
            </button>
          )}
        </>
      )}
    </details>
  )
}
