/**
 * The style of the map. By default a calm one of our own (land, water, borders, names) in the two
 * themes; with a setting, Tianditu's raster or a Protomaps PMTiles file lies below instead and the
 * overlay stays the same. No glyphs URL: names are drawn from local fonts.
 */
import type { FeatureCollection } from 'geojson'
import type {
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import { hotspotLayers, hotspotMarkLayer } from '../hotspot/hotspot-layer.ts'
import { parkGroundLayers, parkNameLayer } from '../park/park-layer.ts'
import { clusterOptions, projectLayers, tileMaxZoom, tileUrl } from '../project/project-layer.ts'
import { unitGroundLayers, unitLineLayer, unitNameLayer } from '../unit/unit-layer.ts'
import { source } from './layer-order.ts'
import type { Palette } from './palette.ts'

/** What lies below the overlay: its sources and layers, none for the calm default. */
export interface Basemap {
  sources: Record<string, SourceSpecification>
  layers: LayerSpecification[]
}

export interface StyleInput {
  palette: Palette
  /** Multiplies symbols, names and line widths (a wall read from five metres). */
  scale: number
  basemap: Basemap | null
  /** Projects from the server's tiles instead of the page's rows. */
  tiles: boolean
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Sources and layers from the ground up; the data of the overlay's sources are put in after. */
export function buildStyle(input: StyleInput): StyleSpecification {
  const { palette, scale, basemap } = input
  return {
    version: 8,
    sources: { ...basemap?.sources, ...overlaySources(input) },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': palette.outside } },
      ...(basemap?.layers ?? []),
      ...unitGroundLayers(palette, basemap !== null),
      ...(basemap ? [] : waterLayers(palette, scale)),
      unitLineLayer(palette, scale),
      ...parkGroundLayers(palette, scale),
      ...hotspotLayers(palette, scale),
      ...(basemap ? [] : [riverNameLayer(palette, scale), placeNameLayer(palette, scale)]),
      parkNameLayer(palette, scale),
      unitNameLayer(palette, scale),
      ...projectLayers(palette, scale, input.tiles),
      hotspotMarkLayer(palette, scale),
    ],
  }
}

function overlaySources(input: StyleInput): Record<string, SourceSpecification> {
  const held: SourceSpecification = { type: 'geojson', data: empty }
  const project: SourceSpecification = input.tiles
    ? { type: 'vector', tiles: [new URL(tileUrl, location.href).href], maxzoom: tileMaxZoom }
    : { type: 'geojson', data: empty, ...clusterOptions(input.scale) }
  return {
    [source.unit]: held,
    [source.unitLabel]: held,
    [source.park]: held,
    [source.parkLabel]: held,
    [source.ground]: held,
    [source.focus]: held,
    [source.hotspot]: held,
    [source.project]: project,
  }
}

const kind = (name: string): FilterSpecification => ['==', ['get', 'kind'], name]

function waterLayers(palette: Palette, scale: number): LayerSpecification[] {
  return [
    riverLayer('river-edge', palette.line, scale, 2 * scale),
    riverLayer('river', palette.water, scale, 0),
    {
      id: 'province',
      type: 'line',
      source: source.ground,
      filter: kind('boundary'),
      paint: {
        'line-color': palette.quiet,
        'line-opacity': 0.6,
        'line-width': 1.2 * scale,
        'line-dasharray': [6, 3, 1.5, 3],
      },
    },
  ]
}

function riverLayer(
  id: 'river' | 'river-edge',
  colour: string,
  scale: number,
  wider: number,
): LayerSpecification {
  const at = (width: number) => width * scale + wider
  return {
    id,
    type: 'line',
    source: source.ground,
    filter: kind('river'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-width': [
        'interpolate',
        ['exponential', 1.6],
        ['zoom'],
        7,
        at(3),
        10,
        at(7),
        14,
        at(34),
      ],
    },
  }
}

function riverNameLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'river-name',
    type: 'symbol',
    source: source.ground,
    filter: kind('river'),
    minzoom: 8,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 500,
      'text-field': ['get', 'name'],
      'text-font': palette.font,
      'text-size': 12 * scale,
      'text-letter-spacing': 0.6,
      'text-max-angle': 60,
    },
    paint: {
      'text-color': palette.quiet,
      'text-halo-color': palette.water,
      'text-halo-width': 1 * scale,
    },
  }
}

function placeNameLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'place-name',
    type: 'symbol',
    source: source.ground,
    filter: kind('place'),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': palette.font,
      'text-size': 12 * scale,
      'text-letter-spacing': 0.1,
    },
    paint: {
      'text-color': palette.quiet,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.2 * scale,
    },
  }
}

export interface BasemapSettings {
  pmtilesUrl: string | null
  tiandituKey: string | null
}

/** The basemap that the settings name, null for the calm default. Its library comes only then. */
export async function chooseBasemap(
  settings: BasemapSettings,
  palette: Palette,
): Promise<Basemap | null> {
  if (settings.pmtilesUrl) {
    const { fileBasemap } = await import('./basemap-file.ts')
    return fileBasemap(settings.pmtilesUrl, palette)
  }
  return settings.tiandituKey ? tiandituBasemap(settings.tiandituKey) : null
}

/** Tianditu's vector picture and its Chinese names: WMTS of CGCS2000 web Mercator, no shift. */
export function tiandituBasemap(key: string): Basemap {
  const tiles = (layer: string) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map(
      (host) =>
        `https://t${host}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0` +
        `&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles` +
        `&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`,
    )
  const raster = (layer: string): SourceSpecification => ({
    type: 'raster',
    tiles: tiles(layer),
    tileSize: 256,
    maxzoom: 18,
    attribution: '天地图',
  })
  return {
    sources: { 'tianditu-vec': raster('vec'), 'tianditu-cva': raster('cva') },
    layers: [
      {
        id: 'tianditu-vec',
        type: 'raster',
        source: 'tianditu-vec',
        paint: { 'raster-saturation': -0.5 },
      },
      { id: 'tianditu-cva', type: 'raster', source: 'tianditu-cva' },
    ],
  }
}
