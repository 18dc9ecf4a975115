/**
 * The one class that touches the map. React describes what is to be seen; this does it, and hands
 * new arrays to MapLibre only when they changed.
 */

import type { FeatureCollection } from 'geojson'
import { Map as Canvas, setWorkerUrl, type VectorTileSource } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { ParkBoundary } from 'api/park/contract'
import type { UnitBoundary } from 'api/unit/contract'
import type { Position } from 'geo/position'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { ParkLabelCollection } from '../park/park-layer.ts'
import type { ProjectTable } from '../project/table.ts'
import type { LabelCollection } from '../unit/unit-layer.ts'
import { type BasemapSettings, buildStyle, chooseBasemap } from './basemap.ts'
import { type Bounds, type CityMapEvents, Emitter } from './events.ts'
import { resolveImages } from './image-store.ts'
import { source } from './layer-order.ts'
import { Overlay } from './overlay.ts'
import { readPalette, type Theme } from './palette.ts'
import { Pointing } from './pointing.ts'
import { ScaleBar } from './scale-bar.ts'
import { Fitting, type Padding, viewOf } from './view.ts'
import { type MapLanguage, mapWords } from './words.ts'

setWorkerUrl(workerUrl)

export interface CityMapOptions {
  theme: Theme
  language: MapLanguage
  basemap: BasemapSettings
  bounds: Bounds
  /** False on a wall that nobody touches. */
  interactive: boolean
  /** Multiplies symbols and names. */
  scale: number
  padding: Padding
}

/** A lost graphics context that has not come back after this is rebuilt from scratch. */
const patienceMs = 3000
/** Frames after the last data in which symbols are placed. */
const settledFrames = 3

const isSamePadding = (one: Padding, other: Padding): boolean =>
  one.top === other.top &&
  one.right === other.right &&
  one.bottom === other.bottom &&
  one.left === other.left

/** The city's map in one element, from its making to `destroy`. */
export class CityMap {
  readonly map: Canvas
  readonly #container: HTMLElement
  readonly #events = new Emitter()
  readonly #overlay: Overlay
  #options: CityMapOptions
  #isPainted = false
  #frames = 0
  #patience: ReturnType<typeof setTimeout> | undefined
  readonly #fitting: Fitting
  readonly #scaleBar: ScaleBar
  readonly #pointing: Pointing | null
  #restyling = 0

  /** Throws when the browser gives no WebGL context. */
  constructor(container: HTMLElement, options: CityMapOptions) {
    this.#container = container
    this.#options = options
    this.#state('loading')
    this.map = new Canvas({
      container,
      interactive: options.interactive,
      dragRotate: false,
      pitchWithRotate: false,
      attributionControl: false,
      maxZoom: 18,
      minZoom: 4,
      fadeDuration: 0,
      renderWorldCopies: false,
      maxCanvasSize: [8192, 8192],
      locale: mapWords(options.language),
      localIdeographFontFamily: readPalette(options.theme).font.join(', '),
    })
    this.#overlay = new Overlay(this.map)
    this.map.setPadding(options.padding)
    this.#fitting = new Fitting(this.map, () => this.#options)
    this.#fitting.fit(options.bounds, 0)
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.#scaleBar = new ScaleBar(this.map, options.interactive)
    this.#pointing = options.interactive
      ? new Pointing(this.map, this.#overlay, this.#events, ({ center, zoom }) =>
          this.fly(center, zoom),
        )
      : null
    this.#listen()
    void this.#restyle()
  }

  on<K extends keyof CityMapEvents>(name: K, listener: (event: CityMapEvents[K]) => void) {
    return this.#events.on(name, listener)
  }

  /**
   * The rows to be seen, by their index in the table. `live` is false when the table shows a past
   * day: then the server's tiles, which show the present, are never used.
   */
  setProjects(table: ProjectTable, rows: Uint32Array, live = true): void {
    const before = this.#overlay.usesTiles()
    if (!this.#overlay.setProjects(table, rows, live)) return
    this.#pending()
    if (before !== this.#overlay.usesTiles()) void this.#restyle()
    else if (this.#overlay.isReady) this.#overlay.applyProjects()
  }

  setUnits(boundary: UnitBoundary, labels: LabelCollection): void {
    this.#overlay.setGround('unit', boundary)
    this.#overlay.setGround('unitLabel', labels)
  }

  setParks(boundary: ParkBoundary, labels: ParkLabelCollection): void {
    this.#overlay.setGround('park', boundary)
    this.#overlay.setGround('parkLabel', labels)
  }

  /** River, province line and places around: properties `kind` river | boundary | place, `name`. */
  setBasemapFeatures(features: FeatureCollection): void {
    this.#overlay.setGround('ground', features)
  }

  /** Cells or points where delay concentrates, from the hotspot layer; none clears them. */
  setHotspots(features: FeatureCollection): void {
    this.#overlay.setGround('hotspot', features)
  }

  select(id: number | null): void {
    if (id === null) this.#fitting.letGo()
    this.#overlay.focus(id, this.#overlay.hovered)
  }

  hover(id: number | null): void {
    this.#overlay.focus(this.#overlay.selected, id)
  }

  /** Hides the projects' symbols while something else stands in their places. */
  showSymbols(shown: boolean): void {
    this.#overlay.showSymbols(shown)
  }

  fly(target: Bounds | Position, zoom?: number): void {
    if (target.length === 4) this.#fitting.fit(target)
    else this.#fitting.flyTo([target[0], target[1]], zoom ?? this.map.getZoom())
  }

  /** Brings a point into view, where it stays until somebody moves the map or nothing is selected. */
  reveal(lon: number, lat: number): void {
    if (!Number.isNaN(lon) && !Number.isNaN(lat)) this.#fitting.reveal([lon, lat])
  }

  /** CSS pixels of the map on the page. */
  size(): { width: number; height: number } {
    return { width: this.#container.clientWidth, height: this.#container.clientHeight }
  }

  setTheme(theme: Theme): void {
    if (theme === this.#options.theme) return
    this.#options = { ...this.#options, theme }
    void this.#restyle()
  }

  setScale(scale: number): void {
    if (scale === this.#options.scale) return
    this.#options = { ...this.#options, scale }
    void this.#restyle()
  }

  setLanguage(language: MapLanguage): void {
    if (language === this.#options.language) return
    this.#options = { ...this.#options, language }
    this.#scaleBar.setLanguage(language)
  }

  setPadding(padding: Padding): void {
    if (isSamePadding(padding, this.#options.padding)) return
    this.#options = { ...this.#options, padding }
    this.#fitting.pad(padding)
  }

  destroy(): void {
    clearTimeout(this.#patience)
    this.#pointing?.destroy()
    this.map.remove()
    delete this.#container.dataset['mapState']
    delete this.#container.dataset['paintedProjects']
    delete this.#container.dataset['namedUnits']
  }

  /** A whole new style: another theme, scale or kind of source. Rare; data are put back after. */
  async #restyle(): Promise<void> {
    this.#restyling += 1
    const turn = this.#restyling
    this.#overlay.detach()
    this.#pending()
    const palette = readPalette(this.#options.theme)
    const basemap = await chooseBasemap(this.#options.basemap, palette).catch((error: unknown) => {
      this.#events.emit('trouble', { source: 'basemap', message: String(error) })
      return chooseBasemap({ pmtilesUrl: null, tiandituKey: null }, palette)
    })
    if (turn !== this.#restyling) return
    resolveImages(this.map, palette, this.#options.scale)
    const style = { palette, scale: this.#options.scale, basemap, tiles: this.#overlay.usesTiles() }
    this.map.setStyle(buildStyle(style), { diff: false })
  }

  #listen(): void {
    const map = this.map
    map.on('style.load', () => this.#overlay.applyAll())
    map.on('render', () => this.#check(false))
    map.on('idle', () => {
      this.#check(true)
      this.#container.dataset['namedUnits'] = this.#overlay.namedUnits().join(' ')
    })
    map.on('moveend', () => this.#events.emit('move', viewOf(map)))
    map.on('error', (event) => this.#trouble(Reflect.get(event, 'sourceId'), event.error?.message))
    map.on('webglcontextlost', () => this.#lost())
    map.on('webglcontextrestored', () => {
      clearTimeout(this.#patience)
      this.#events.emit('restored', null)
      void this.#restyle()
    })
  }

  /**
   * Painted: the projects' source is loaded and its symbols are on the screen. A slow basemap does
   * not hold this back; an idle map settles it when nothing is in view.
   */
  #check(isIdle: boolean): void {
    if (this.#isPainted || !this.#overlay.isReady || !this.#overlay.table) return
    if (!this.map.isSourceLoaded(source.project)) {
      this.#frames = 0
      return
    }
    this.#frames += 1
    if (!isIdle && (this.#frames < settledFrames || !this.#overlay.isDrawn())) return
    this.#isPainted = true
    const projects = this.#overlay.placed()
    this.#container.dataset['paintedProjects'] = String(projects)
    this.#state('painted')
    performance.mark('onemap:projects-painted')
    this.#events.emit('painted', { projects })
  }

  /**
   * Tiles of projects that do not come are replaced by the page's own rows, a basemap file that
   * cannot be opened by the calm default; the rest is told.
   */
  #trouble(from: unknown, message = 'unknown'): void {
    if (from === source.project && this.#overlay.usesTiles()) {
      this.#overlay.giveUpTiles()
      void this.#restyle()
      return
    }
    const ground = this.map.getSource('basemap')
    if (from === 'basemap' && ground?.type === 'vector' && !(ground as VectorTileSource).tiles) {
      this.#options = { ...this.#options, basemap: { pmtilesUrl: null, tiandituKey: null } }
      void this.#restyle()
    }
    this.#events.emit('trouble', { source: String(from ?? 'map'), message })
  }

  #pending(): void {
    this.#isPainted = false
    this.#frames = 0
    this.#state('loading')
  }

  #state(state: 'loading' | 'painted' | 'lost'): void {
    this.#container.dataset['mapState'] = state
  }

  #lost(): void {
    this.#state('lost')
    this.#events.emit('lost', null)
    clearTimeout(this.#patience)
    this.#patience = setTimeout(() => this.#events.emit('broken', null), patienceMs)
  }
}
