/** A PMTiles file in the Protomaps schema as basemap. Loaded only when the setting names one. */
import { layers, namedFlavor } from '@protomaps/basemaps'
import { addProtocol, type LayerSpecification } from 'maplibre-gl'
import { Protocol } from 'pmtiles'
import type { Basemap } from './basemap.ts'
import type { Palette } from './palette.ts'

let isRegistered = false

/** Layers of the file without those that would need a sprite; names in Chinese from local fonts. */
export function fileBasemap(url: string, palette: Palette): Basemap {
  if (!isRegistered) {
    addProtocol('pmtiles', new Protocol().tile)
    isRegistered = true
  }
  const flavor = namedFlavor(palette.theme === 'night' ? 'dark' : 'light')
  const calm = { ...flavor, earth: palette.land, water: palette.water }
  return {
    sources: {
      basemap: {
        type: 'vector',
        url: `pmtiles://${new URL(url, location.href).href}`,
        attribution: '© OpenStreetMap',
      },
    },
    layers: layers('basemap', calm, { lang: 'zh-Hans' }).flatMap((layer) =>
      withoutSprite(layer, palette),
    ),
  }
}

/** Drops icons and what needs a sprite; names every font as the local one; ids of its own. */
function withoutSprite(layer: LayerSpecification, palette: Palette): LayerSpecification[] {
  if (layer.type === 'background') return []
  if (layer.type === 'fill' && layer.paint?.['fill-pattern'] !== undefined) return []
  const id = `basemap-${layer.id}`
  if (layer.type !== 'symbol') return [{ ...layer, id }]
  const layout = Object.fromEntries(
    Object.entries(layer.layout ?? {}).filter(([name]) => !name.startsWith('icon-')),
  )
  if (layout['text-field'] === undefined) return []
  return [
    {
      ...layer,
      id,
      layout: {
        ...layout,
        'text-field': localFont(layout['text-field']),
        'text-font': palette.font,
      },
    } as LayerSpecification,
  ]
}

/** Takes the `text-font` sections out of a `format` expression: one local font draws them all. */
function localFont(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(localFont)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== 'text-font')
        .map(([name, inner]) => [name, localFont(inner)]),
    )
  }
  return value
}
