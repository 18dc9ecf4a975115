/** A place on the ground: [lon, lat] in degrees, EPSG:4326 unless a name says otherwise. */
export type Position = readonly [lon: number, lat: number]

/** What can be wrong with a pair of numbers; the first word of every PositionError's message. */
export type PositionErrorCode =
  | 'coordinate_not_finite'
  | 'position_out_of_range'
  | 'position_swapped'
  | 'crs_unknown'
  | 'crs_mismatch'

/** Refusal of coordinates; `message` starts with `code` and names the value and what would be right. */
export class PositionError extends RangeError {
  readonly code: PositionErrorCode

  constructor(code: PositionErrorCode, sentence: string) {
    super(`${code}: ${sentence}`)
    this.name = 'PositionError'
    this.code = code
  }
}

/**
 * The box in which GCJ-02 shifts coordinates, and by which swapped pairs are recognised:
 * [west, south, east, north] in degrees. Larger than China on purpose; it is the one of every
 * published GCJ-02 formula.
 */
export const CHINA_BBOX = [72.004, 0.8293, 137.8347, 55.8271] as const

/** Whether a position lies in CHINA_BBOX, edges included; false for NaN. */
export function inChinaBbox(lon: number, lat: number): boolean {
  const [west, south, east, north] = CHINA_BBOX
  return lon >= west && lon <= east && lat >= south && lat <= north
}

/** Why [lon, lat] degrees cannot be a position as written, or undefined if it can. */
export function positionFault(lon: number, lat: number): PositionError | undefined {
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) {
    return new PositionError(
      'coordinate_not_finite',
      `[${lon}, ${lat}] holds a value that is not a finite number, expected [lon, lat] in degrees`,
    )
  }
  if (isSwapped(lon, lat)) {
    return new PositionError(
      'position_swapped',
      `[${lon}, ${lat}] looks like [lat, lon], expected longitude first: [${lat}, ${lon}]`,
    )
  }
  if (!isInRange(lon, lat)) {
    return new PositionError(
      'position_out_of_range',
      `[${lon}, ${lat}] is off the globe, expected lon in -180..180 and lat in -90..90 degrees`,
    )
  }
  return undefined
}

/** The pair as a Position; throws PositionError where positionFault finds one. */
export function position(lon: number, lat: number): Position {
  const fault = positionFault(lon, lat)
  if (fault) throw fault
  return [lon, lat]
}

/**
 * Whether the pair only makes sense as [lat, lon]: the latitude is beyond 90°, or the pair is
 * outside China and inside it when swapped (the only such pairs in range are in the Arctic sea).
 */
export function isSwapped(lon: number, lat: number): boolean {
  if (!isInRange(lat, lon)) return false
  return !isInRange(lon, lat) || (!inChinaBbox(lon, lat) && inChinaBbox(lat, lon))
}

function isInRange(lon: number, lat: number): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}
