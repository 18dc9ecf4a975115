/*
 * Boundaries and label points of units and parks, by the rules that hold for projects' positions:
 * in China, in a system that is stated or decided, and told where they lie outside their unit.
 */
import { type Crs, parseCrs, toWgs84 } from 'geo/crs'
import type { MultiPolygonCoordinates } from 'geo/geojson'
import { labelPoint } from 'geo/polygon'
import { inChinaBbox, type Position, PositionError } from 'geo/position'
import type { Transaction } from '../db/sql.ts'
import type { Finding } from './contract.ts'
import { aboutFile, type Draft, flag } from './draft.ts'
import { positionWords, postgisWords } from './geometry-words.ts'
import { placePoints, warnOutside } from './place-points.ts'
import { type Preparing, present } from './prepare.ts'
import type { Fact, Scalar } from './store.ts'
import type { Place, PlaceIndex } from './unit-index.ts'

interface PlacedAreas {
  crs: string
  findings: Finding[]
  valuesOf: (draft: Draft) => Record<string, Scalar>
}

/** Boundary and label point of each row in EPSG:4326; `unitOf` names the unit that it should lie in. */
export async function placeAreas(
  given: Preparing,
  units: PlaceIndex,
  unitOf: (draft: Draft) => Place | undefined,
): Promise<PlacedAreas> {
  const { drafts } = given.table
  const crs = systemOf(given)
  const boundaries = new Map(drafts.map((draft) => [draft, boundaryOf(draft, crs)]))
  const points = drafts.filter(({ pair }) => pair !== null)
  const placed = await placePoints(points, units, unitOf, given.requested, given.stated)
  for (const [draft, boundary] of boundaries) {
    if (boundary && !draft.pair) placeLabel(draft, boundary, units, unitOf(draft))
  }
  const drawn = [...boundaries.values()].some((boundary) => boundary !== null)
  const whole = given.requested === 'auto' && given.stated === null ? 'auto' : crs
  return {
    crs: points.length > 0 ? placed.crs : whole,
    findings: [...placed.findings, ...(drawn ? crsFindings(given, crs) : [])],
    valuesOf: (draft) => {
      const { lon, lat } = draft.values
      const boundary = boundaries.get(draft)
      return present<Scalar>({
        boundary: boundary ? canonical(boundary) : undefined,
        lon: typeof lon === 'number' ? lon : undefined,
        lat: typeof lat === 'number' ? lat : undefined,
      })
    },
  }
}

function systemOf(given: Preparing): Crs {
  if (given.requested !== 'auto') return given.requested
  const stated = parseCrs(given.stated ?? 'wgs84')
  return stated === 'auto' ? 'wgs84' : stated
}

/** A boundary in degrees shows no system: what the file states, else that of the standard. */
function crsFindings(given: Preparing, crs: Crs): Finding[] {
  if (given.requested !== 'auto') return []
  if (crs !== 'wgs84') {
    const message = `边界按文件写明的坐标系 ${crs} 换算`
    return [aboutFile('note', 'CRS_STATED', message, null, crs)]
  }
  const message =
    '边界按 WGS 84 / CGCS2000 登记（GeoJSON 标准的规定）：如果来自高德、DataV（gcj02）或百度（bd09）会偏几百米，请用 --crs 指明'
  return [aboutFile('warn', 'CRS_ASSUMED', message, null, 'wgs84')]
}

/** The polygons of a row in EPSG:4326; a point is kept as the row's pair. */
function boundaryOf(draft: Draft, crs: Crs): MultiPolygonCoordinates | null {
  const { shape } = draft
  if (!shape) return null
  if ('fault' in shape) {
    flag(draft, 'refuse', 'GEOMETRY_INVALID', 'geometry', null, `边界有误：${shape.fault}`)
    return null
  }
  const { geometry } = shape
  if (geometry.type === 'Point') {
    draft.pair ??= { x: geometry.coordinates[0], y: geometry.coordinates[1] }
    return null
  }
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    const message = `几何是 ${geometry.type}：边界应为 Polygon 或 MultiPolygon`
    flag(draft, 'refuse', 'GEOMETRY_TYPE', 'geometry', geometry.type, message)
    return null
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return converted(draft, polygons, crs)
}

function converted(
  draft: Draft,
  polygons: MultiPolygonCoordinates,
  crs: Crs,
): MultiPolygonCoordinates | null {
  try {
    const moved = polygons.map((rings) =>
      rings.map((ring) => ring.map(([x, y]) => rounded(toWgs84(crs, x, y)))),
    )
    const abroad = moved.flat(2).find(([lon, lat]) => !inChinaBbox(lon, lat))
    if (!abroad) return moved
    const shown = abroad.join(', ')
    const message = `边界的顶点“${shown}”不在中国范围内（经度约 73–135，纬度约 3–54）：请核对坐标和坐标系`
    flag(draft, 'refuse', 'POSITION_ABROAD', 'geometry', shown, message)
  } catch (error) {
    if (!(error instanceof PositionError)) throw error
    const message = `边界的坐标不能按 ${crs} 换算：${positionWords(error)}`
    flag(draft, 'refuse', error.code.toUpperCase(), 'geometry', null, message)
  }
  return null
}

/** The name goes inside the boundary where the file names no place for it. */
function placeLabel(
  draft: Draft,
  coordinates: MultiPolygonCoordinates,
  units: PlaceIndex,
  unit: Place | undefined,
): void {
  const [lon, lat] = rounded(labelPoint({ type: 'MultiPolygon', coordinates }))
  draft.values['lon'] = lon
  draft.values['lat'] = lat
  warnOutside(draft, [lon, lat], units, unit)
}

/** Nine decimals, a tenth of a millimetre, as PostGIS gives it back: so that equal stays equal. */
const rounded = ([lon, lat]: Position): [number, number] => [
  Number(lon.toFixed(9)),
  Number(lat.toFixed(9)),
]

const canonical = (coordinates: MultiPolygonCoordinates) =>
  JSON.stringify({ type: 'MultiPolygon', coordinates })

/** What our own check leaves to PostGIS: polygons that overlap, an interior cut in two. */
export async function refuseInvalid(tx: Transaction, facts: readonly Fact[]): Promise<void> {
  const drawn = facts.flatMap((fact) => fact.values['boundary'] ?? [])
  if (drawn.length === 0) return
  const rows = await tx<{ place: number; reason: string }[]>`
    select place::int, st_isvalidreason(st_geomfromgeojson(boundary)) as reason
      from jsonb_array_elements_text(${JSON.stringify(drawn)}::text::jsonb)
           with ordinality as given(boundary, place)
     where not st_isvalid(st_geomfromgeojson(boundary))`
  const withBoundary = facts.filter(({ values }) => values['boundary'] !== undefined)
  for (const { place, reason } of rows) {
    const fact = withBoundary[place - 1]
    if (fact)
      flag(
        fact.draft,
        'refuse',
        'GEOMETRY_INVALID',
        'geometry',
        null,
        `边界有误：${postgisWords(reason)}`,
      )
  }
}
