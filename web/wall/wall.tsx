import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { basemapQuery, cityQuery } from '../city/queries.ts'
import { curveQuery } from '../investment/queries.ts'
import { parkBoundary, parkList } from '../park/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { installWorker } from '../shell/install.ts'
import { useLastKnown } from '../shell/last-known.ts'
import { ScreenLoading } from '../shell/screen-state.tsx'
import { unitBoundary, unitList } from '../unit/queries.ts'
import { OverviewScene } from './overview-scene.tsx'
import { Recover } from './recover.tsx'
import { useNewBuild, usePixelShift, usePointerIdle, useWakeLock } from './unattended.ts'
import './wall.css'

/** Everything a scene reads: kept in the browser, so that a wall never opens on nothing. */
const kept = [
  mapSnapshot(null).queryKey,
  cityQuery.queryKey,
  unitList.queryKey,
  unitBoundary(null).queryKey,
  parkList.queryKey,
  parkBoundary(null).queryKey,
  basemapQuery.queryKey,
  curveQuery.queryKey,
]

/** The screen of a mayor's office: read from five metres, touched by nobody for weeks. */
export function Wall() {
  useTranslation(['wall'])
  const idle = usePointerIdle()
  const shift = usePixelShift()
  const ready = useLastKnown(kept)
  useWakeLock()
  useEffect(() => installWorker('wall'), [])
  useNewBuild()
  return (
    <main className={idle ? 'wall wall-idle' : 'wall'} data-theme="night" data-scene="overview">
      <div className="wall-shift" style={{ transform: shift }}>
        <Recover>{ready ? <OverviewScene /> : <ScreenLoading />}</Recover>
      </div>
    </main>
  )
}
