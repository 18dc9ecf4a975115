import type { MapReplay } from 'api/map/replay/contract'

/**
 * Outline of how many projects changed on each day, as an SVG path in a box of `days` by 1, the busiest
 * day at the top; square roots, so that quiet days are still seen beside the days of the reports.
 */
export function densityPath(replay: MapReplay): string {
  const counts = replay.days.map(({ id, head }) => Math.sqrt(id.length + head.gone.length))
  const most = Math.max(1, ...counts)
  const bars = counts.map((size, index) => {
    const top = (1 - size / most).toFixed(3)
    return `M${index + 0.55} 1V${top}h0.9V1Z`
  })
  return bars.join('')
}
