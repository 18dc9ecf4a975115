/*
 * Points on the fixed hexagons of H3 (Uber; ISEA aperture 7). A cell's place and size depend on the
 * resolution alone, never on the zoom, the window or the other points.
 */
import { cellToBoundary, cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import type { Lists } from './neighbours.ts'

export interface Cells {
  /** H3 indexes of the cells that hold a point, ascending as text. */
  ids: string[]
  /** The cell of each point, as an index of `ids`. */
  cellOf: Uint32Array
  /** The points of each cell. */
  inside: Lists
}

/** The cells of points; `lon` and `lat` in degrees of EPSG:4326. */
export function cellsOf(lon: ArrayLike<number>, lat: ArrayLike<number>, resolution: number): Cells {
  const named = Array.from({ length: lon.length }, (_, at) =>
    latLngToCell(lat[at] ?? Number.NaN, lon[at] ?? Number.NaN, resolution),
  )
  const ids = [...new Set(named)].sort()
  const index = new Map(ids.map((id, at) => [id, at]))
  const cellOf = Uint32Array.from(named, (id) => index.get(id) ?? 0)
  return { ids, cellOf, inside: grouped(cellOf, ids.length) }
}

/** The cells within so many rings of each, itself included, of those that are given. */
export function ringsAround(ids: readonly string[], rings: number): Lists {
  const index = new Map(ids.map((id, at) => [id, at]))
  const starts = new Uint32Array(ids.length + 1)
  const items: number[] = []
  for (const [at, id] of ids.entries()) {
    const around = gridDisk(id, rings).flatMap((other) => index.get(other) ?? [])
    for (const other of around.sort((a, b) => a - b)) items.push(other)
    starts[at + 1] = items.length
  }
  return { starts, items: Uint32Array.from(items) }
}

/** The middle of a cell, [lon, lat] in degrees. */
export function middleOf(id: string): [number, number] {
  const [lat, lon] = cellToLatLng(id)
  return [lon, lat]
}

/** The corners of a cell in order, the first one again at the end; [lon, lat] in degrees. */
export function outlineOf(id: string): [number, number][] {
  return cellToBoundary(id, true).map(([lon, lat]) => [lon, lat])
}

/** The points of the cells around each cell; `around` as ringsAround made it of the same cells. */
export function pointsAround({ ids, inside }: Cells, around: Lists): Lists {
  const starts = new Uint32Array(ids.length + 1)
  const items: number[] = []
  for (let cell = 0; cell < ids.length; cell++) {
    for (let at = around.starts[cell] ?? 0; at < (around.starts[cell + 1] ?? 0); at++) {
      const other = around.items[at] ?? 0
      const end = inside.starts[other + 1] ?? 0
      for (let item = inside.starts[other] ?? 0; item < end; item++)
        items.push(inside.items[item] ?? 0)
    }
    starts[cell + 1] = items.length
  }
  return { starts, items: Uint32Array.from(items) }
}

function grouped(groupOf: Uint32Array, groups: number): Lists {
  const starts = new Uint32Array(groups + 1)
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] ?? 0) + 1
  for (let group = 0; group < groups; group++) {
    starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0)
  }
  const filled = starts.slice()
  const items = new Uint32Array(groupOf.length)
  for (const [item, group] of groupOf.entries()) {
    const at = filled[group] ?? 0
    items[at] = item
    filled[group] = at + 1
  }
  return { starts, items }
}
