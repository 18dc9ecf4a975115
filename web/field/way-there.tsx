import type { ProjectDetail } from 'api/project/contract'
import { distanceM } from 'geo/distance'
import type { Position } from 'geo/position'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isVerified } from '../map/scale.ts'
import { ScreenLoading } from '../shell/screen-state.tsx'
import { mapApps } from './navigate.ts'
import { distanceText } from './nearest.ts'

const FieldMap = lazy(() => import('./field-map.tsx'))

/** How far, the hand-over to the phone's map app, and a small map only when it is asked for. */
export function WayThere({ project, from }: { project: ProjectDetail; from: Position | null }) {
  const { t } = useTranslation(['field', 'project'])
  const [isOpen, setOpen] = useState(false)
  const [isMap, setMap] = useState(false)
  const at = project.location?.coordinates
  if (!at) return <p className="field-quiet field-way">{t('field:way.none')}</p>
  return (
    <section className="field-way" aria-label={t('field:way.title')}>
      <p>
        {from && (
          <strong className="figure" data-record="project">
            {distanceText(distanceM(from, at))}{' '}
          </strong>
        )}
        {!isVerified(project.positionQuality) && (
          <span className="field-approximate">
            {project.positionQuality === 'site'
              ? t('field:way.unsurveyed')
              : t('field:way.approximate', {
                  quality: t(`project:positionQuality.${project.positionQuality}`),
                })}
          </span>
        )}
      </p>
      {project.addressText && (
        <p className="field-quiet" data-record="project">
          {project.addressText}
        </p>
      )}
      <div className="field-actions">
        <button
          type="button"
          className="field-button field-primary"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t('field:way.navigate')}
        </button>
        <button
          type="button"
          className="field-button"
          aria-expanded={isMap}
          onClick={() => setMap(!isMap)}
        >
          {isMap ? t('field:way.hideMap') : t('field:way.showMap')}
        </button>
      </div>
      {isOpen && (
        <ul className="field-apps">
          {mapApps(at, project.name).map((app) => (
            <li key={app.name}>
              <a className="field-button" href={app.href} target="_blank" rel="noreferrer">
                {t(`field:app.${app.name}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {isMap && (
        <Suspense fallback={<ScreenLoading />}>
          <FieldMap id={project.id} at={at} />
        </Suspense>
      )}
    </section>
  )
}
