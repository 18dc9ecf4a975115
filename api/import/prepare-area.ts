/*
 * Units and parks: places with a boundary.
 */
import type { Crs } from 'geo/crs'
import { parseCrs, toWgs84 } from 'geo/crs'
import type { MultiPolygonCoordinates } from 'geo/geojson'
import { labelPoint } from 'geo/polygon'
import { PositionError } from 'geo/position'
import type { Transaction } from '../db/sql.ts'
import { aboutFile, type Draft, flag, numberOf, textOf } from './draft.ts'
import { unitFor } from './find-unit.ts'
import { matchPark, matchUnit, type Parent, parentsOf, refuseSameUnits } from './match-area.ts'
import { type Prepared, type Preparing, present } from './prepare.ts'
import { makeCode, refuseRepeats } from './project-index.ts'
import { type Existing, type Fact, factOf, readExisting, type Scalar } from './store.ts'
import { TABLES } from './tables.ts'
import { type Place, type PlaceIndex, plainName, readParks, readUnits } from './unit-index.ts'

interface Row {
  draft: Draft
  /** The unit that a park's row names. */
  unit: Place | undefined
  /** What a unit's row names above it. */
  parent: Parent
  place: Place | undefined
}

/** Facts of unit or park rows, their boundaries checked and in EPSG:4326. */
export async function prepareAreas(given: Preparing): Promise<Prepared> {
  const { tx, table } = given
  const units = await readUnits(tx)
  const isUnit = table.noun === 'unit'
  const rows = isUnit ? await unitRows(table.drafts, units) : await parkRows(given, units)
  const spec = isUnit ? TABLES.unit : TABLES.park
  const ids = [...rows.values()].flatMap(({ place }) => place?.id ?? [])
  const existing = new Map((await readExisting(tx, spec, 'id', ids)).map((row) => [row.id, row]))
  const crs = systemOf(given)
  const facts: Fact[] = []
  for (const { draft, unit, parent, place } of rows.values()) {
    const before = place ? (existing.get(place.id) ?? null) : null
    const values: Record<string, Scalar> = {
      ...commonValues(draft, before),
      ...(isUnit ? unitValues(draft, before) : parkValues(draft, unit, before)),
      ...areaValues(draft, crs, before),
    }
    if (parent.id !== undefined) values['parentId'] = parent.id
    const fact = factOf(draft, spec, before, values, '', parent.code)
    if (fact) facts.push(fact)
  }
  await refuseInvalid(tx, facts)
  return {
    facts,
    crs: given.requested === 'auto' && given.stated === null ? 'auto' : crs,
    findings: crsFindings(given, facts),
    similar: new Map(),
    isNew: (draft) => !rows.get(draft)?.place,
    identify: (draft) => rows.get(draft)?.place ?? null,
  }
}

async function unitRows(drafts: readonly Draft[], units: PlaceIndex): Promise<Map<Draft, Row>> {
  const parents = parentsOf(drafts, units)
  await refuseRepeats(drafts, (draft) => [textOf(draft, 'code')])
  refuseSameUnits(drafts, parents)
  const rows = drafts.map((draft): [Draft, Row] => {
    const parent = parents.get(draft) ?? {}
    return [draft, { draft, unit: undefined, parent, place: matchUnit(draft, units, parent) }]
  })
  return new Map(rows)
}

async function parkRows({ tx, table }: Preparing, units: PlaceIndex): Promise<Map<Draft, Row>> {
  const parks = await readParks(tx)
  const rows = new Map<Draft, Row>()
  for (const draft of table.drafts) {
    const unit = unitFor(draft, units)
    const place = matchPark(draft, parks, unit)
    if (!place) setMadeCode(draft, unit)
    rows.set(draft, { draft, unit, parent: {}, place })
  }
  await refuseRepeats(table.drafts, (draft) => {
    const [name, row] = [textOf(draft, 'name'), rows.get(draft)]
    const unitId = row?.unit?.id ?? row?.place?.unitId ?? ''
    return [
      textOf(draft, 'code'),
      name && `name ${unitId} ${plainName(name)}`,
      row?.place && `park ${row.place.id}`,
    ]
  })
  return rows
}

function systemOf(given: Preparing): Crs {
  if (given.requested !== 'auto') return given.requested
  const stated = parseCrs(given.stated ?? 'wgs84')
  return stated === 'auto' ? 'wgs84' : stated
}

function crsFindings(given: Preparing, facts: readonly Fact[]) {
  const drawn = facts.some(({ values }) => values['boundary'] !== undefined)
  if (given.requested !== 'auto' || !drawn) return []
  const message =
    '边界按 WGS 84 / CGCS2000 登记（GeoJSON 标准的规定）：如果来自高德、DataV（gcj02）或百度（bd09）会偏几百米，请用 --crs 指明'
  return [aboutFile('warn', 'CRS_ASSUMED', message, null, 'wgs84')]
}

/** A park of a list without codes gets one from its unit and name, as a project does. */
function setMadeCode(draft: Draft, unit: Place | undefined): void {
  const name = textOf(draft, 'name')
  if (name !== undefined && unit) draft.values['code'] ??= makeCode(unit.code, name)
}

function commonValues(draft: Draft, before: Existing | null): Record<string, Scalar> {
  const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
  if (!before && (code === undefined || name === undefined)) {
    const field = name === undefined ? 'name' : 'code'
    flag(
      draft,
      'refuse',
      'FIELD_MISSING',
      field,
      null,
      `缺少${name === undefined ? '名称' : '编码'}：请填写`,
    )
  }
  return present({
    code,
    name,
    provenance: textOf(draft, 'provenance') ?? (before ? undefined : 'reported'),
    sourceTitle: textOf(draft, 'sourceTitle'),
    sourceDate: textOf(draft, 'sourceDate'),
  })
}

function unitValues(draft: Draft, before: Existing | null): Record<string, Scalar> {
  const reports = draft.values['reports']
  const level = textOf(draft, 'level') ?? (before ? undefined : 'unit')
  return present<Scalar>({
    shortName: textOf(draft, 'shortName') ?? (before ? undefined : textOf(draft, 'name')),
    level,
    reports: typeof reports === 'boolean' ? reports : before ? undefined : level === 'unit',
    ordinal: numberOf(draft, 'ordinal') ?? (before ? undefined : 0),
  })
}

function parkValues(
  draft: Draft,
  unit: Place | undefined,
  before: Existing | null,
): Record<string, Scalar> {
  if (!unit && !before) {
    flag(draft, 'refuse', 'FIELD_MISSING', 'unit', null, '新园区缺少填报单位：请填写')
  }
  return present<Scalar>({
    unitId: unit?.id,
    boundaryQuality: textOf(draft, 'boundaryQuality') ?? (before ? undefined : 'approximate'),
  })
}

/** Boundary as GeoJSON text, and the point for its label: the file's, else inside the boundary. */
function areaValues(draft: Draft, crs: Crs, before: Existing | null): Record<string, Scalar> {
  const polygons = boundaryOf(draft, crs)
  const pair = draft.pair
  let label: readonly [number, number] | null = null
  try {
    if (pair) label = toWgs84(crs, pair.x, pair.y)
    else if (polygons) label = labelPoint({ type: 'MultiPolygon', coordinates: polygons })
  } catch (error) {
    if (!(error instanceof PositionError)) throw error
    flag(
      draft,
      'refuse',
      error.code.toUpperCase(),
      'position',
      pair && `${pair.x}, ${pair.y}`,
      error.message,
    )
  }
  const boundary = polygons && canonical(polygons)
  return present<Scalar>({
    boundary: boundary === before?.['boundary'] ? before?.['boundary'] : boundary,
    lon: label ? Number(label[0].toFixed(9)) : undefined,
    lat: label ? Number(label[1].toFixed(9)) : undefined,
  })
}

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
  return polygons.map((rings) =>
    rings.map((ring) => ring.map(([x, y]) => rounded(toWgs84(crs, x, y)))),
  )
}

/** Nine decimals, a tenth of a millimetre, as PostGIS gives it back: so that equal stays equal. */
const rounded = ([lon, lat]: readonly [number, number]): [number, number] => [
  Number(lon.toFixed(9)),
  Number(lat.toFixed(9)),
]

const canonical = (coordinates: MultiPolygonCoordinates) =>
  JSON.stringify({ type: 'MultiPolygon', coordinates })

/** What our own check leaves to PostGIS: polygons that overlap, an interior cut in two. */
async function refuseInvalid(tx: Transaction, facts: readonly Fact[]): Promise<void> {
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
      flag(fact.draft, 'refuse', 'GEOMETRY_INVALID', 'geometry', null, `边界有误：${reason}`)
  }
}
