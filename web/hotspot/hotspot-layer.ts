/**
 * Hotspots on the map: fixed cells, the same at every zoom, or rings around the projects themselves.
 * What is beyond chance is told by shade and by the width of its outline, so that it reads in grey;
 * where there is too little to say the ground is hatched.
 */
import type { HotspotSite } from 'api/hotspot/contract'
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { source } from '../map/layer-order.ts'
import type { Palette } from '../map/palette.ts'
import { type Level, levelOf } from './level.ts'

export type ShownSite = Pick<
  HotspotSite,
  'id' | 'lon' | 'lat' | 'z' | 'p' | 'adjustedP' | 'state' | 'place'
>

/** Name of the picture that hatches ground on which nothing can be said (map/symbol-image.ts). */
const hatch = 'hatch/short/ground'

/** Cells with their outlines, or points where none are given; then a mark for each place. */
export function hotspotFeatures(
  sites: readonly ShownSite[],
  outlines: ReadonlyMap<string, [number, number][]> | null,
): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [
      ...sites.flatMap((site): Feature[] => {
        const { state, place } = site
        const properties = { state, place, level: levelOf(site) }
        const ring = outlines?.get(site.id)
        if (outlines && !ring) return []
        return [
          {
            type: 'Feature',
            properties,
            geometry: ring
              ? { type: 'Polygon', coordinates: [ring] }
              : { type: 'Point', coordinates: [site.lon, site.lat] },
          },
        ]
      }),
      ...markFeatures(sites),
    ],
  }
}

/** A point in the middle of each place. */
function markFeatures(sites: readonly ShownSite[]): Feature[] {
  const places = new Map<string, ShownSite[]>()
  for (const site of sites) {
    if (site.state !== 'hot' || site.place === null) continue
    places.set(site.place, [...(places.get(site.place) ?? []), site])
  }
  return [...places].map(([place, own]) => ({
    type: 'Feature',
    properties: { state: 'mark', place },
    geometry: {
      type: 'Point',
      coordinates: [mean(own.map(({ lon }) => lon)), mean(own.map(({ lat }) => lat))],
    },
  }))
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const byLevel = (values: Record<Level, number>, otherwise: number): ExpressionSpecification => [
  'match',
  ['get', 'level'],
  1,
  values[1],
  2,
  values[2],
  3,
  values[3],
  otherwise,
]

const ringOf = (hot: number, short: number): ExpressionSpecification => [
  'match',
  ['get', 'state'],
  'hot',
  hot,
  short,
]

const areas: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']
const inState = (...states: string[]): ExpressionSpecification => [
  'in',
  ['get', 'state'],
  ['literal', states],
]

export function hotspotLayers(palette: Palette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'hotspot-short',
      type: 'fill',
      source: source.hotspot,
      filter: ['all', areas, inState('short')],
      paint: { 'fill-pattern': hatch },
    },
    {
      id: 'hotspot-fill',
      type: 'fill',
      source: source.hotspot,
      filter: ['all', areas, inState('hot')],
      paint: {
        'fill-color': palette.hot,
        'fill-opacity': byLevel({ 1: 0.2, 2: 0.36, 3: 0.52 }, 0),
        'fill-antialias': false,
      },
    },
    {
      id: 'hotspot-line',
      type: 'line',
      source: source.hotspot,
      filter: areas,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ['match', ['get', 'state'], 'hot', palette.hot, palette.quiet],
        'line-opacity': ['match', ['get', 'state'], 'hot', 1, 'calm', 0.45, 0.25],
        'line-width': byLevel({ 1: 1.2 * scale, 2: 2 * scale, 3: 3 * scale }, 0.6 * scale),
      },
    },
    {
      id: 'hotspot-ring',
      type: 'circle',
      source: source.hotspot,
      filter: ['all', ['==', ['geometry-type'], 'Point'], inState('hot', 'short')],
      paint: {
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['zoom'],
          8,
          ringOf(6 * scale, 3 * scale),
          12,
          ringOf(14 * scale, 6 * scale),
        ],
        // Rings of neighbours lie on each other: filled they would hide what they ring.
        'circle-opacity': 0,
        'circle-stroke-color': ['match', ['get', 'state'], 'hot', palette.hot, palette.quiet],
        'circle-stroke-opacity': ['match', ['get', 'state'], 'hot', 1, 0.7],
        'circle-stroke-width': byLevel({ 1: 1.4 * scale, 2: 2.2 * scale, 3: 3.2 * scale }, scale),
      },
    },
  ]
}

/** Zoom from which the cells themselves are large enough. */
const markUntil = 11

/** Rings of a fixed size around the places, above the projects: from afar cells are smaller than those. */
export function hotspotMarkLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'hotspot-mark',
    type: 'circle',
    source: source.hotspot,
    filter: inState('mark'),
    maxzoom: markUntil,
    paint: {
      'circle-radius': 24 * scale,
      'circle-opacity': 0,
      'circle-stroke-color': palette.hot,
      'circle-stroke-width': 3 * scale,
      'circle-stroke-opacity': [
        'interpolate',
        ['linear'],
        ['zoom'],
        markUntil - 1,
        1,
        markUntil,
        0,
      ],
    },
  }
}
