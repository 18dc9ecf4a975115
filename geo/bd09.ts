/*
 * BD-09 (百度坐标): GCJ-02 shifted once more by Baidu. Degrees in and out, [lon, lat]. Formula as in
 * eviltransform and coordtransform. Their inverse is approximate (up to 1e-6°); ours is iterated.
 */
import { unshifted } from './fixed-point.ts'
import type { Position } from './position.ts'

const X_PI = (Math.PI * 3000) / 180
const OFFSET_LON = 0.0065
const OFFSET_LAT = 0.006

/** Shifts a GCJ-02 position to BD-09. */
export function gcj02ToBd09(at: Position): Position {
  const [lon, lat] = at
  const radius = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * X_PI)
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * X_PI)
  return [radius * Math.cos(angle) + OFFSET_LON, radius * Math.sin(angle) + OFFSET_LAT]
}

/** The GCJ-02 position whose BD-09 shift is the given position, within 1e-9° (0.1 mm). */
export function bd09ToGcj02(at: Position): Position {
  const [lon, lat] = at
  return unshifted(gcj02ToBd09, at, [lon - OFFSET_LON, lat - OFFSET_LAT])
}
