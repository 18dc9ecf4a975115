import type { Map as Canvas } from 'maplibre-gl'
import type { Bounds, CityMapEvents, ScreenPoint } from './events.ts'

/** Pixels covered by panels at the edges. */
export interface Padding {
  top: number
  right: number
  bottom: number
  left: number
}

/** What is seen now: centre, zoom and bounds, EPSG:4326. */
export function viewOf(map: Canvas): CityMapEvents['move'] {
  const { lng, lat } = map.getCenter()
  const view = map.getBounds()
  return {
    center: [lng, lat],
    zoom: map.getZoom(),
    bounds: [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()],
  }
}

/** A point that is neither under a panel nor within 40 px of an edge. */
export function isWellInside(
  point: ScreenPoint,
  size: { width: number; height: number },
  padding: Padding,
): boolean {
  const edge = 40
  const { top, right, bottom, left } = padding
  const isAcross = point.x > left + edge && point.x < size.width - right - edge
  return isAcross && point.y > top + edge && point.y < size.height - bottom - edge
}

/**
 * What was fitted stays fitted while panels beside the map take their room, until somebody moves
 * the map. `room` is for the names and symbols that stand on the edge of the bounds, in pixels.
 */
export class Fitting {
  readonly #map: Canvas
  readonly #room: () => number
  #bounds: Bounds | null = null
  #goal: { center: [number, number]; zoom: number } | null = null

  constructor(map: Canvas, room: () => number) {
    this.#map = map
    this.#room = room
    map.on('resize', () => {
      if (this.#bounds) this.fit(this.#bounds, 0)
      // A flight under way would end where the middle was before.
      else if (this.#goal) this.flyTo(this.#goal.center, this.#goal.zoom)
    })
    map.on('moveend', () => {
      this.#goal = null
    })
    map.on('movestart', ({ originalEvent }) => originalEvent && this.release())
  }

  fit(bounds: Bounds, duration?: number): void {
    this.#bounds = bounds
    const pace = duration === undefined ? {} : { duration }
    this.#map.fitBounds([...bounds], { padding: this.#room(), maxZoom: 15, ...pace })
  }

  /** Flies to a point; it ends in the middle even when a panel takes its room on the way. */
  flyTo(center: [number, number], zoom: number): void {
    this.release()
    this.#map.easeTo({ center, zoom })
    // Where motion is reduced it has arrived already.
    if (this.#map.isMoving()) this.#goal = { center, zoom }
  }

  release(): void {
    this.#bounds = null
  }
}
