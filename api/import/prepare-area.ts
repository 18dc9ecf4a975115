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
import { positionWords, postgisWords } from './geometry-words.ts'
import { type Prepared, type Preparing, present } from './prepare.ts'
import { makeCode, refuseRepeats, unitFor } from './project-index.ts'
import { type Existing, type Fact, factOf, readExisting, type Scalar } from './store.ts'
import { TABLES } from './tables.ts'
import { type Place, type PlaceIndex, plainName, readParks, readUnits } from './unit-index.ts'

/** Facts of unit or park rows, their boundaries checked and in EPSG:4326. */
export async function prepareAreas(given: Preparing): Promise<Prepared> {
  const { tx, table } = given
  const noun = table.noun === 'unit' ? 'unit' : 'park'
  const units = await readUnits(tx)
  const index = noun === 'unit' ? units : await readParks(tx)
  const crs = systemOf(given)
  await refuseRepeats(table.drafts, (draft) => [
    textOf(draft, 'code'),
    plainName(textOf(draft, 'name') ?? '') || undefined,
  ])
  const matched = table.drafts.map((draft) => ({ draft, place: matchPlace(draft, index) }))
  const places = new Map(matched.map(({ draft, place }) => [draft, place]))
  const ids = matched.flatMap(({ place }) => place?.id ?? [])
  const existing = new Map(
    (await readExisting(tx, TABLES[noun], 'id', ids)).map((row) => [row.id, row]),
  )
  const facts: Fact[] = []
  for (const { draft, place } of matched) {
    const before = place ? (existing.get(place.id) ?? null) : null
    if (noun === 'park' && !before) setMadeCode(draft, units)
    const values: Record<string, Scalar> = {
      ...commonValues(draft, before),
      ...(noun === 'unit' ? unitValues(draft, before) : parkValues(draft, units, before)),
      ...areaValues(draft, crs, before),
    }
    const parent = noun === 'unit' ? parentOf(draft, units, table.drafts) : {}
    if (parent.id !== undefined) values['parentId'] = parent.id
    const fact = factOf(draft, TABLES[noun], before, values, '', parent.code)
    if (fact) facts.push(fact)
  }
  await refuseInvalid(tx, facts)
  return {
    facts,
    crs: given.requested === 'auto' && given.stated === null ? 'auto' : crs,
    findings: crsFindings(given, facts),
    similar: new Map(),
    isNew: (draft) => !places.get(draft),
    identify: (draft) => places.get(draft) ?? null,
  }
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

function matchPlace(draft: Draft, index: PlaceIndex): Place | undefined {
  const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
  const byCode = index.all.find((place) => place.code === code)
  const byName = index.all.find(
    (place) => name !== undefined && plainName(place.name) === plainName(name),
  )
  if (byCode && byName && byCode.id !== byName.id) {
    const message = `编码 ${code} 是${byCode.name}，名称“${name}”的编码是 ${byName.code}：请改正其中一个`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', code, message)
  }
  return byCode ?? byName
}

/** A park of a list without codes gets one from its unit and name, as a project does. */
function setMadeCode(draft: Draft, units: PlaceIndex): void {
  const name = textOf(draft, 'name')
  const unit = textOf(draft, 'unit')
  const code = unit === undefined ? undefined : units.find(unit)?.code
  if (name !== undefined && code !== undefined) draft.values['code'] ??= makeCode(code, name)
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
  units: PlaceIndex,
  before: Existing | null,
): Record<string, Scalar> {
  const unit = unitFor(draft, units)
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
      positionWords(error),
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

function parentOf(
  draft: Draft,
  units: PlaceIndex,
  drafts: readonly Draft[],
): { id?: number; code?: string } {
  const text = textOf(draft, 'parent')
  if (text === undefined) return {}
  const known = units.find(text)
  if (known) return { id: known.id }
  const inFile = drafts.find((one) => textOf(one, 'code') === text || textOf(one, 'name') === text)
  const code = inFile && textOf(inFile, 'code')
  if (code !== undefined && inFile !== draft) return { code }
  // County files as published name a city that they do not contain.
  const message = `没有上级“${text}”，上级留空：需要时请填写已有单位或本文件中另一行的编码或名称`
  flag(draft, 'warn', 'PARENT_UNKNOWN', 'parent', text, message)
  return {}
}

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
