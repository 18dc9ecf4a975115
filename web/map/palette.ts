import type { LightState } from 'api/light/contract'
import { lightOrder, lightToken } from '../light/light.ts'

export type Theme = 'night' | 'day'

/** The tokens that the map is painted with, as colours that a canvas and a style understand. */
export interface Palette {
  theme: Theme
  font: string[]
  outside: string
  land: string
  water: string
  line: string
  text: string
  quiet: string
  halo: string
  park: string
  accent: string
  /** Where delay concentrates beyond chance. */
  hot: string
  paper: string
  ink: string
  light: Record<LightState, string>
}

/** Reads the tokens of a theme where they are defined: custom properties of `[data-theme]`. */
export function readPalette(theme: Theme): Palette {
  const probe = document.createElement('div')
  probe.dataset['theme'] = theme
  probe.hidden = true
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const token = (name: string) => style.getPropertyValue(name).trim() || '#808080'
  const light = Object.fromEntries(
    lightOrder.map((state) => [state, token(lightToken[state])]),
  ) as Record<LightState, string>
  const palette: Palette = {
    theme,
    font: fontFamilies(style.getPropertyValue('--font')),
    outside: token('--map-outside'),
    land: token('--map-land'),
    water: token('--map-water'),
    line: token('--map-line'),
    text: token('--map-text'),
    quiet: token('--map-text-quiet'),
    halo: token('--map-halo'),
    park: token('--map-park'),
    accent: token('--accent'),
    hot: token('--hot'),
    paper: token('--raised'),
    ink: token('--ink'),
    light,
  }
  probe.remove()
  return palette
}

/** Font names for MapLibre's local drawing: unquoted, without the generic last one. */
export function fontFamilies(css: string): string[] {
  const names = css
    .split(',')
    .map((name) => name.trim().replaceAll(/^['"]|['"]$/g, ''))
    .filter((name) => name !== '' && name !== 'sans-serif')
  return names.length > 0 ? names : ['sans-serif']
}
