/*
 * GCJ-02 (火星坐标), the shifted datum of Chinese web maps (高德, 腾讯). Degrees in and out,
 * [lon, lat]. The formula is not official: it is the one that was recovered by curve fitting and
 * that every open implementation carries (eviltransform, coordtransform); it agrees with the
 * official shift to about a metre. Positions outside CHINA_BBOX are not shifted.
 */
import { unshifted } from './fixed-point.ts'
import { inChinaBbox, type Position } from './position.ts'

// Krasovsky 1940, which the formula is built on
const SEMI_MAJOR_M = 6378245
const ECCENTRICITY_SQUARED = 0.006693421622965943

/** Shifts a WGS 84 / CGCS2000 position to GCJ-02, a few hundred metres away. */
export function wgs84ToGcj02(at: Position): Position {
  const [lon, lat] = at
  if (!inChinaBbox(lon, lat)) return [lon, lat]
  return shifted(at)
}

/**
 * The WGS 84 position whose forward shift is the given GCJ-02 position, by fixed-point iteration:
 * forward(inverse(p)) = p within 1e-10° (0.01 mm). Outside CHINA_BBOX the position is returned as it is;
 * in the shift-wide strip along the box's edge the forward shift is ambiguous and so is this.
 */
export function gcj02ToWgs84(at: Position): Position {
  const [lon, lat] = at
  if (!inChinaBbox(lon, lat)) return [lon, lat]
  return unshifted(shifted, at, at)
}

function shifted([lon, lat]: Position): Position {
  const phi = (lat * Math.PI) / 180
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2
  const root = Math.sqrt(magic)
  const meridian_m = (SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (magic * root)
  const parallel_m = (SEMI_MAJOR_M / root) * Math.cos(phi)
  const east_m = eastShift(lon - 105, lat - 35)
  const north_m = northShift(lon - 105, lat - 35)
  return [
    lon + (east_m * 180) / (parallel_m * Math.PI),
    lat + (north_m * 180) / (meridian_m * Math.PI),
  ]
}

function eastShift(x: number, y: number): number {
  const trend = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return (
    trend +
    wave(20, x * 6) +
    wave(20, x * 2) +
    wave(20, x) +
    wave(40, x / 3) +
    wave(150, x / 12) +
    wave(300, x / 30)
  )
}

function northShift(x: number, y: number): number {
  const trend = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return (
    trend +
    wave(20, x * 6) +
    wave(20, x * 2) +
    wave(20, y) +
    wave(40, y / 3) +
    wave(160, y / 12) +
    wave(320, y / 30)
  )
}

/** Two thirds of amplitude × sin(π × turns), the shape of every term of the shift. */
function wave(amplitude: number, turns: number): number {
  return (amplitude * Math.sin(turns * Math.PI) * 2) / 3
}
