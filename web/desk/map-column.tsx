import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { readAsk } from '../hotspot/ask.ts'
import { HotspotLegend } from '../hotspot/hotspot-legend.tsx'
import { boundsOfSites } from '../hotspot/site-bounds.ts'
import { useHotspotFeatures, useHotspots } from '../hotspot/use-hotspots.ts'
import { MapView } from '../map/map-view.tsx'
import type { Theme } from '../map/palette.ts'
import { parkBoundary } from '../park/queries.ts'
import { useMedia } from '../ui/media.ts'
import { unitBoundary } from '../unit/queries.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import type { DeskData } from './desk-data.ts'
import type { Desk } from './desk-state.ts'
import { boundsOf, placesAt } from './place.ts'

interface MapColumnProps {
  desk: Desk
  data: DeskData
  theme: Theme
  cityName: string
}

/** The map of the filtered rows, with the way back above it. A chosen unit or park fills the view. */
export function MapColumn({ desk, data, theme, cityName }: MapColumnProps) {
  const { t } = useTranslation(['desk'])
  const { filter, project, asOf, columns } = desk.state
  const units = useQuery(unitBoundary(desk.settled)).data
  const parks = useQuery(parkBoundary(desk.settled)).data
  const heat = useDeskHotspots(desk)
  const bounds = useMemo(
    () => heat.bounds ?? boundsOf(parks, filter.park) ?? boundsOf(units, filter.unit),
    [heat.bounds, parks, units, filter.park, filter.unit],
  )
  // From this width on desk.css enlarges everything; the map's signs follow.
  const isLarge = useMedia('(min-width: 3000px)')
  const at = placesAt(data.table, filter, project, data.places, data.parks)
  const { select, goTo } = desk
  const onSelect = useCallback(
    (id: number | null) => {
      if (id !== project) select(id)
    },
    [project, select],
  )
  return (
    <section className="desk-map" aria-label={t('desk:map')}>
      <div className="desk-map-bar">
        <Breadcrumb
          city={cityName}
          {...at}
          onCity={() => goTo({})}
          onUnit={(unit) => goTo({ unit })}
          onPark={(unit, park) => goTo({ unit, park })}
        />
        <span className="desk-layers">
          <label className="desk-columns">
            <input
              type="checkbox"
              checked={columns}
              onChange={(event) => desk.columns(event.target.checked)}
            />
            {t('desk:columns')}
          </label>
          <label className="desk-columns">
            <input
              type="checkbox"
              checked={heat.isShown}
              onChange={(event) => heat.onShow(event.target.checked)}
            />
            {t('desk:hotspots')}
          </label>
        </span>
      </div>
      <MapView
        className="desk-map-view"
        table={data.table ?? null}
        rows={data.rows}
        selected={project}
        onSelect={onSelect}
        theme={theme}
        bounds={bounds}
        showColumns={columns}
        asOf={asOf}
        groundAsOf={desk.settled}
        scale={isLarge ? 1.7 : 1}
        hotspots={heat.features}
        onHotspot={heat.onOpen}
      >
        {heat.isShown && (
          <HotspotLegend
            view={heat.view}
            ask={heat.ask}
            isBusy={heat.isBusy}
            {...(desk.state.opened?.view === 'hotspot' ? {} : { onList: () => heat.onOpen(null) })}
          />
        )}
      </MapView>
    </section>
  )
}

/** The hotspots over the map: while they are switched on, or open beside it. */
function useDeskHotspots(desk: Desk) {
  const { opened, hotspots } = desk.state
  const ask = useMemo(() => readAsk(desk.state.ask), [desk.state.ask])
  const place = opened?.hotspot ?? null
  const isShown = hotspots || opened?.view === 'hotspot' || place !== null
  const { view, isBusy } = useHotspots(ask, desk.settled, isShown)
  const features = useHotspotFeatures(view)
  const around = useMemo(
    () => (view && place !== null ? boundsOfSites(view.sites, place) : null),
    [view, place],
  )
  const { open, hotspots: show } = desk
  const onOpen = useCallback((hotspot: string | null) => open({ view: 'hotspot', hotspot }), [open])
  const onShow = (shown: boolean) => {
    show(shown)
    if (!shown && opened?.view === 'hotspot') open(null)
  }
  return {
    isShown,
    ask,
    view,
    isBusy,
    features: isShown ? features : null,
    bounds: around,
    onOpen,
    onShow,
  }
}
