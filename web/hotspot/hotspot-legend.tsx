import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { useMedia } from '../ui/media.ts'
import { percent } from '../ui/number.ts'
import { type HotspotAsk, writeAsk } from './ask.ts'
import { levels } from './level.ts'
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
  // On a small map the city comes first.
  const isRoomy = useMedia('(min-width: 701px)')
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
          {view.enough ? <Keys view={view} /> : <p>{t('hotspot:notEnough')}</p>}
          <p className="hotspot-legend-note">
            <Figure name="hotspot.measured" of={[writeAsk(ask)]} value={view.projects}>
              {t('hotspot:legend.projects', { count: view.projects })}
            </Figure>
            <span>{t('hotspot:legend.q', { q: percent(view.rule.q) })}</span>
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

function Keys({ view }: { view: HotspotView }) {
  const { t } = useTranslation(['hotspot'])
  const { rule } = view
  const isCells = rule.basis === 'cell'
  const shape = isCells ? 'hotspot-key-cell' : 'hotspot-key-ring'
  return (
    <ul className="hotspot-keys">
      {levels
        .filter(({ most }) => most === null || most < rule.q)
        .map(({ level, most }) => (
          <li key={level}>
            <i className={`hotspot-key ${shape} hotspot-key-${level}`} aria-hidden="true" />
            {t(`hotspot:level.${level}`)}
            <span className="figure">p ≤ {most ?? rule.q}</span>
          </li>
        ))}
      {isCells && (
        <li>
          <i className="hotspot-key hotspot-key-cell hotspot-key-calm" aria-hidden="true" />
          {t('hotspot:level.calm')}
          <span />
        </li>
      )}
      <li>
        <i className={`hotspot-key ${shape} hotspot-key-short`} aria-hidden="true" />
        {t('hotspot:level.short')}
        <span className="figure">n &lt; {rule.minimum}</span>
      </li>
    </ul>
  )
}
