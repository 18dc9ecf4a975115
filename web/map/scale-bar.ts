import { type Map as Canvas, ScaleControl } from 'maplibre-gl'
import { type MapLanguage, mapWords } from './words.ts'

/** The scale at the map's edge, and the map's own words in the page's language. */
export class ScaleBar {
  readonly #map: Canvas
  readonly #control: ScaleControl | null

  /** `shown` false: the map has its words, but no bar. */
  constructor(map: Canvas, shown: boolean) {
    this.#map = map
    this.#control = shown ? new ScaleControl({ maxWidth: 96 }) : null
    if (!this.#control) return
    map.addControl(this.#control, 'bottom-left')
    // A measure of the drawing, not of the city.
    map.getContainer().querySelector('.maplibregl-ctrl-scale')?.setAttribute('data-axis', '')
  }

  /** MapLibre takes its words only when a map is made, and a new map would lose the view. */
  setLanguage(language: MapLanguage): void {
    const words = mapWords(language)
    Object.assign(this.#map._locale, words)
    this.#map.getCanvas().setAttribute('aria-label', words['Map.Title'] ?? '')
    this.#control?.setUnit('metric')
  }
}
