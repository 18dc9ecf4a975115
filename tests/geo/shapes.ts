import type { Position } from 'geo/position'

/** A closed ring around a box. */
export function box(west: number, south: number, east: number, north: number): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

/** A closed ring of `count` vertices whose distance from the middle is given by angle in turns. */
export function star(
  [lon, lat]: Position,
  count: number,
  radiusAt: (index: number) => number,
): Position[] {
  const ring = Array.from({ length: count }, (_, index): Position => {
    const angle = (index / count) * 2 * Math.PI
    const radius = radiusAt(index)
    return [lon + radius * Math.cos(angle), lat + radius * Math.sin(angle)]
  })
  return ring.concat(ring.slice(0, 1))
}
