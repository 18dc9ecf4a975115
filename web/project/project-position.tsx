import type { ProjectDetail } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isVerified } from '../map/scale.ts'
import { copyText } from '../ui/copy-text.ts'
import { PanelSection } from './panel-section.tsx'

/** Where the project is and how well that is known; coordinates are degrees in CGCS2000. */
export function ProjectPosition({ detail }: { detail: ProjectDetail }) {
  const { t } = useTranslation(['panel', 'project'])
  const [copied, setCopied] = useState(false)
  const { location, positionQuality, addressText } = detail
  const text = location?.coordinates.map((degrees) => degrees.toFixed(5)).join(', ')
  return (
    <PanelSection title={t('panel:position.title')}>
      <dl className="panel-facts" data-record="project">
        {addressText && (
          <div>
            <dt>{t('panel:field.addressText')}</dt>
            <dd>{addressText}</dd>
          </div>
        )}
        <div>
          <dt>{t('panel:field.positionQuality')}</dt>
          <dd>{t(`project:positionQuality.${positionQuality}`)}</dd>
        </div>
        {text !== undefined && (
          <div>
            <dt>{t('panel:position.lonLat')}</dt>
            <dd>
              <span className="figure">{text}</span>{' '}
              <button
                type="button"
                className="link-button"
                onClick={() => void copyText(text).then(setCopied)}
              >
                {t('panel:position.copy')}
              </button>{' '}
              <span role="status">{copied ? t('panel:share.yes') : ''}</span>
            </dd>
          </div>
        )}
      </dl>
      {location !== null && !isVerified(positionQuality) && (
        <p className="panel-note" data-record="project">
          {t(
            positionQuality === 'site' ? 'panel:position.unsurveyed' : 'panel:position.indicative',
          )}
        </p>
      )}
    </PanelSection>
  )
}
