import type { City } from 'api/city/contract'
import { type MouseEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bounds } from './events.ts'
import type { CityMap } from './map.ts'
import type { HeldMap } from './use-city-map.ts'

/** Source of the ground, place of the map approval number, and what hollow and dashed mean. */
export function MapNote({ city }: { city: City }) {
  const { t } = useTranslation('map')
  const { pmtilesUrl, tiandituKey } = city.basemap
  const origin = pmtilesUrl ? t('map:source.file') : tiandituKey ? t('map:source.tianditu') : null
  const number = city.mapApproval ?? t('map:approvalPending')
  return (
    <p className="map-note">
      <span>{t('map:approximate')}</span>
      {origin ? <span>{origin}</span> : null}
      <span>{t('map:approval', { number })}</span>
    </p>
  )
}

/** Loading, no WebGL, lost context, or a part of the ground that cannot be read. */
export function MapTrouble({ held }: { held: HeldMap }) {
  const { t } = useTranslation('map')
  const [trouble, setTrouble] = useState(false)
  useEffect(() => held.map?.on('trouble', () => setTrouble(true)), [held.map])
  if (held.status === 'ready') {
    return trouble ? <p className="map-strip">{t('map:trouble')}</p> : null
  }
  if (held.status === 'loading') {
    return (
      <p className="map-state" role="status">
        {t('map:loading')}
      </p>
    )
  }
  if (held.status === 'lost') return <p className="map-strip">{t('map:lost')}</p>
  return (
    <div className="map-state" role="alert">
      <p>{held.status === 'no-webgl' ? t('map:noWebgl') : t('map:broken')}</p>
      <button type="button" className="button" onClick={held.retry}>
        {t('map:retry')}
      </button>
    </div>
  )
}

/** Nearer, farther, and back to the whole city. */
export function ZoomButtons({ map, whole }: { map: CityMap; whole: Bounds }) {
  const { t } = useTranslation('map')
  // With its event a step counts as the reader's own: what was fitted before is not fitted again.
  const by = (event: MouseEvent) => ({ originalEvent: event.nativeEvent })
  return (
    <div className="map-zoom">
      <button
        type="button"
        aria-label={t('map:zoomIn')}
        onClick={(event) => map.map.zoomIn({}, by(event))}
      >
        +
      </button>
      <button
        type="button"
        aria-label={t('map:zoomOut')}
        onClick={(event) => map.map.zoomOut({}, by(event))}
      >
        −
      </button>
      <button type="button" className="map-whole" onClick={() => map.fly(whole)}>
        {t('map:whole')}
      </button>
    </div>
  )
}
