import type { FeatureCollection } from 'geojson'
import {
  type CSSProperties,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectTable } from '../project/table.ts'
import type { Bounds, CityMapEvents, Hover, ScreenPoint } from './events.ts'
import { Legend } from './legend.tsx'
import type { CityMap, CityMapOptions } from './map.ts'
import { MapNote, MapTrouble, ZoomButtons } from './map-furniture.tsx'
import type { Theme } from './palette.ts'
import { PickList } from './pick-list.tsx'
import { Tooltip } from './tooltip.tsx'
import { useCityMap } from './use-city-map.ts'
import { useColumns } from './use-columns.ts'
import { useCity, useGround } from './use-ground.ts'
import type { Padding } from './view.ts'
import type { MapLanguage } from './words.ts'
import './map.css'

export interface MapViewProps {
  /** Null while the snapshot is on its way: the ground is drawn meanwhile. */
  table: ProjectTable | null
  /** Rows of the table that pass the filter. */
  rows: Uint32Array
  selected?: number | null
  onSelect?: (id: number | null) => void
  theme?: Theme
  /** False on a wall: no pointer, no buttons. */
  interactive?: boolean
  /** Pixels covered by panels at the edges: the map centres itself in the rest. */
  padding?: Partial<Padding>
  /** The map flies here when the values change; absent: the whole city. */
  bounds?: Bounds | null
  showColumns?: boolean
  /** The day at whose end everything is shown; absent: now. */
  asOf?: string | null
  /** The day of the ground below, where `asOf` is passing by; absent: the same. */
  groundAsOf?: string | null
  /** Multiplies symbols and names, e.g. screen height / 1080 on a wall. */
  scale?: number
  legend?: boolean
  onMove?: (view: CityMapEvents['move']) => void
  /** Where delay concentrates (hotspot/hotspot-layer.ts); absent: not shown. */
  hotspots?: FeatureCollection | null
  /** A hotspot's own ground was clicked. */
  onHotspot?: (id: string) => void
  /** What lies over the map, such as a layer's own legend. */
  children?: ReactNode
  className?: string
}

/** The city on a map. Everything shown follows from the props; the list beside it is its equal. */
export function MapView(props: MapViewProps) {
  const style = { '--map-scale': props.scale ?? 1 } as CSSProperties
  return (
    <div
      className={`map-view ${props.className ?? ''}`}
      data-theme={props.theme ?? 'day'}
      style={style}
    >
      <Suspense fallback={null}>
        <Inner {...props} />
      </Suspense>
    </div>
  )
}

function Inner(props: MapViewProps) {
  const { i18n } = useTranslation('map')
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const city = useCity()
  const { theme = 'day', interactive = true, scale = 1 } = props
  const padding = usePadding(props.padding)
  const options = useMemo((): CityMapOptions | null => {
    if (!city) return null
    const { basemap, bounds } = city
    return { theme, language, basemap, bounds: props.bounds ?? bounds, interactive, scale, padding }
  }, [city, theme, language, props.bounds, interactive, scale, padding])
  const held = useCityMap(options)
  useGround(held.map, (props.groundAsOf === undefined ? props.asOf : props.groundAsOf) ?? null)
  useDescription(held.map, { ...props, theme, language, scale, padding, whole: city?.bounds })
  useColumns(held.map, props.showColumns ? props.table : null, props.rows, theme, scale)
  return (
    <>
      <div ref={held.container} className="map-canvas" />
      <MapTrouble held={held} />
      {interactive && held.map && city ? (
        <>
          <ZoomButtons map={held.map} whole={city.bounds} />
          <Pointer {...props} map={held.map} />
        </>
      ) : null}
      {props.legend !== false && props.table ? (
        <Legend
          table={props.table}
          rows={props.rows}
          columns={props.showColumns === true}
          fixed={!interactive}
        />
      ) : null}
      {props.children}
      {city ? <MapNote city={city} /> : null}
    </>
  )
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

function usePadding(given: Partial<Padding> | undefined): Padding {
  const { top = 0, right = 0, bottom = 0, left = 0 } = given ?? {}
  return useMemo(() => ({ top, right, bottom, left }), [top, right, bottom, left])
}

type Described = MapViewProps & {
  theme: Theme
  language: MapLanguage
  scale: number
  padding: Padding
  whole: Bounds | undefined
}

/** Tells the map what changed. */
function useDescription(map: CityMap | null, props: Described): void {
  const { table, rows, theme, language, scale, padding, onMove } = props
  const selected = props.selected ?? null
  const live = !props.asOf
  useEffect(() => map?.setTheme(theme), [map, theme])
  useEffect(() => map?.setLanguage(language), [map, language])
  useEffect(() => map?.setScale(scale), [map, scale])
  useEffect(() => map?.setPadding(padding), [map, padding])
  useEffect(() => {
    if (map && table) map.setProjects(table, rows, live)
  }, [map, table, rows, live])
  const hotspots = props.hotspots ?? nothing
  useEffect(() => map?.setHotspots(hotspots), [map, hotspots])
  useEffect(() => map?.select(selected), [map, selected])
  useEffect(() => (map && onMove ? map.on('move', onMove) : undefined), [map, onMove])
  useFlight(map, props.bounds ?? props.whole)
}

/** Flies when the target's values change; a new map already stands there. */
function useFlight(map: CityMap | null, target: Bounds | undefined): void {
  const key = target?.join() ?? ''
  const last = useRef({ map, key })
  useEffect(() => {
    const before = last.current
    last.current = { map, key }
    const [west = 0, south = 0, east = 0, north = 0] = key.split(',').map(Number)
    if (before.map === map && before.key !== key) map?.fly([west, south, east, north])
  }, [map, key])
}

/** Hover and click: a tooltip, a selection, or a list when several stand in one place. */
function Pointer(props: MapViewProps & { map: CityMap }) {
  const { map, table, onSelect, onHotspot } = props
  const [hover, setHover] = useState<Hover | null>(null)
  const [pick, setPick] = useState<{ ids: number[]; point: ScreenPoint } | null>(null)
  const selected = props.selected ?? null
  useEffect(() => map.on('hover', setHover), [map])
  useEffect(() => map.hover(hover?.kind === 'project' ? hover.id : null), [map, hover])
  useEffect(
    () =>
      map.on('pick', ({ ids, point, hotspot }) => {
        const [only] = ids
        if (ids.length > 1) return setPick({ ids, point })
        setPick(null)
        if (hotspot !== null && onHotspot && !pick) return onHotspot(hotspot)
        // A click beside an open list only closes the list.
        if (only !== undefined || !pick) onSelect?.(only ?? null)
      }),
    [map, onSelect, onHotspot, pick],
  )
  useEffect(() => map.on('move', () => setPick(null)), [map])
  const area = map.size()
  const choose = useCallback(
    (id: number) => {
      setPick(null)
      onSelect?.(id)
    },
    [onSelect],
  )
  if (!table) return null
  return (
    <>
      {hover && !pick ? <Tooltip hover={hover} table={table} width={area.width} /> : null}
      {pick ? (
        <PickList
          table={table}
          ids={pick.ids}
          point={pick.point}
          area={area}
          onPick={choose}
          onClose={() => setPick(null)}
        />
      ) : null}
      <FlyToSelected map={map} table={table} selected={selected} />
    </>
  )
}

/** A project chosen in the list comes into view; one that is well in view stays where it is. */
function FlyToSelected(props: { map: CityMap; table: ProjectTable; selected: number | null }) {
  const { map, table, selected } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new table of the same project does not move the map
  useEffect(() => {
    const row = selected === null ? undefined : table.rowOf.get(selected)
    if (row !== undefined) map.reveal(table.lon[row] ?? Number.NaN, table.lat[row] ?? Number.NaN)
  }, [map, selected])
  return null
}
