import type { Position } from './position.ts'

const TOLERANCE_DEG = 1e-11
const ROUNDS = 20

/**
 * The position that `shift` moves to `to`, by fixed-point iteration: each round takes the remaining
 * error off the guess. For shifts that change little over their own length, as those of web maps.
 * Degrees; ends when the error is below 1e-11° or after 20 rounds.
 */
export function unshifted(
  shift: (at: Position) => Position,
  to: Position,
  guess: Position,
): Position {
  let [lon, lat] = guess
  for (let round = 0; round < ROUNDS; round++) {
    const [shiftedLon, shiftedLat] = shift([lon, lat])
    const errorLon = shiftedLon - to[0]
    const errorLat = shiftedLat - to[1]
    lon -= errorLon
    lat -= errorLat
    if (Math.max(Math.abs(errorLon), Math.abs(errorLat)) < TOLERANCE_DEG) break
  }
  return [lon, lat]
}
