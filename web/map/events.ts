import type { LightCounts } from '../light/light.ts'

/** [west, south, east, north], EPSG:4326. */
export type Bounds = readonly [number, number, number, number]
/** Screen position in CSS pixels from the map's top left corner. */
export interface ScreenPoint {
  x: number
  y: number
}

export interface CityMapEvents {
  /** Projects under the pointer, nearest first; empty for the ground, which may be a hotspot's. */
  pick: { ids: number[]; point: ScreenPoint; hotspot: string | null }
  hover: Hover | null
  move: { center: [number, number]; zoom: number; bounds: Bounds }
  /** Everything asked for is on the screen; `projects` have a position and are drawn. */
  painted: { projects: number }
  /** The graphics context is gone; `restored` follows, or `broken` when it does not in time. */
  lost: null
  restored: null
  broken: null
  /** A source of the map could not be read; the rest goes on. */
  trouble: { source: string; message: string }
}

export type Hover =
  | { kind: 'project'; id: number; point: ScreenPoint }
  | { kind: 'cluster'; counts: LightCounts; total: number; point: ScreenPoint }

type Listener<K extends keyof CityMapEvents> = (event: CityMapEvents[K]) => void

/** A small typed event target: `on` gives back its own undo. */
export class Emitter {
  readonly #listeners: { [K in keyof CityMapEvents]?: Set<Listener<K>> } = {}

  on<K extends keyof CityMapEvents>(name: K, listener: Listener<K>): () => void {
    const held = this.#listeners as Record<K, Set<Listener<K>> | undefined>
    const set = held[name] ?? new Set<Listener<K>>()
    held[name] = set
    set.add(listener)
    return () => set.delete(listener)
  }

  emit<K extends keyof CityMapEvents>(name: K, event: CityMapEvents[K]): void {
    const held = this.#listeners as Record<K, Set<Listener<K>> | undefined>
    for (const listener of held[name] ?? []) listener(event)
  }
}
