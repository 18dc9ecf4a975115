import type { Layer } from './index-worker.ts'
import { clusterMaxZoom } from './point-index.ts'

const text = 'String'
const number = 'Number'
const fields: Record<Layer, Record<string, string>> = {
  project: {
    id: number,
    name: text,
    category: text,
    stage: text,
    light: text,
    positionQuality: text,
    provenance: text,
    unit: number,
    park: number,
    totalWan: number,
    cluster: 'Boolean',
    point_count: number,
    red: number,
    amber: number,
    green: number,
    stale: number,
    finished: number,
    none: number,
  },
  unit: {
    id: number,
    code: text,
    name: text,
    shortName: text,
    level: text,
    parent: number,
    provenance: text,
  },
  park: {
    id: number,
    code: text,
    name: text,
    unit: number,
    boundaryQuality: text,
    provenance: text,
  },
}
const names: Record<Layer, string> = { project: '重点项目', unit: '填报单位', park: '园区' }

/** TileJSON 3.0.0 of a layer, with tile addresses below `origin`. */
export function tileJson(layer: Layer, origin: string) {
  return {
    tilejson: '3.0.0',
    name: names[layer],
    tiles: [`${origin}/tile/${layer}/{z}/{x}/{y}.mvt`],
    minzoom: 0,
    maxzoom: clusterMaxZoom + 1,
    vector_layers: [{ id: layer, fields: fields[layer] }],
  }
}
