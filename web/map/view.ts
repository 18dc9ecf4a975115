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

/** How the map stands on the page. */
export interface Frame {
  /** Multiplies symbols and names. */
  scale: number
  padding: Padding
}

const revealZoom = 11

/**
 * What was fitted stays fitted, and what was revealed stays in view, while panels beside the map
 * take their room, until somebody moves the map.
 */
export class Fitting {
  readonly #map: Canvas
  readonly #frame: () => Frame
  #bounds: Bounds | null = null
  #goal: { center: [number, number]; zoom: number } | null = null
  #revealed: [number, number] | null = null

  constructor(map: Canvas, frame: () => Frame) {
    this.#map = map
    this.#frame = frame
    map.on('resize', () => this.#restore())
    map.on('moveend', () => {
      this.#goal = null
    })
    map.on('movestart', ({ originalEvent }) => {
      if (!originalEvent) return
      this.#bounds = null
      this.#revealed = null
    })
  }

  fit(bounds: Bounds, duration?: number): void {
    this.#bounds = bounds
    const pace = duration === undefined ? {} : { duration }
    this.#map.fitBounds([...bounds], { padding: this.#room(), maxZoom: 15, ...pace })
  }

  flyTo(center: [number, number], zoom: number): void {
    this.#revealed = null
    this.#ease(center, zoom)
  }

  /** Flies to a point unless it is well inside the view and near enough already. */
  reveal(point: [number, number]): void {
    this.#revealed = point
    if (this.#isInside(point) && this.#map.getZoom() >= revealZoom) return
    this.#ease(point, Math.max(this.#map.getZoom(), revealZoom))
  }

  /** What was revealed need not stay in view any longer. */
  letGo(): void {
    this.#revealed = null
  }

  /** Other panels over the map; a flight under way still ends in the middle of what they leave. */
  pad(padding: Padding): void {
    const goal = this.#goal
    this.#map.easeTo({ padding, duration: 0 })
    this.#goal = goal
    this.#restore()
  }

  /** A flight ends in the middle even when a panel takes its room on the way. */
  #ease(center: [number, number], zoom: number): void {
    this.#bounds = null
    this.#map.easeTo({ center, zoom })
    // Where motion is reduced it has arrived already.
    if (this.#map.isMoving()) this.#goal = { center, zoom }
  }

  #restore(): void {
    if (this.#bounds) this.fit(this.#bounds, 0)
    // A flight under way would end where the middle was before.
    else if (this.#goal) this.#ease(this.#goal.center, this.#goal.zoom)
    else if (this.#revealed && !this.#isInside(this.#revealed))
      this.#map.jumpTo({ center: this.#revealed })
  }

  #isInside(point: [number, number]): boolean {
    const { clientWidth, clientHeight } = this.#map.getContainer()
    const size = { width: clientWidth, height: clientHeight }
    return isWellInside(this.#map.project(point), size, this.#frame().padding)
  }

  /** For the names and symbols that stand on the edge of the bounds, in pixels: names are wide. */
  #room(): Padding {
    const { scale } = this.#frame()
    const [across, along] = [44 * scale, 24 * scale]
    return { top: along, right: across, bottom: along, left: across }
  }
}
