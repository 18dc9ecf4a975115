import { fromGeojsonVt } from '@maplibre/vt-pbf'
import Supercluster, { type InputFeature } from 'supercluster'
import { words } from '../map/columns.ts'
import type { PointColumns } from './points.ts'

/** Tile units along one side, as the vector tile specification 2.1 recommends. */
export const extent = 4096
/** Projects nearer than 40 of a tile's 512 pixels stand together. */
const radius = (40 / 512) * extent
/** From the next zoom on every project stands alone. */
export const clusterMaxZoom = 15
/** Identifiers of clusters begin here, above every project's. */
const clusterIdBase = 2 ** 40

type Tally = Record<'red' | 'amber' | 'green' | 'stale' | 'finished' | 'none' | 'totalWan', number>
type Indexed = { at: number }

/** Projects as vector tiles: alone with their facts, or together with counts by light and money. */
export class PointIndex {
  readonly #columns: PointColumns
  readonly #names: string[]
  readonly #clusters: Supercluster<Indexed, Tally>

  constructor(columns: PointColumns) {
    this.#columns = columns
    this.#names = columns.names.split('\0')
    this.#clusters = new Supercluster<Indexed, Tally>({
      extent,
      radius,
      maxZoom: clusterMaxZoom,
      map: ({ at }) => this.#tally(at),
      reduce: add,
    }).load(Array.from({ length: columns.count }, (_, at) => this.#feature(at)))
  }

  /** The encoded layer `project` of a tile, null when nothing lies in it. */
  tile(z: number, x: number, y: number): Uint8Array | null {
    const tile = this.#clusters.getTile(z, x, y)
    if (!tile) return null
    const features = tile.features.map(({ geometry, tags }) => {
      if (!tags) return { type: 1 as const, geometry, tags: {} }
      if ('at' in tags)
        return {
          id: this.#columns.id[tags.at],
          type: 1 as const,
          geometry,
          tags: this.#tags(tags.at),
        }
      const { cluster_id, point_count_abbreviated: _, totalWan, ...counts } = tags
      const id = clusterIdBase + cluster_id
      return { id, type: 1 as const, geometry, tags: { ...counts, totalWan: cents(totalWan) } }
    })
    return fromGeojsonVt({ project: { features } }, { version: 2, extent })
  }

  #feature(at: number): InputFeature<Indexed> {
    const { lon, lat } = this.#columns
    const coordinates = [lon[at] ?? 0, lat[at] ?? 0]
    return { type: 'Feature', properties: { at }, geometry: { type: 'Point', coordinates } }
  }

  /** Sums count a child's money only with its parent. */
  #tally(at: number): Tally {
    const { totalWan, counted, light } = this.#columns
    const tally: Tally = { red: 0, amber: 0, green: 0, stale: 0, finished: 0, none: 0, totalWan: 0 }
    tally[words.light[light[at] ?? 0] ?? 'none'] = 1
    if (counted[at] && !Number.isNaN(totalWan[at])) tally.totalWan = totalWan[at] ?? 0
    return tally
  }

  #tags(at: number): Record<string, string | number | null> {
    const { id, category, stage, light, quality, provenance, unit, park, totalWan } = this.#columns
    const total = totalWan[at] ?? Number.NaN
    return {
      id: id[at] ?? 0,
      name: this.#names[at] ?? '',
      category: words.category[category[at] ?? 0] ?? null,
      stage: words.stage[stage[at] ?? 0] ?? null,
      light: words.light[light[at] ?? 0] ?? null,
      positionQuality: words.positionQuality[quality[at] ?? 0] ?? null,
      provenance: words.provenance[provenance[at] ?? 0] ?? null,
      unit: unit[at] ?? null,
      park: park[at] || null,
      totalWan: Number.isNaN(total) ? null : total,
    }
  }
}

function add(sum: Tally, more: Readonly<Tally>): void {
  sum.red += more.red
  sum.amber += more.amber
  sum.green += more.green
  sum.stale += more.stale
  sum.finished += more.finished
  sum.none += more.none
  sum.totalWan += more.totalWan
}

const cents = (wan: number) => Math.round(wan * 100) / 100
