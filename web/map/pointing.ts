import type { Map as Canvas, MapMouseEvent } from 'maplibre-gl'
import type { CityMapEvents, Emitter } from './events.ts'
import type { Overlay } from './overlay.ts'
import { hotspotAt, hoverAt, type Pick, pickAt } from './pick.ts'

/** Turns clicks and the pointer's way over the map into `pick` and `hover`. */
export class Pointing {
  readonly #map: Canvas
  readonly #overlay: Overlay
  readonly #events: Emitter
  readonly #look: (into: Pick & { kind: 'zoom' }) => void
  #frame = 0

  constructor(
    map: Canvas,
    overlay: Overlay,
    events: Emitter,
    look: (into: Pick & { kind: 'zoom' }) => void,
  ) {
    this.#map = map
    this.#overlay = overlay
    this.#events = events
    this.#look = look
    map.on('click', (event) => void this.#click(event))
    map.on('mousemove', (event) => this.#move(event))
    map.on('mouseout', () => this.#hover(null))
    // What was under the pointer goes away with the view; the pointer itself may rest.
    map.on('movestart', () => this.#hover(null))
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame)
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const { table, rows, isReady } = this.#overlay
    if (!table || !isReady) return
    // A cluster that a live change has dissolved meanwhile cannot be looked into: no hit.
    const result = await pickAt(this.#map, event, table, rows).catch(() => null)
    if (!result) return
    if (result.kind === 'zoom') this.#look(result)
    else
      this.#events.emit('pick', {
        ids: result.ids,
        point: { x: event.point.x, y: event.point.y },
        hotspot: result.ids.length > 0 ? null : hotspotAt(this.#map, event.point),
      })
  }

  #move(event: MapMouseEvent): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      if (!this.#overlay.isReady || this.#map.isMoving()) return
      this.#hover(hoverAt(this.#map, event.point))
    })
  }

  #hover(hover: CityMapEvents['hover']): void {
    cancelAnimationFrame(this.#frame)
    this.#map.getCanvas().style.cursor = hover ? 'pointer' : ''
    this.#events.emit('hover', hover)
  }
}
