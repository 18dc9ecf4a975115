/** Hit tests on the drawn symbols: what a click selects, opens as a list, or zooms into. */
import type { Position } from 'geo/position'
import type { Map as Canvas, GeoJSONSource, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl'
import { lightOrder, noCounts } from '../light/light.ts'
import type { ProjectTable } from '../project/table.ts'
import type { Hover, ScreenPoint } from './events.ts'
import { pickable, source } from './layer-order.ts'
import { type Candidate, meant, type PointerKind, rankCandidates, reach } from './picker.ts'
import { sizeOf } from './scale.ts'
import { symbolPixels } from './symbol-image.ts'

interface Drawn extends Candidate {
  feature: MapGeoJSONFeature
  position: Position
}

export type Pick =
  | { kind: 'projects'; ids: number[] }
  | { kind: 'zoom'; center: Position; zoom: number }

/** From this zoom on a cluster opens as a list: its members stand in one place. */
const listZoom = 16
const listLimit = 200

/** What a click means: projects to select or to choose from, or a cluster to look into. */
export async function pickAt(
  map: Canvas,
  event: MapMouseEvent,
  table: ProjectTable,
  rows: Uint32Array,
): Promise<Pick> {
  const kind = pointerKind(event.originalEvent)
  const chosen = meant(rankCandidates(drawnNear(map, event.point, kind), event.point, kind), kind)
  const [first] = chosen
  if (first?.id === null) return openCluster(map, first, table, rows)
  return { kind: 'projects', ids: chosen.flatMap(({ id }) => (id === null ? [] : [id])) }
}

/** The symbol under the pointer, if any. */
export function hoverAt(map: Canvas, point: ScreenPoint): Hover | null {
  const [first] = rankCandidates(drawnNear(map, point, 'mouse'), point, 'mouse')
  if (!first) return null
  const at = { x: first.x, y: first.y }
  if (first.id !== null) return { kind: 'project', id: first.id, point: at }
  const counts = noCounts()
  for (const light of lightOrder) counts[light] = Number(first.feature.properties[light] ?? 0)
  return {
    kind: 'cluster',
    counts,
    total: Number(first.feature.properties['point_count']),
    point: at,
  }
}

/** The hotspot whose cell is under the pointer. */
export function hotspotAt(map: Canvas, point: ScreenPoint): string | null {
  const layers = ['hotspot-fill', 'hotspot-ring', 'hotspot-mark'].filter((id) => map.getLayer(id))
  const [first] = map.queryRenderedFeatures([point.x, point.y], { layers })
  const place: unknown = first?.properties['place']
  return typeof place === 'string' ? place : null
}

function pointerKind(event: MouseEvent): PointerKind {
  return 'pointerType' in event && event.pointerType === 'touch' ? 'touch' : 'mouse'
}

function drawnNear(map: Canvas, point: ScreenPoint, kind: PointerKind): Drawn[] {
  const far = reach[kind]
  const box: [[number, number], [number, number]] = [
    [point.x - far, point.y - far],
    [point.x + far, point.y + far],
  ]
  const layers = pickable.filter((id) => map.getLayer(id))
  return map.queryRenderedFeatures(box, { layers }).flatMap((feature) => {
    if (feature.geometry.type !== 'Point') return []
    const [lon, lat] = feature.geometry.coordinates
    if (lon === undefined || lat === undefined) return []
    const { x, y } = map.project([lon, lat])
    const cluster = feature.properties['point_count'] !== undefined
    const id = cluster ? null : Number(feature.properties['id'] ?? feature.id)
    const size = sizeOf(Number(feature.properties['totalWan'] ?? 0))
    const radius = cluster ? 17 : (symbolPixels / 2) * size
    return [{ id, x, y, radius, feature, position: [lon, lat] }]
  })
}

async function openCluster(
  map: Canvas,
  drawn: Drawn,
  table: ProjectTable,
  rows: Uint32Array,
): Promise<Pick> {
  const from = map.getSource(source.project)
  const nearby = () => idsAround(map, drawn, table, rows)
  if (from?.type !== 'geojson') {
    const zoom = Math.floor(map.getZoom()) + 2
    if (zoom > listZoom) return { kind: 'projects', ids: nearby() }
    return { kind: 'zoom', center: drawn.position, zoom }
  }
  const cluster = Number(drawn.feature.properties['cluster_id'])
  const own = from as GeoJSONSource
  const zoom = await own.getClusterExpansionZoom(cluster)
  if (zoom <= listZoom) return { kind: 'zoom', center: drawn.position, zoom }
  const leaves = await own.getClusterLeaves(cluster, listLimit, 0)
  return { kind: 'projects', ids: leaves.map((leaf) => Number(leaf.properties?.['id'])) }
}

/** Ids of the rows that stand where a tile's cluster is drawn. */
function idsAround(map: Canvas, drawn: Drawn, table: ProjectTable, rows: Uint32Array): number[] {
  const near = 30
  const [low, high] = [
    map.unproject([drawn.x - near, drawn.y + near]),
    map.unproject([drawn.x + near, drawn.y - near]),
  ]
  const ids: number[] = []
  for (const row of rows) {
    const lon = table.lon[row] ?? Number.NaN
    const lat = table.lat[row] ?? Number.NaN
    const inside = lon >= low.lng && lon <= high.lng && lat >= low.lat && lat <= high.lat
    if (inside && ids.length < listLimit) ids.push(table.id[row] ?? 0)
  }
  return ids
}
