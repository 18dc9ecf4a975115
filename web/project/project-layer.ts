/**
 * Projects on the map: GeoJSON of the filtered rows and the layers that draw it. The same layers
 * read `/tile/project/{z}/{x}/{y}.mvt`, whose features carry the same property names.
 */

import type { LightState } from 'api/light/contract'
import type { PositionQuality } from 'api/project/contract'
import type { Feature, FeatureCollection, Point } from 'geojson'
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from 'maplibre-gl'
import { lightOrder } from '../light/light.ts'
import { source } from '../map/layer-order.ts'
import type { Palette } from '../map/palette.ts'
import { sizeSteps, verifiedQuality } from '../map/scale.ts'
import { lightOf, type ProjectTable, qualityOf } from './table.ts'

export interface PointProperties {
  id: number
  light: LightState
  /** `surveyed` is drawn filled, every other quality hollow. */
  positionQuality: PositionQuality
  totalWan: number
}
export type PointCollection = FeatureCollection<Point, PointProperties>

/** Up to here the page's own rows are drawn; beyond, and unfiltered, the server's tiles are. */
export const ownRowsLimit = 20_000
export const tileUrl = '/tile/project/{z}/{x}/{y}.mvt'
export const tileLayer = 'project'
/** The server lets every project stand alone from here on. */
export const tileMaxZoom = 16

/** One point per row that has a position, [lon, lat] in EPSG:4326. */
export function projectPoints(table: ProjectTable, rows: Uint32Array): PointCollection {
  const features: PointCollection['features'] = []
  for (const row of rows) {
    const feature = projectPoint(table, row)
    if (feature) features.push(feature)
  }
  return { type: 'FeatureCollection', features }
}

/** The point of one row; null when it has no position. */
export function projectPoint(
  table: ProjectTable,
  row: number,
): Feature<Point, PointProperties> | null {
  const lon = table.lon[row] ?? Number.NaN
  const lat = table.lat[row] ?? Number.NaN
  if (Number.isNaN(lon) || Number.isNaN(lat)) return null
  const total = table.totalWan[row] ?? Number.NaN
  return {
    type: 'Feature',
    id: table.id[row] ?? 0,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      id: table.id[row] ?? 0,
      light: lightOf(table, row),
      positionQuality: qualityOf(table, row),
      totalWan: Number.isNaN(total) ? 0 : total,
    },
  }
}

/** Cluster options of the GeoJSON source: each cluster counts its lights. */
export function clusterOptions(scale: number) {
  const count = (light: LightState): [string, ExpressionSpecification] => [
    '+',
    ['case', ['==', ['get', 'light'], light], 1, 0],
  ]
  return {
    cluster: true,
    clusterRadius: Math.round(40 * scale),
    // Beyond the map's own last zoom: points at one place stay together and open as a list.
    clusterMaxZoom: 19,
    maxzoom: 20,
    clusterProperties: Object.fromEntries(lightOrder.map((light) => [light, count(light)])),
  }
}

const countOf = (light: LightState): ExpressionSpecification => ['coalesce', ['get', light], 0]

/** Name of the cluster's picture: its lights rounded up to twelfths, so that pictures repeat. */
function clusterImage(): ExpressionSpecification {
  const cells = lightOrder.flatMap((light, index): (ExpressionSpecification | string)[] => {
    const twelfths: ExpressionSpecification = [
      'to-string',
      ['ceil', ['/', ['*', 12, countOf(light)], ['get', 'point_count']]],
    ]
    return index === 0 ? [twelfths] : ['-', twelfths]
  })
  return ['concat', 'cluster/', ...cells, '/', ['length', ['to-string', ['get', 'point_count']]]]
}

function pointImage(kind: 'light' | 'focus'): ExpressionSpecification {
  const verified: ExpressionSpecification = ['==', ['get', 'positionQuality'], verifiedQuality]
  return ['concat', `${kind}/`, ['get', 'light'], ['case', verified, '/verified', '/hollow']]
}

function pointSize(factor: number): DataDrivenPropertyValueSpecification<number> {
  const total: ExpressionSpecification = ['coalesce', ['get', 'totalWan'], 0]
  const [first, ...others] = sizeSteps
  const steps = others.flatMap((step, index) => [
    sizeSteps[index]?.belowWan ?? 0,
    step.size * factor,
  ])
  return ['step', total, (first?.size ?? 1) * factor, ...steps] as ExpressionSpecification
}

/** Later in the order = drawn above: worse lights above better ones. */
const drawingOrder: ExpressionSpecification = [
  'match',
  ['get', 'light'],
  ...lightOrder.flatMap((light, index) => [light, lightOrder.length - index]),
  0,
] as unknown as ExpressionSpecification

/** The three project layers: clusters, single projects, and the selected and hovered ones above. */
export function projectLayers(
  palette: Palette,
  scale: number,
  tiles: boolean,
): LayerSpecification[] {
  const from = tiles
    ? { source: source.project, 'source-layer': tileLayer }
    : { source: source.project }
  return [
    {
      id: 'project-cluster',
      type: 'symbol',
      ...from,
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': clusterImage(),
        'icon-allow-overlap': true,
        'text-field': ['to-string', ['get', 'point_count']],
        'text-font': palette.font,
        'text-size': 13 * scale,
        'text-offset': [0, -0.42],
        'text-allow-overlap': true,
        'symbol-sort-key': ['get', 'point_count'],
      },
      paint: { 'text-color': palette.ink },
    },
    {
      id: 'project-point',
      type: 'symbol',
      ...from,
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': pointImage('light'),
        'icon-size': pointSize(1),
        'icon-allow-overlap': true,
        'symbol-sort-key': drawingOrder,
      },
    },
    {
      id: 'project-focus',
      type: 'symbol',
      source: source.focus,
      layout: {
        'icon-image': pointImage('focus'),
        'icon-size': pointSize(1.3),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ]
}

/** How many of the rows have a position. */
export function countPlaced(table: ProjectTable, rows: Uint32Array): number {
  let placed = 0
  for (const row of rows) if (!Number.isNaN(table.lon[row] ?? Number.NaN)) placed += 1
  return placed
}
