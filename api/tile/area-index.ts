import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { MultiPolygonGeometry } from '../http/contract.ts'
import { extent } from './point-index.ts'

/** A unit or park with the properties that its tiles carry. */
export interface Area {
  id: number
  boundary: MultiPolygonGeometry
  tags: Record<string, string | number | null>
}

/** Polygons as vector tiles, simplified for each zoom. */
export class AreaIndex {
  readonly #layer: string
  readonly #tiles: GeoJSONVT

  constructor(layer: string, areas: readonly Area[]) {
    this.#layer = layer
    this.#tiles = new GeoJSONVT(
      {
        type: 'FeatureCollection',
        features: areas.map(({ id, boundary, tags }) => ({
          type: 'Feature',
          id,
          geometry: boundary,
          properties: tags,
        })),
      },
      { extent, maxZoom: 16, tolerance: 3, buffer: 64 },
    )
  }

  /** The encoded layer of a tile, null when nothing lies in it. */
  tile(z: number, x: number, y: number): Uint8Array | null {
    const tile = this.#tiles.getTile(z, x, y)
    if (!tile || tile.features.length === 0) return null
    return fromGeojsonVt({ [this.#layer]: tile }, { version: 2, extent })
  }
}
