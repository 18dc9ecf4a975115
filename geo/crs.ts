/*
 * The coordinate systems in which Chinese files give positions, by name, and the way from each to
 * EPSG:4326. CGCS2000 and WGS 84 are treated as one: they agree to centimetres.
 */
import { bd09ToGcj02 } from './bd09.ts'
import {
  centralMeridianOf,
  type GaussKruger,
  type GridPosition,
  gaussKruger,
  gaussKrugerAt,
  ZONE_PREFIX_M,
  ZONES,
} from './cgcs2000.ts'
import { distanceM } from './distance.ts'
import { gcj02ToWgs84 } from './gcj02.ts'
import { inChinaBbox, isSwapped, type Position, PositionError, position } from './position.ts'

type GeographicCrs = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09'
type GridCrs = `gk${3 | 6}-${number}` | `gk${3 | 6}-cm${number}`

/**
 * A coordinate system: degrees, or Gauss–Krüger metres on CGCS2000 by zone (`gk3-38`, `gk6-19`) or
 * by central meridian (`gk3-cm114`, `gk3-cm113`).
 */
export type Crs = GeographicCrs | GridCrs

/** One reading of a pair of numbers. */
export type Candidate = {
  readonly crs: Crs
  /** where the pair lies in EPSG:4326 if this reading is right */
  readonly position: Position
  /**
   * The pair was given latitude or northing first. For metres that is the surveyor's usual order
   * and certain; for degrees it is a fault in the file, to be reported before it is used.
   */
  readonly swapped: boolean
}

const GEOGRAPHIC: ReadonlyMap<string, GeographicCrs> = new Map([
  ['wgs84', 'wgs84'],
  ['epsg:4326', 'wgs84'],
  ['crs84', 'wgs84'],
  ['cgcs2000', 'cgcs2000'],
  ['epsg:4490', 'cgcs2000'],
  ['国家2000', 'cgcs2000'],
  ['gcj02', 'gcj02'],
  ['火星坐标', 'gcj02'],
  ['bd09', 'bd09'],
  ['bd09ll', 'bd09'],
  ['百度坐标', 'bd09'],
])

/** EPSG's runs of CGCS2000 grids: first code, last code, zone width, whether the easting is prefixed. */
const EPSG_GRIDS = [
  [4491, 4501, 6, true],
  [4502, 4512, 6, false],
  [4513, 4533, 3, true],
  [4534, 4554, 3, false],
] as const

/**
 * The system that a user named: `auto`, `wgs84`, `cgcs2000`, `gcj02`, `bd09`, `gk3-38`, `gk6-19`,
 * `gk3-cm114`, or an EPSG code of CGCS2000; upper case, spaces and hyphens as in `GCJ-02` are fine.
 * Throws PositionError (`crs_unknown`).
 */
export function parseCrs(name: string): Crs | 'auto' {
  const plain = name.trim().toLowerCase().replaceAll(/[\s_]/g, '')
  if (plain === 'auto') return 'auto'
  const geographic = GEOGRAPHIC.get(plain) ?? GEOGRAPHIC.get(plain.replaceAll('-', ''))
  if (geographic) return geographic
  const epsg = /^epsg:(\d{4})$/.exec(plain)
  const grid = epsg ? gridOfEpsg(Number(epsg[1])) : gridOfName(plain)
  if (!grid) {
    throw new PositionError(
      'crs_unknown',
      `"${name}" is not a coordinate system, expected auto, wgs84, cgcs2000, gcj02, bd09, gk3-38, gk6-19, gk3-cm114 or EPSG:4491 to EPSG:4554`,
    )
  }
  gridOf(grid)
  return grid
}

/**
 * The EPSG:4326 position of a pair in a known system. Degrees are x = lon, y = lat and never
 * swapped silently; metres may come in either order and with or without zone prefix, decided by
 * magnitude. Throws PositionError where the pair cannot be in that system.
 */
export function toWgs84(crs: Crs, x: number, y: number): Position {
  switch (crs) {
    case 'wgs84':
    case 'cgcs2000':
      return position(x, y)
    case 'gcj02':
      return gcj02ToWgs84(position(x, y))
    case 'bd09':
      return gcj02ToWgs84(bd09ToGcj02(position(x, y)))
    default:
      return gridToWgs84(crs, x, y)
  }
}

/**
 * Every system that a pair could be in, with its position; empty where none fits.
 * Degrees: wgs84, gcj02 and bd09 cannot be told apart without knowing where the point should lie
 * (cgcs2000 is wgs84 here). Metres with a zone prefix: that zone. Metres without: each standard
 * central meridian (3° steps; a 6° zone has one of them). `near` (such as the middle of the city)
 * puts the closest reading first.
 */
export function candidates(x: number, y: number, near?: Position): Candidate[] {
  const found = Math.abs(x) <= 180 && Math.abs(y) <= 180 ? degreeReadings(x, y) : gridReadings(x, y)
  if (!near) return found
  return found.sort((a, b) => distanceM(a.position, near) - distanceM(b.position, near))
}

function degreeReadings(x: number, y: number): Candidate[] {
  const swapped = isSwapped(x, y)
  const [lon, lat] = swapped ? [y, x] : [x, y]
  if (Math.abs(lat) > 90) return []
  const systems: GeographicCrs[] = inChinaBbox(lon, lat) ? ['wgs84', 'gcj02', 'bd09'] : ['wgs84']
  return systems.map((crs) => ({ crs, position: toWgs84(crs, lon, lat), swapped }))
}

function gridReadings(x: number, y: number): Candidate[] {
  const pair = readGridPair(x, y)
  if (!pair) return []
  const { zone, swapped } = pair
  if (zone !== undefined) {
    const crs: Crs = zone <= ZONES[6][1] ? `gk6-${zone}` : `gk3-${zone}`
    return [{ crs, position: gridOf(crs).inverse(pair), swapped }]
  }
  const readings: Candidate[] = []
  for (let number = ZONES[3][0]; number <= ZONES[3][1]; number++) {
    const meridian = centralMeridianOf(3, number)
    const at = gaussKrugerAt(meridian).inverse(pair)
    if (inChinaBbox(at[0], at[1]))
      readings.push({ crs: `gk3-cm${meridian}`, position: at, swapped })
  }
  return readings
}

function gridToWgs84(crs: GridCrs, x: number, y: number): Position {
  const grid = gridOf(crs)
  const pair = readGridPair(x, y)
  if (!pair) {
    throw new PositionError(
      'crs_mismatch',
      `(${x}, ${y}) is not in ${crs}, expected metres: a northing of 1,000,000 to 6,500,000 and an easting of 50,000 to 950,000 with or without zone number before it`,
    )
  }
  const { zone } = pair
  if (zone !== undefined && meridianOfPrefix(zone) !== grid.centralMeridian) {
    throw new PositionError(
      'crs_mismatch',
      `(${x}, ${y}) says zone ${zone} (central meridian ${meridianOfPrefix(zone)}°), but ${crs} has ${grid.centralMeridian}°`,
    )
  }
  return grid.inverse(pair)
}

type GridPair = GridPosition & { readonly zone: number | undefined; readonly swapped: boolean }

/**
 * Northing and easting of a pair in metres, whichever order. An easting without prefix is below
 * 950,000 and one with prefix above 13,000,000, a northing in between: north of 9°N, which is all
 * of China's land, no pair can be read both ways.
 */
function readGridPair(x: number, y: number): GridPair | undefined {
  const straight = isNorthing(y) ? readEasting(x) : undefined
  if (straight) return { ...straight, northingM: y, swapped: false }
  const turned = isNorthing(x) ? readEasting(y) : undefined
  return turned && { ...turned, northingM: x, swapped: true }
}

function isNorthing(value: number): boolean {
  return value >= 1_000_000 && value <= 6_500_000
}

function readEasting(value: number): { eastingM: number; zone: number | undefined } | undefined {
  const prefix = Math.floor(value / ZONE_PREFIX_M)
  const eastingM = value - prefix * ZONE_PREFIX_M
  if (!(eastingM >= 50_000 && eastingM <= 950_000)) return undefined
  if (prefix === 0) return { eastingM, zone: undefined }
  return meridianOfPrefix(prefix) === undefined ? undefined : { eastingM, zone: prefix }
}

/** The central meridian that a zone prefix names; 6° prefixes end at 23, 3° prefixes begin at 25. */
function meridianOfPrefix(prefix: number): number | undefined {
  if (prefix >= ZONES[6][0] && prefix <= ZONES[6][1]) return centralMeridianOf(6, prefix)
  if (prefix >= ZONES[3][0] && prefix <= ZONES[3][1]) return centralMeridianOf(3, prefix)
  return undefined
}

function gridOfName(name: string): GridCrs | undefined {
  const [, width, meridianMark, digits] = /^gk([36])-(cm)?(\d{2,3}(?:\.\d+)?)$/.exec(name) ?? []
  if (width === undefined || digits === undefined) return undefined
  return gridName(width === '3' ? 3 : 6, meridianMark !== undefined, Number(digits))
}

function gridOfEpsg(code: number): GridCrs | undefined {
  for (const [first, last, width, prefixed] of EPSG_GRIDS) {
    if (code < first || code > last) continue
    const zone = ZONES[width][0] + code - first
    return gridName(width, !prefixed, prefixed ? zone : centralMeridianOf(width, zone))
  }
  return undefined
}

function gridName(width: 3 | 6, byMeridian: boolean, value: number): GridCrs {
  return byMeridian ? `gk${width}-cm${value}` : `gk${width}-${value}`
}

/** The grid that a name means; throws PositionError for a zone or meridian outside China. */
function gridOf(crs: GridCrs): GaussKruger {
  const width = crs.startsWith('gk3') ? 3 : 6
  const value = crs.slice('gk3-'.length)
  if (value.startsWith('cm')) return gaussKrugerAt(Number(value.slice('cm'.length)))
  return gaussKruger(width, Number(value))
}
