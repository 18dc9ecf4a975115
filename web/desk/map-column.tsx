import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
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
  const bounds = useMemo(
    () => boundsOf(parks, filter.park) ?? boundsOf(units, filter.unit),
    [parks, units, filter.park, filter.unit],
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
        <label className="desk-columns">
          <input
            type="checkbox"
            checked={columns}
            onChange={(event) => desk.columns(event.target.checked)}
          />
          {t('desk:columns')}
        </label>
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
      />
    </section>
  )
}
