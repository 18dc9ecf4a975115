import fc from 'fast-check'
import type { Position } from 'geo/position'

/** Any position in China's mainland latitudes, well inside the box of the GCJ-02 shift. */
export const chinesePosition: fc.Arbitrary<Position> = fc.tuple(
  fc.double({ min: 74, max: 135, noNaN: true }),
  fc.double({ min: 18, max: 53, noNaN: true }),
)

/** The larger of the differences in lon and lat, in degrees. */
export function degreesApart(a: Position, b: Position): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]))
}
