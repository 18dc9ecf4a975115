/** Parks on the map: outlines (dashed while only approximate) and names. */
import type { Park } from 'api/park/contract'
import type { FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { source } from '../map/layer-order.ts'
import { namePlaces } from '../map/name-place.ts'
import type { Palette } from '../map/palette.ts'

export type ParkLabelCollection = FeatureCollection<Point, { id: number; name: string }>

/** One name per park that has a place for it. */
export function parkLabels(parks: readonly Park[]): ParkLabelCollection {
  const features = parks.flatMap((park): ParkLabelCollection['features'] =>
    park.labelPoint
      ? [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: park.labelPoint },
            properties: { id: park.id, name: park.name },
          },
        ]
      : [],
  )
  return { type: 'FeatureCollection', features }
}

/** Areas and outlines; an outline that nobody surveyed is dashed. */
export function parkGroundLayers(palette: Palette, scale: number): LayerSpecification[] {
  const width: ExpressionSpecification = [
    'interpolate',
    ['linear'],
    ['zoom'],
    8,
    0.8 * scale,
    13,
    2 * scale,
  ]
  return [
    {
      id: 'park-fill',
      type: 'fill',
      source: source.park,
      paint: { 'fill-color': palette.park, 'fill-opacity': 0.1, 'fill-antialias': false },
    },
    {
      id: 'park-line',
      type: 'line',
      source: source.park,
      filter: ['==', ['get', 'boundaryQuality'], 'surveyed'],
      paint: { 'line-color': palette.park, 'line-width': width, 'line-opacity': 0.8 },
    },
    {
      id: 'park-line-approximate',
      type: 'line',
      source: source.park,
      filter: ['!=', ['get', 'boundaryQuality'], 'surveyed'],
      paint: {
        'line-color': palette.park,
        'line-width': width,
        'line-opacity': 0.8,
        'line-dasharray': [3, 2],
      },
    },
  ]
}

/** Names, from the zoom on at which parks can be told apart. */
export function parkNameLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'park-name',
    type: 'symbol',
    source: source.parkLabel,
    minzoom: 9.5,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': palette.font,
      'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11 * scale, 13, 14 * scale],
      'text-variable-anchor-offset': namePlaces([1.6, 2.4].map((em) => ({ em, places: 8 }))),
      'text-max-width': 16,
    },
    paint: {
      'text-color': palette.park,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.4 * scale,
    },
  }
}
