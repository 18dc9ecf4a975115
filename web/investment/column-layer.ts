/**
 * Money as columns: height is this year's plan, the solid part is what is done (万元). One column
 * per place, since many projects stand at the same indicative point. deck.gl, overlaid.
 */
import { ColumnLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as Canvas } from 'maplibre-gl'
import type { Palette } from '../map/palette.ts'
import type { ProjectTable } from '../project/table.ts'
import { type MoneyPlace, moneyPlaces } from './money-place.ts'

/** What the columns show and how. `scale` multiplies their thickness and height. */
export interface ColumnsOf {
  table: ProjectTable
  rows: Uint32Array
  palette: Palette
  scale: number
}

export interface MoneyColumns {
  /** Shows other data in the same columns: the view stays as it is. */
  update: (next: ColumnsOf) => void
  remove: () => void
}

/** Height of the tallest column in pixels at scale 1. */
const tallest = 160
const pitch = 45

/** Tilts the map and puts over it the columns that `update` gives, following its zoom until removed. */
export function addColumns(map: Canvas): MoneyColumns {
  const overlay = new MapLibreOverlay({ interleaved: false, layers: [] })
  let shown: ColumnsOf | null = null
  let places: MoneyPlace[] = []
  let heldCell = -1
  const draw = () => {
    if (shown === null) return
    const cell = cellAt(map.getZoom())
    if (cell !== heldCell) places = moneyPlaces(shown.table, shown.rows, cell)
    heldCell = cell
    overlay.setProps({ layers: columnLayers(places, map, shown.palette, shown.scale) })
  }
  map.addControl(overlay)
  map.on('zoom', draw)
  map.easeTo({ pitch })
  return {
    update: (next) => {
      shown = next
      heldCell = -1
      draw()
    },
    remove: () => {
      map.off('zoom', draw)
      map.removeControl(overlay)
      map.easeTo({ pitch: 0 })
    },
  }
}

/** Side of a cell in degrees so that columns stand about 28 px apart, in powers of two. */
const cellAt = (zoom: number): number => (28 * 360) / (512 * 2 ** Math.floor(zoom))

function columnLayers(places: MoneyPlace[], map: Canvas, palette: Palette, scale: number) {
  const most = places.reduce((max, place) => Math.max(max, place.annualWan, place.doneWan), 1)
  const latitude = (map.getCenter().lat * Math.PI) / 180
  const metresPerPixel = (40_075_016.7 * Math.cos(latitude)) / (512 * 2 ** map.getZoom())
  const shared = {
    data: places,
    diskResolution: 16,
    radiusUnits: 'pixels' as const,
    extruded: true,
    getPosition: (place: MoneyPlace) => place.position,
    elevationScale: (tallest * scale * metresPerPixel) / most,
    material: false as const,
  }
  return [
    new ColumnLayer<MoneyPlace>({
      ...shared,
      id: 'investment-done',
      radius: 6 * scale,
      getElevation: (place) => place.doneWan,
      getFillColor: rgba(palette.accent, 255),
    }),
    new ColumnLayer<MoneyPlace>({
      ...shared,
      id: 'investment-plan',
      radius: 6.6 * scale,
      getElevation: (place) => place.annualWan,
      getFillColor: rgba(palette.accent, 70),
    }),
  ]
}

/** #rrggbb with an opacity of 0–255. */
function rgba(hex: string, alpha: number): [number, number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha]
}
