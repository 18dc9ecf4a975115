import type { HotspotRule } from 'api/hotspot/contract'
import { useTranslation } from 'react-i18next'
import { levels } from './level.ts'
import './hotspot.css'

/** What each shade, outline and hatching says, with the limits between them. */
export function HotspotKeys({ rule }: { rule: HotspotRule }) {
  const { t } = useTranslation(['hotspot'])
  const isCells = rule.basis === 'cell'
  const shape = isCells ? 'hotspot-key-cell' : 'hotspot-key-ring'
  return (
    <ul className="hotspot-keys" data-record="hotspot">
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
