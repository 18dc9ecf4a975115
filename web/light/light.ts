/**
 * The one source of order, colours and shapes of the lights for map, legend, list and charts.
 * Colours are the CSS custom properties `--light-*` (tokens.css); shapes live in a box of 24 × 24.
 */
import type { LightState } from 'api/light/contract'

/** Worst first: legend, bars and drawing order all follow it. */
export const lightOrder: readonly LightState[] = [
  'red',
  'amber',
  'green',
  'stale',
  'finished',
  'none',
]

export const lightToken: Record<LightState, string> = {
  red: '--light-red',
  amber: '--light-amber',
  green: '--light-green',
  stale: '--light-stale',
  finished: '--light-finished',
  none: '--light-none',
}

/** How one light is drawn: `outline` is the closed contour, `hatch` strokes inside it. */
export interface LightShape {
  outline: string
  hatch: string | null
  /** solid: filled; ring: only its thick contour. */
  body: 'solid' | 'ring'
}

const circle = (radius: number) =>
  `M${12 - radius} 12a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`

export const lightShape: Record<LightState, LightShape> = {
  red: { outline: 'M12 2.5L22 20.5H2Z', hatch: null, body: 'solid' },
  amber: { outline: 'M12 1.5L22.5 12L12 22.5L1.5 12Z', hatch: null, body: 'solid' },
  green: { outline: circle(9), hatch: null, body: 'solid' },
  stale: {
    outline: 'M3.5 3.5H20.5V20.5H3.5Z',
    hatch: 'M3.5 12L12 3.5M3.5 20.5L20.5 3.5M12 20.5L20.5 12',
    body: 'solid',
  },
  finished: { outline: circle(8), hatch: null, body: 'ring' },
  none: { outline: circle(4.5), hatch: null, body: 'solid' },
}

/** How many projects show each light. */
export type LightCounts = Record<LightState, number>

export const noCounts = (): LightCounts => ({
  red: 0,
  amber: 0,
  green: 0,
  stale: 0,
  finished: 0,
  none: 0,
})

/**
 * Shares of a bar of `cells` cells, by largest remainder: they add up to `cells`, and every light
 * that occurs has at least one cell (so one red among a hundred stays visible).
 */
export function barCells(counts: LightCounts, cells: number): LightCounts {
  const total = lightOrder.reduce((sum, light) => sum + counts[light], 0)
  const shares = noCounts()
  if (total === 0) return shares
  const present = lightOrder.filter((light) => counts[light] > 0)
  for (const light of present)
    shares[light] = Math.max(1, Math.floor((counts[light] / total) * cells))
  const used = () => present.reduce((sum, light) => sum + shares[light], 0)
  const byNeed = (light: LightState) => (counts[light] / total) * cells - shares[light]
  while (used() < cells) {
    const next = present.reduce((best, light) => (byNeed(light) > byNeed(best) ? light : best))
    shares[next] += 1
  }
  while (used() > cells) {
    const widest = present.reduce((best, light) => (shares[light] > shares[best] ? light : best))
    shares[widest] -= 1
  }
  return shares
}
