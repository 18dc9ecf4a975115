/*
 * Gauss–Krüger plane coordinates on the CGCS2000 ellipsoid, as Chinese surveys deliver them
 * (EPSG:4491–4554). proj4's extended transverse Mercator (Krüger's series after Poder and Engsager)
 * agrees with PROJ 9.5 to 0.1 mm, also beyond the zone's edge. Metres; scale 1 on the central
 * meridian; false easting 500,000 m.
 */
import proj4 from 'proj4'
import { type Position, PositionError } from './position.ts'

/** A plane position in metres; the surveyor's x is the northing, y the easting. */
export type GridPosition = { readonly northingM: number; readonly eastingM: number }

/** One Gauss–Krüger grid. */
export type GaussKruger = {
  /** degrees east */
  readonly centralMeridian: number
  /** Geographic to plane; the easting carries no zone prefix. */
  forward(at: Position): GridPosition
  /** Plane (easting without zone prefix) to geographic degrees. */
  inverse(at: GridPosition): Position
}

/** First and last zone number over China. */
export const ZONES = { 3: [25, 45], 6: [13, 23] } as const

/** What a zone number before the easting is worth: 38,414,289 m is zone 38, 414,289 m. */
export const ZONE_PREFIX_M = 1_000_000

/** The grid of a 3° zone (25–45) or 6° zone (13–23); throws PositionError outside these. */
export function gaussKruger(zoneWidth: 3 | 6, zone: number): GaussKruger {
  return gaussKrugerAt(centralMeridianOf(zoneWidth, zone))
}

/** The central meridian of a zone in degrees east: 3° zone 38 → 114, 6° zone 19 → 111. */
export function centralMeridianOf(zoneWidth: 3 | 6, zone: number): number {
  const [first, last] = ZONES[zoneWidth]
  if (!Number.isInteger(zone) || zone < first || zone > last) {
    throw new PositionError(
      'crs_unknown',
      `zone ${zone} is not a ${zoneWidth}-degree zone of China, expected ${first} to ${last}`,
    )
  }
  return zoneWidth === 3 ? zone * 3 : zone * 6 - 3
}

/** The grid of any central meridian, such as a city's own 113°; throws PositionError outside 72–138. */
export function gaussKrugerAt(centralMeridian: number): GaussKruger {
  if (!(centralMeridian >= 72 && centralMeridian <= 138)) {
    throw new PositionError(
      'crs_unknown',
      `central meridian ${centralMeridian} is not in China, expected 72 to 138 degrees east`,
    )
  }
  return grids.get(centralMeridian) ?? createGrid(centralMeridian)
}

const grids = new Map<number, GaussKruger>()

function createGrid(centralMeridian: number): GaussKruger {
  const converter = proj4(
    `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs`,
  )
  const grid: GaussKruger = {
    centralMeridian,
    forward([lon, lat]) {
      const [eastingM, northingM] = converter.forward<[number, number]>([lon, lat])
      return { northingM, eastingM }
    },
    inverse({ northingM, eastingM }) {
      const [lon, lat] = converter.inverse<[number, number]>([eastingM, northingM])
      return [lon, lat]
    },
  }
  grids.set(centralMeridian, grid)
  return grid
}
