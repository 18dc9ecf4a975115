import { words } from '../map/columns.ts'
import type { MapRow } from '../map/derive.ts'

/**
 * The projects that have a position, as columns that reach the worker thread without being copied
 * one by one. Enumerations are indexes into `words`; null amounts are NaN, no park is 0.
 */
export interface PointColumns {
  count: number
  id: Float64Array<ArrayBuffer>
  lon: Float64Array<ArrayBuffer>
  lat: Float64Array<ArrayBuffer>
  totalWan: Float64Array<ArrayBuffer>
  unit: Float64Array<ArrayBuffer>
  park: Float64Array<ArrayBuffer>
  category: Uint8Array<ArrayBuffer>
  stage: Uint8Array<ArrayBuffer>
  light: Uint8Array<ArrayBuffer>
  quality: Uint8Array<ArrayBuffer>
  provenance: Uint8Array<ArrayBuffer>
  counted: Uint8Array<ArrayBuffer>
  /** All names in one text, each ended by a NUL. */
  names: string
}

/** Columns of that many points, all zero. */
export function emptyColumns(count: number): PointColumns {
  const wide = () => new Float64Array(count)
  const narrow = () => new Uint8Array(count)
  return {
    count,
    id: wide(),
    lon: wide(),
    lat: wide(),
    totalWan: wide(),
    unit: wide(),
    park: wide(),
    category: narrow(),
    stage: narrow(),
    light: narrow(),
    quality: narrow(),
    provenance: narrow(),
    counted: narrow(),
    names: '',
  }
}

/** The rows that have a position, in their order. */
export function pointColumns(rows: readonly MapRow[]): PointColumns {
  const placed = rows.filter(({ fact }) => fact.lon !== null && fact.lat !== null)
  const columns = emptyColumns(placed.length)
  const names: string[] = []
  placed.forEach(({ fact, stage, light }, at) => {
    columns.id[at] = fact.id
    columns.lon[at] = fact.lon ?? Number.NaN
    columns.lat[at] = fact.lat ?? Number.NaN
    columns.totalWan[at] = fact.totalWan ?? Number.NaN
    columns.unit[at] = fact.unitId
    columns.park[at] = fact.parkId ?? 0
    columns.category[at] = words.category.indexOf(fact.category)
    columns.stage[at] = words.stage.indexOf(stage)
    columns.light[at] = words.light.indexOf(light)
    columns.quality[at] = words.positionQuality.indexOf(fact.positionQuality)
    columns.provenance[at] = words.provenance.indexOf(fact.provenance)
    columns.counted[at] = fact.counted ? 1 : 0
    names.push(fact.name.replaceAll('\0', ''))
  })
  return { ...columns, names: names.join('\0') }
}

/** The buffers that go to the worker instead of being copied. */
export function buffersOf(columns: PointColumns): ArrayBuffer[] {
  return Object.values(columns).flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  )
}
