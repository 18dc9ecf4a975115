import type { Map as Canvas } from 'maplibre-gl'
import type { Palette } from './palette.ts'
import { drawSymbol } from './symbol-image.ts'

/** A wall runs for months: more pictures of clusters than this are thrown away and drawn anew. */
const mostImages = 300

/** Draws a symbol's picture when the style first asks for its name. */
export function resolveImages(map: Canvas, palette: Palette, scale: number): void {
  map.setMissingStyleImageResolver((name) => {
    const image = map.hasImage(name) ? null : drawSymbol(name, palette, scale)
    if (image) map.addImage(name, image.data, { pixelRatio: image.pixelRatio })
  })
}

/** Before new data: the old data's cluster pictures go when there are too many. */
export function trimImages(map: Canvas, most = mostImages): void {
  const clusters = map.listImages().filter((name) => name.startsWith('cluster/'))
  if (clusters.length > most) for (const name of clusters) map.removeImage(name)
}
