import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { basemapQuery, cityQuery } from '../city/queries.ts'
import { useHeartbeat } from '../device/heartbeat.ts'
import { hotspotMap } from '../hotspot/queries.ts'
import { curveOn } from '../investment/queries.ts'
import { parkBoundary, parksOn } from '../park/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { installWorker } from '../shell/install.ts'
import { useLastKnown } from '../shell/last-known.ts'
import { Empty, ScreenLoading } from '../shell/screen-state.tsx'
import { useMedia } from '../ui/media.ts'
import { unitBoundary, unitsOn } from '../unit/queries.ts'
import { playlistOf, useScene } from './playlist.ts'
import { Recover } from './recover.tsx'
import { Stage } from './stage.tsx'
import { useNewBuild, usePixelShift, usePointerIdle, useWakeLock } from './unattended.ts'
import './wall.css'
import './panel.css'

/** Everything a scene reads: kept in the browser, so that a wall never opens on nothing. */
const keptOf = (asOf: string | null) => [
  mapSnapshot(asOf).queryKey,
  cityQuery.queryKey,
  unitsOn(asOf).queryKey,
  unitBoundary(asOf).queryKey,
  parksOn(asOf).queryKey,
  parkBoundary(asOf).queryKey,
  basemapQuery.queryKey,
  curveOn(asOf).queryKey,
  hotspotMap({}, asOf).queryKey,
]

const route = getRouteApi('/wall')

/** Below this no text of the wall can be read: it says so instead. */
const unreadable = '(max-width: 700px), (max-height: 420px)'

/** The screen of a mayor's office: read from five metres, touched by nobody for weeks. */
export function Wall() {
  useTranslation(['wall'])
  const idle = usePointerIdle()
  const shift = usePixelShift()
  const { asOf = null } = route.useSearch()
  const kept = useMemo(() => keptOf(asOf), [asOf])
  const ready = useLastKnown(kept)
  useWakeLock()
  useHeartbeat()
  useEffect(() => installWorker('wall'), [])
  useNewBuild()
  const playlist = playlistOf(route.useSearch(), useQuery(cityQuery).data?.wall)
  const scene = useScene(playlist)
  const isSmall = useMedia(unreadable)
  if (isSmall) return <SmallScreen />
  return (
    <main className={idle ? 'wall wall-idle' : 'wall'} data-theme="night" data-scene={scene}>
      <div className="wall-shift" style={{ transform: shift }}>
        <Recover>
          {ready ? (
            <Stage asOf={asOf} scene={scene} dwellSeconds={playlist.dwellSeconds} />
          ) : (
            <ScreenLoading />
          )}
        </Recover>
      </div>
    </main>
  )
}

/** Opened on a phone: where its user finds the same projects. */
function SmallScreen() {
  const { t } = useTranslation(['wall', 'shell'])
  return (
    <main className="wall-small" data-theme="night">
      <Empty title={t('wall:small.title')} hint={t('wall:small.hint')}>
        <p className="wall-small-ways">
          <Link to="/field" className="button">
            {t('shell:screen.field')}
          </Link>
          <Link to="/desk" className="button">
            {t('shell:screen.desk')}
          </Link>
        </p>
      </Empty>
    </main>
  )
}
