import type { Bounds } from '../map/events.ts'

/** Degrees that are shown around a hotspot: about 5 km. */
const around = 0.05

/** The extent of the sites of one hotspot with what lies around it; null when it has none. */
export function boundsOfSites(
  sites: readonly { lon: number; lat: number; place: string | null }[],
  place: string,
): Bounds | null {
  const own = sites.filter((site) => site.place === place)
  if (own.length === 0) return null
  const lon = own.map((site) => site.lon)
  const lat = own.map((site) => site.lat)
  return [
    Math.min(...lon) - around,
    Math.min(...lat) - around,
    Math.max(...lon) + around,
    Math.max(...lat) + around,
  ]
}
