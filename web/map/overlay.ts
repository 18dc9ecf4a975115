/**
 * What lies on the map: ground, projects, the selected and the hovered one. Holds the data and
 * hands a source new ones only when they changed; a new style gets all of them again.
 */
import type { FeatureCollection, GeoJSON } from 'geojson'
import type { Map as Canvas, GeoJSONSource, VectorTileSource } from 'maplibre-gl'
import {
  countPlaced,
  ownRowsLimit,
  projectPoint,
  projectPoints,
  tileUrl,
} from '../project/project-layer.ts'
import type { ProjectTable } from '../project/table.ts'
import { trimImages } from './image-store.ts'
import { pickable, source } from './layer-order.ts'

type SourceName = keyof typeof source

/** Opacity of everything but the selected project. */
const dimmed = 0.5

/** The data above the basemap, and their way into the style that stands. */
export class Overlay {
  readonly #map: Canvas
  readonly #ground: Partial<Record<SourceName, GeoJSON>> = {}
  #table: ProjectTable | null = null
  #rows: Uint32Array = new Uint32Array()
  #isLive = true
  #haveTilesFailed = false
  #selected: number | null = null
  #hovered: number | null = null
  #areSymbolsShown = true
  #isReady = false

  constructor(map: Canvas) {
    this.#map = map
  }

  get table(): ProjectTable | null {
    return this.#table
  }
  get rows(): Uint32Array {
    return this.#rows
  }
  /** The style stands and holds the data. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** False when these are the rows already held. */
  setProjects(table: ProjectTable, rows: Uint32Array, isLive: boolean): boolean {
    if (table === this.#table && rows === this.#rows && isLive === this.#isLive) return false
    this.#table = table
    this.#rows = rows
    this.#isLive = isLive
    return true
  }

  setGround(name: SourceName, data: GeoJSON | object): void {
    if (this.#ground[name] === data) return
    this.#ground[name] = data as FeatureCollection
    if (this.#isReady) this.#geojson(name)?.setData(data as FeatureCollection)
  }

  focus(selected: number | null, hovered: number | null): void {
    if (selected === this.#selected && hovered === this.#hovered) return
    this.#selected = selected
    this.#hovered = hovered
    if (this.#isReady) this.#applyFocus()
  }

  get selected(): number | null {
    return this.#selected
  }
  get hovered(): number | null {
    return this.#hovered
  }

  /** Hidden while columns of money stand in their places. */
  showSymbols(shown: boolean): void {
    this.#areSymbolsShown = shown
    if (this.#isReady) this.#applyVisibility()
  }

  /** The server's tiles show the whole present: never a filtered choice, never a past day. */
  usesTiles(): boolean {
    const isWhole = this.#rows.length === this.#table?.count
    return !this.#haveTilesFailed && this.#isLive && isWhole && this.#rows.length > ownRowsLimit
  }

  /** From now on the page draws its own rows, however many. */
  giveUpTiles(): void {
    this.#haveTilesFailed = true
  }

  /** Number of held rows that have a position. */
  placed(): number {
    return this.#table ? countPlaced(this.#table, this.#rows) : 0
  }

  /** Some project's symbol is on the screen. */
  isDrawn(): boolean {
    return this.#map.queryRenderedFeatures({ layers: [...pickable] }).length > 0
  }

  /** Ids of the units whose names stand on the screen. */
  namedUnits(): number[] {
    if (!this.#isReady) return []
    const names = this.#map.queryRenderedFeatures({ layers: ['unit-name'] })
    return [...new Set(names.map((name) => Number(name.properties['id'])))]
  }

  /** The style goes; until `applyAll` nothing is written to it. */
  detach(): void {
    this.#isReady = false
  }

  applyAll(): void {
    this.#isReady = true
    for (const [name, data] of Object.entries(this.#ground)) {
      this.#geojson(name as SourceName)?.setData(data)
    }
    this.applyProjects()
    this.#applyVisibility()
  }

  applyProjects(): void {
    const table = this.#table
    if (!table) return
    trimImages(this.#map)
    const from = this.#map.getSource(source.project)
    if (from?.type === 'vector') {
      const tiles = from as VectorTileSource
      const url = `${location.origin}${tileUrl}?v=${encodeURIComponent(table.version)}`
      if (tiles.tiles?.[0] !== url) tiles.setTiles([url])
    } else this.#geojson('project')?.setData(projectPoints(table, this.#rows))
    this.#applyFocus()
  }

  #geojson(name: SourceName): GeoJSONSource | undefined {
    const found = this.#map.getSource(source[name])
    return found?.type === 'geojson' ? (found as GeoJSONSource) : undefined
  }

  #applyFocus(): void {
    const table = this.#table
    if (!table) return
    const features = [this.#hovered, this.#selected].flatMap((id) => {
      const row = id === null ? undefined : table.rowOf.get(id)
      return (row === undefined ? null : projectPoint(table, row)) ?? []
    })
    this.#geojson('focus')?.setData({ type: 'FeatureCollection', features })
    const opacity = this.#selected === null ? 1 : dimmed
    this.#map.setPaintProperty('project-point', 'icon-opacity', opacity)
    this.#map.setPaintProperty('project-cluster', 'icon-opacity', opacity)
    this.#map.setPaintProperty('project-cluster', 'text-opacity', opacity)
  }

  #applyVisibility(): void {
    const visibility = this.#areSymbolsShown ? 'visible' : 'none'
    for (const layer of ['project-point', 'project-cluster']) {
      this.#map.setLayoutProperty(layer, 'visibility', visibility)
    }
  }
}
