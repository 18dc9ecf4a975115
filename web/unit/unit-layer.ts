/** Reporting units on the map: land, borders and names. */
import type { Unit } from 'api/unit/contract'
import type { FeatureCollection, Point } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import { source } from '../map/layer-order.ts'
import { namePlaces, type Ring } from '../map/name-place.ts'
import type { Palette } from '../map/palette.ts'

export type LabelCollection = FeatureCollection<Point, { id: number; name: string }>

/** One name per unit that has a place for it; a zone without polygon keeps its name. */
export function unitLabels(units: readonly Unit[]): LabelCollection {
  const features = units.flatMap((unit): LabelCollection['features'] =>
    unit.labelPoint && unit.level === 'unit'
      ? [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: unit.labelPoint },
            properties: { id: unit.id, name: unit.shortName },
          },
        ]
      : [],
  )
  return { type: 'FeatureCollection', features }
}

/** Land and borders; over a real basemap the land is left to it. */
export function unitGroundLayers(palette: Palette, hasBasemap: boolean): LayerSpecification[] {
  const land: LayerSpecification = {
    id: 'unit-land',
    type: 'fill',
    source: source.unit,
    paint: { 'fill-color': palette.land, 'fill-antialias': false },
  }
  return hasBasemap ? [] : [land]
}

/** Borders between the units. */
export function unitLineLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'unit-line',
    type: 'line',
    source: source.unit,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.line,
      'line-width': ['interpolate', ['linear'], ['zoom'], 7, 1 * scale, 12, 2 * scale],
    },
  }
}

/**
 * Every unit is named while the whole city is shown, where clusters leave only slits between them:
 * rings so close and so far out that a name finds one.
 */
const nameRings: readonly Ring[] = [
  { em: 0, places: 1 },
  { em: 1.2, places: 8 },
  ...[1.6, 2, 2.5, 3, 3.5].map((em) => ({ em, places: 16 })),
]

/** Names, which give way to projects. */
export function unitNameLayer(palette: Palette, scale: number): LayerSpecification {
  return {
    id: 'unit-name',
    type: 'symbol',
    source: source.unitLabel,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': palette.font,
      'text-size': ['interpolate', ['linear'], ['zoom'], 7, 12 * scale, 11, 17 * scale],
      'text-letter-spacing': 0.12,
      'text-variable-anchor-offset': namePlaces(nameRings),
      'text-justify': 'auto',
      'text-padding': 2,
    },
    paint: {
      'text-color': palette.text,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.6 * scale,
    },
  }
}
