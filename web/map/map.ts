/**
 * The one class that touches the map. React describes what is to be seen; this does it, and hands
 * new arrays to MapLibre only when they changed.
 */

import type { ParkBoundary } from 'api/park/contract'
import type { UnitBoundary } from 'api/unit/contract'
import type { FeatureCollection, GeoJSON } from 'geojson'
import {
  Map as Canvas,
  type GeoJSONSource,
  type MapMouseEvent,
  type PaddingOptions,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { ParkLabelCollection } from '../park/park-layer.ts'
import {
  countPlaced,
  ownRowsLimit,
  projectPoint,
  projectPoints,
  tileUrl,
} from '../project/project-layer.ts'
import type { ProjectTable } from '../project/table.ts'
import type { LabelCollection } from '../unit/unit-layer.ts'
import { type Basemap, buildStyle, tiandituBasemap } from './basemap.ts'
import { type Bounds, type CityMapEvents, Emitter, type Position } from './events.ts'
import { source } from './layer-order.ts'
import { readPalette, type Theme } from './palette.ts'
import { hoverAt, pickAt } from './pick.ts'
import { drawSymbol } from './symbol-image.ts'
import { mapWords } from './words.ts'

setWorkerUrl(workerUrl)

export interface CityMapOptions {
  theme: Theme
  language: 'zh' | 'en'
  basemap: { pmtilesUrl: string | null; tiandituKey: string | null }
  bounds: Bounds
  /** False on a wall that nobody touches. */
  interactive: boolean
  /** Multiplies symbols and names. */
  scale: number
  padding: Padding
}
export type Padding = Required<PaddingOptions>
type Ground = Partial<Record<keyof typeof source, GeoJSON>>

/** A lost graphics context that has not come back after this is rebuilt from scratch. */
const patienceMs = 3000
const dimmed = 0.5
const revealZoom = 11

export class CityMap {
  readonly map: Canvas
  readonly #container: HTMLElement
  readonly #events = new Emitter()
  #options: CityMapOptions
  #ground: Ground = {}
  #table: ProjectTable | null = null
  #rows: Uint32Array = new Uint32Array()
  #live = true
  #selected: number | null = null
  #hovered: number | null = null
  #isReady = false
  #isPainted = false
  #patience: ReturnType<typeof setTimeout> | undefined
  #hoverFrame = 0
  #restyling = 0

  /** Throws when the browser gives no WebGL context. */
  constructor(container: HTMLElement, options: CityMapOptions) {
    this.#container = container
    this.#options = options
    this.#state('loading')
    this.map = new Canvas({
      container,
      bounds: [...options.bounds],
      fitBoundsOptions: { padding: 24 },
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
    this.map.setPadding(options.padding)
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    if (options.interactive) this.map.addControl(new ScaleControl({ maxWidth: 96 }), 'bottom-left')
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
    if (table === this.#table && rows === this.#rows && live === this.#live) return
    const before = this.#usesTiles()
    this.#table = table
    this.#rows = rows
    this.#live = live
    this.#pending()
    if (before !== this.#usesTiles()) void this.#restyle()
    else if (this.#isReady) this.#applyProjects()
  }

  setUnits(boundary: UnitBoundary, labels: LabelCollection): void {
    this.#setGround('unit', boundary as FeatureCollection)
    this.#setGround('unitLabel', labels)
  }

  setParks(boundary: ParkBoundary, labels: ParkLabelCollection): void {
    this.#setGround('park', boundary as FeatureCollection)
    this.#setGround('parkLabel', labels)
  }

  /** River, province line and places around: properties `kind` river | boundary | place, `name`. */
  setBasemapFeatures(features: FeatureCollection): void {
    this.#setGround('ground', features)
  }

  select(id: number | null): void {
    if (id === this.#selected) return
    this.#selected = id
    if (this.#isReady) this.#applyFocus()
  }

  hover(id: number | null): void {
    if (id === this.#hovered) return
    this.#hovered = id
    if (this.#isReady) this.#applyFocus()
  }

  fly(target: Bounds | Position, zoom?: number): void {
    if (target.length === 4) this.map.fitBounds([...target], { padding: 24, maxZoom: 15 })
    else this.map.easeTo({ center: [target[0], target[1]], zoom: zoom ?? this.map.getZoom() })
  }

  /** Brings a point into view: nothing when it is well inside and near enough already. */
  reveal(lon: number, lat: number): void {
    if (Number.isNaN(lon) || Number.isNaN(lat)) return
    const { x, y } = this.map.project([lon, lat])
    const { width, height } = this.size()
    const { top, right, bottom, left } = this.#options.padding
    const edge = 40
    const isInside =
      x > left + edge && x < width - right - edge && y > top + edge && y < height - bottom - edge
    if (isInside && this.map.getZoom() >= revealZoom) return
    this.fly([lon, lat], Math.max(this.map.getZoom(), revealZoom))
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

  setPadding(padding: Padding): void {
    this.#options = { ...this.#options, padding }
    this.map.easeTo({ padding, duration: 0 })
  }

  /** The renderer is a CPU: columns stay off unless somebody asks for them. */
  isSoftware(): boolean {
    const gl = this.map.getCanvas().getContext('webgl2')
    const info = gl?.getExtension('WEBGL_debug_renderer_info')
    const name = info ? String(gl?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
    return /swiftshader|llvmpipe|software|basic render/i.test(name)
  }

  destroy(): void {
    clearTimeout(this.#patience)
    cancelAnimationFrame(this.#hoverFrame)
    this.map.remove()
    delete this.#container.dataset['mapState']
    delete this.#container.dataset['paintedProjects']
  }

  #setGround(name: keyof typeof source, data: GeoJSON): void {
    if (this.#ground[name] === data) return
    this.#ground[name] = data
    if (this.#isReady) this.#source(name)?.setData(data)
  }

  #source(name: keyof typeof source): GeoJSONSource | undefined {
    const found = this.map.getSource(source[name])
    return found?.type === 'geojson' ? (found as GeoJSONSource) : undefined
  }

  #usesTiles(): boolean {
    const all = this.#rows.length === this.#table?.count
    return this.#live && all && this.#rows.length > ownRowsLimit
  }

  /** A whole new style: another theme, scale or kind of source. Rare; data are put back after. */
  async #restyle(): Promise<void> {
    this.#restyling += 1
    const turn = this.#restyling
    this.#isReady = false
    this.#pending()
    const palette = readPalette(this.#options.theme)
    const basemap = await this.#basemap()
    if (turn !== this.#restyling) return
    this.map.setMissingStyleImageResolver((name) => {
      const image = drawSymbol(name, palette, this.#options.scale)
      if (image && !this.map.hasImage(name)) {
        this.map.addImage(name, image.data, { pixelRatio: image.pixelRatio })
      }
    })
    const style = { palette, scale: this.#options.scale, basemap, tiles: this.#usesTiles() }
    this.map.setStyle(buildStyle(style), { diff: false })
  }

  async #basemap(): Promise<Basemap | null> {
    const { pmtilesUrl, tiandituKey } = this.#options.basemap
    if (pmtilesUrl) {
      const { fileBasemap } = await import('./basemap-file.ts')
      return fileBasemap(pmtilesUrl, readPalette(this.#options.theme))
    }
    return tiandituKey ? tiandituBasemap(tiandituKey) : null
  }

  #applyAll(): void {
    this.#isReady = true
    for (const [name, data] of Object.entries(this.#ground)) {
      this.#source(name as keyof typeof source)?.setData(data)
    }
    this.#applyProjects()
  }

  #applyProjects(): void {
    const table = this.#table
    if (!table) return
    const tiles = this.map.getSource(source.project)
    if (tiles?.type === 'vector') {
      const url = new URL(`${tileUrl}?v=${encodeURIComponent(table.version)}`, location.href).href
      ;(tiles as unknown as { setTiles: (urls: string[]) => void }).setTiles([decodeURI(url)])
    } else this.#source('project')?.setData(projectPoints(table, this.#rows))
    this.#applyFocus()
  }

  #applyFocus(): void {
    const table = this.#table
    if (!table) return
    const features = [this.#hovered, this.#selected].flatMap((id) => {
      const row = id === null ? undefined : table.rowOf.get(id)
      const feature = row === undefined ? null : projectPoint(table, row)
      return feature ? [feature] : []
    })
    this.#source('focus')?.setData({ type: 'FeatureCollection', features })
    const opacity = this.#selected === null ? 1 : dimmed
    this.map.setPaintProperty('project-point', 'icon-opacity', opacity)
    this.map.setPaintProperty('project-cluster', 'icon-opacity', opacity)
    this.map.setPaintProperty('project-cluster', 'text-opacity', opacity)
  }

  #listen(): void {
    const map = this.map
    map.on('style.load', () => this.#applyAll())
    map.on('idle', () => this.#idle())
    map.on('moveend', () => this.#moved())
    map.on('error', (event) => {
      const source = (event as { sourceId?: string }).sourceId ?? 'map'
      this.#events.emit('trouble', { source, message: event.error?.message ?? 'unknown' })
    })
    map.on('webglcontextlost', () => this.#lost())
    map.on('webglcontextrestored', () => {
      clearTimeout(this.#patience)
      this.#events.emit('restored', null)
      void this.#restyle()
    })
    if (!this.#options.interactive) return
    map.on('click', (event) => void this.#click(event))
    map.on('mousemove', (event) => this.#hover(event))
    map.on('mouseout', () => this.#events.emit('hover', null))
  }

  #idle(): void {
    if (this.#isPainted || !this.#isReady || !this.#table) return
    this.#isPainted = true
    const projects = countPlaced(this.#table, this.#rows)
    this.#container.dataset['paintedProjects'] = String(projects)
    this.#state('painted')
    performance.mark('onemap:projects-painted')
    this.#events.emit('painted', { projects })
  }

  #pending(): void {
    this.#isPainted = false
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

  #moved(): void {
    const { lng, lat } = this.map.getCenter()
    const view = this.map.getBounds()
    this.#events.emit('move', {
      center: [lng, lat],
      zoom: this.map.getZoom(),
      bounds: [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()],
    })
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const table = this.#table
    if (!table || !this.#isReady) return
    const result = await pickAt(this.map, event, table, this.#rows)
    if (result.kind === 'zoom') this.fly(result.center, result.zoom)
    else
      this.#events.emit('pick', { ids: result.ids, point: { x: event.point.x, y: event.point.y } })
  }

  #hover(event: MapMouseEvent): void {
    cancelAnimationFrame(this.#hoverFrame)
    this.#hoverFrame = requestAnimationFrame(() => {
      if (!this.#isReady) return
      const hover = hoverAt(this.map, event.point)
      this.map.getCanvas().style.cursor = hover ? 'pointer' : ''
      this.#events.emit('hover', hover)
    })
  }
}
