/*
 * Units and parks: places with a boundary.
 */
import { type Draft, flag, numberOf, textOf } from './draft.ts'
import { unitFor } from './find-unit.ts'
import { matchPark, matchUnit, type Parent, parentsOf, refuseSameUnits } from './match-area.ts'
import { placeAreas, refuseInvalid } from './place-areas.ts'
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
  const shapes = await placeAreas(given, units, (draft) => rows.get(draft)?.unit)
  const facts: Fact[] = []
  for (const { draft, unit, parent, place } of rows.values()) {
    const before = place ? (existing.get(place.id) ?? null) : null
    const values: Record<string, Scalar> = {
      ...commonValues(draft, before),
      ...(isUnit ? unitValues(draft, before) : parkValues(draft, unit, before)),
      ...shapes.valuesOf(draft),
    }
    if (parent.id !== undefined) values['parentId'] = parent.id
    const fact = factOf(draft, spec, before, values, '', parent.code)
    if (fact) facts.push(fact)
  }
  await refuseInvalid(tx, facts)
  return {
    facts,
    crs: shapes.crs,
    findings: shapes.findings,
    similar: new Map(),
    isNew: (draft) => !rows.get(draft)?.place,
    identify: (draft) => rows.get(draft)?.place ?? null,
    nameOf: (field, id) =>
      /^(unit|parent)Id$/.test(field) ? units.byId.get(Number(id))?.name : undefined,
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
