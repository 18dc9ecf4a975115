import { useQuery } from '@tanstack/react-query'
import type { Hotspots } from 'api/hotspot/contract'
import type { FeatureCollection } from 'geojson'
import { Fragment, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { hotspotMap } from '../hotspot/queries.ts'
import { boundsOfSites } from '../hotspot/site-bounds.ts'
import { useHotspotFeatures } from '../hotspot/use-hotspots.ts'
import type { Bounds } from '../map/events.ts'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, type ProjectTable } from '../project/table.ts'
import { Figure } from '../shell/figure.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { useMedia } from '../ui/media.ts'
import { count } from '../ui/number.ts'
import { unitsOn } from '../unit/queries.ts'
import { HotspotScene, placesShown } from './hotspot-scene.tsx'
import { densePlace, listedRows, type Overview, overviewOf } from './overview.ts'
import { OverviewScene } from './overview-scene.tsx'
import { type Scene, useTurn } from './playlist.ts'
import { Recover } from './recover.tsx'
import { useSteady } from './steady.ts'
import { WallMap } from './wall-map.tsx'

/**
 * The wall's one map with the panels of the scene whose turn it is. The map stays through all scenes:
 * only what lies on it and where it looks change.
 */
export function Stage(props: { asOf: string | null; scene: Scene; dwellSeconds: number }) {
  const { asOf, scene, dwellSeconds } = props
  const snapshot = useSteady(mapSnapshot(asOf))
  const units = useSteady(unitsOn(asOf))
  const table = useMemo(() => (snapshot.data ? buildTable(snapshot.data) : null), [snapshot.data])
  const overview = useMemo(() => {
    const ids = units.data?.rows.filter((unit) => unit.reports).map((unit) => unit.id)
    return table && ids ? overviewOf(table, ids) : null
  }, [table, units.data])
  const names = useMemo(
    () => new Map(units.data?.rows.map((unit) => [unit.id, unit])),
    [units.data],
  )
  const rows = useMemo(() => (table ? listedRows(table) : new Uint32Array()), [table])
  const heat = useHeat(scene === 'hotspot', dwellSeconds, asOf)
  // The same condition as the strip's layout in wall.css.
  const isStrip = useMedia('(min-aspect-ratio: 24 / 9)')
  if (!table || !overview) {
    const error = snapshot.error ?? units.error
    return error ? <ScreenError error={error} /> : <ScreenLoading />
  }
  // On a strip the city stays in view: the panel beside it looks into the places.
  const looksAt = isStrip ? null : heat.bounds
  return (
    <div className="wall-scene">
      <Recover>
        <WallMap
          table={table}
          rows={rows}
          asOf={asOf}
          isUnderPanels
          panels={heat.map ? `${scene} ${heat.map.places.length}` : scene}
          hotspots={heat.features}
          {...(looksAt ? { bounds: looksAt } : {})}
        />
      </Recover>
      {heat.map && scene === 'hotspot' ? (
        <HotspotScene asOf={asOf} map={heat.map} focus={heat.focus} />
      ) : (
        <OverviewScene
          asOf={asOf}
          table={table}
          overview={overview}
          name={(id) => names.get(id)?.name ?? ''}
          shortName={(id) => names.get(id)?.shortName ?? ''}
        />
      )}
      {isStrip && <Near table={table} rows={rows} asOf={asOf} heat={heat} />}
      <Foot overview={overview} />
    </div>
  )
}

interface Heat {
  map: Hotspots | null
  features: FeatureCollection | null
  /** The place that is looked into; null: the whole city. */
  focus: string | null
  bounds: Bounds | null
}

/** The hotspots while it is their turn: first the whole city, then place after place. */
function useHeat(isOn: boolean, dwellSeconds: number, asOf: string | null): Heat {
  const map = useSteady(hotspotMap({}, asOf)).data ?? null
  const view = useMemo(() => (map ? { ...map, hot: map.places.length } : null), [map])
  const features = useHotspotFeatures(view)
  const places = map?.places.slice(0, placesShown) ?? []
  const steps = isOn ? places.length + 1 : 0
  const turn = useTurn(steps, dwellSeconds / Math.max(1, steps))
  const focus = places[turn - 1] ?? null
  const bounds = useMemo(
    () => (view && focus ? boundsOfSites(view.sites, focus.id) : null),
    [view, focus],
  )
  if (!isOn) return { map, features: null, focus: null, bounds: null }
  return { map, features, focus: focus?.id ?? null, bounds }
}

/** On a strip of screens there is room to look into one place: a hotspot, or where most projects are. */
function Near(props: { table: ProjectTable; rows: Uint32Array; asOf: string | null; heat: Heat }) {
  const { t } = useTranslation(['wall'])
  const { table, rows, heat } = props
  const dense = useMemo(() => densePlace(table, rows), [table, rows])
  if (!dense) return null
  const hot = heat.map?.places.find(({ id }) => id === heat.focus)
  return (
    <section className="wall-panel wall-dense">
      <h2>
        {hot ? (
          hot.name
        ) : (
          <Figure name="project.dense" value={dense.projects}>
            {t('wall:dense.title', { projects: count(dense.projects) })}
          </Figure>
        )}
      </h2>
      <Recover>
        <WallMap
          table={table}
          rows={rows}
          asOf={props.asOf}
          bounds={heat.bounds ?? dense.bounds}
          hotspots={heat.features}
        />
      </Recover>
    </section>
  )
}

/** Where the data comes from, what hollow means, and the map's approval number. */
function Foot({ overview }: { overview: Overview }) {
  const { t } = useTranslation(['wall', 'project'])
  const city = useQuery(cityQuery).data
  return (
    <footer className="wall-foot">
      {overview.provenance.length > 0 && (
        <span>
          {t('wall:foot.source')}
          {overview.provenance.map(({ name, projects }, at) => (
            <Fragment key={name}>
              {at > 0 && t('wall:foot.join')}
              <Figure name="project.provenance" of={[name]} value={projects}>
                {t('wall:foot.part', { name: t(`project:provenance.${name}`), projects })}
              </Figure>
            </Fragment>
          ))}
        </span>
      )}
      <span>{t('wall:foot.position')}</span>
      <span>
        {t('wall:foot.approval', { number: city?.mapApproval ?? t('wall:foot.pending') })}
      </span>
    </footer>
  )
}
