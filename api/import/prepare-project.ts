/*
 * Project rows: matched, checked, placed and compared; their plans, monthly plans and milestones
 * go on as rows of those tables.
 */
import { pinyin } from 'pinyin-pro'
import { checkArithmetic } from './check-arithmetic.ts'
import { readStage } from './choice.ts'
import { aboutFile, type Draft, flag, isRefused, textOf } from './draft.ts'
import { placePoints } from './place-points.ts'
import { type Prepared, type Preparing, present } from './prepare.ts'
import { prepareDated } from './prepare-dated.ts'
import {
  type Known,
  makeCode,
  matchProject,
  type ProjectIndex,
  readProjects,
  refuseRepeats,
  unitFor,
} from './project-index.ts'
import { similarFinder } from './similar.ts'
import { type Existing, type Fact, factOf, readExisting, type Scalar } from './store.ts'
import { TABLES } from './tables.ts'
import { type Place, type PlaceIndex, plainName, readParks, readUnits } from './unit-index.ts'

interface Row {
  draft: Draft
  unit: Place | undefined
  known: Known | null
  code: string
}

const COPIED = [
  'name',
  'category',
  'industry',
  'sideState',
  'totalWan',
  'areaMu',
  'addressText',
  'ownerEnterprise',
  'leadDepartment',
  'contactLeader',
  'serviceOfficer',
  'servicePhone',
  'note',
  'provenance',
  'sourceTitle',
  'sourceDate',
] as const

/** Facts of project rows and of the plans, months and milestones that they carry. */
export async function prepareProjects(given: Preparing): Promise<Prepared> {
  const { tx, table } = given
  const [units, parks, index] = [await readUnits(tx), await readParks(tx), await readProjects(tx)]
  const unitIds = new Map<Draft, Place | undefined>()
  for (const draft of table.drafts) unitIds.set(draft, unitFor(draft, units))
  const rows = table.drafts.map((draft) => matchRow(draft, unitIds.get(draft), index))
  refuseRepeats(table.drafts, (draft) => {
    const unit = unitIds.get(draft)
    const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
    return [code && `code ${code}`, name && unit && `name ${unit.id} ${plainName(name)}`]
  })
  const byDraft = new Map(rows.map((row) => [row.draft, row]))
  const home = (draft: Draft) => {
    const row = byDraft.get(draft)
    return row?.unit ?? (row?.known ? units.byId.get(row.known.unitId) : undefined)
  }
  const placed = placePoints(table.drafts, units, home, given.requested, given.stated)
  const ids = rows.flatMap(({ known }) => known?.id ?? [])
  const existing = new Map(
    (await readExisting(tx, TABLES.project, 'id', ids)).map((row) => [row.id, row]),
  )
  const facts = rows.map((row) => projectFact(row, row.known && existing.get(row.known.id), parks))
  resolveParents(facts, rows, index)
  const { similar, findings } = offerSimilar(rows, index)
  const dated = await prepareDated(given, rows)
  return {
    facts: [...inWaves(facts), ...dated.facts],
    crs: placed.crs,
    findings: [...placed.findings, ...findings, ...dated.findings],
    similar,
    identity: new Map(
      rows.map(({ draft, code, known }) => [draft, { code, name: known?.name ?? null }]),
    ),
  }
}

function matchRow(draft: Draft, unit: Place | undefined, index: ProjectIndex): Row {
  const name = textOf(draft, 'name')
  const known = matchProject(draft, index, unit)
  if (!known) requireForNew(draft, unit)
  checkArithmetic(draft)
  const made = unit && name !== undefined ? makeCode(unit.code, name) : ''
  const code = textOf(draft, 'code') ?? known?.code ?? made
  return { draft, unit, known, code }
}

function requireForNew(draft: Draft, unit: Place | undefined): void {
  if (isRefused(draft)) return
  const missing = [
    textOf(draft, 'name') === undefined && (['name', '项目名称'] as const),
    !unit && (['unit', '填报单位'] as const),
    textOf(draft, 'category') === undefined &&
      (['category', '类别（产业发展、基础设施、社会民生、生态环保）'] as const),
  ]
  for (const field of missing) {
    if (!field) continue
    const message = `新项目缺少${field[1]}：请填写`
    flag(draft, 'refuse', 'FIELD_MISSING', field[0], null, message)
  }
}

function projectFact(row: Row, existing: Existing | null | undefined, parks: PlaceIndex): Fact {
  const { draft, unit, code } = row
  const values: Record<string, Scalar> = { code }
  for (const field of COPIED) {
    const value = draft.values[field]
    if (typeof value === 'string' || typeof value === 'number') values[field] = value
  }
  const name = textOf(draft, 'name')
  if (name !== undefined && name !== existing?.['name']) values['searchText'] = initialsOf(name)
  if (unit) values['unitId'] = unit.id
  const stage = readStage(textOf(draft, 'stage') ?? '')
  if ('sideState' in stage) values['sideState'] ??= stage.sideState
  setPark(values, draft, unit, parks)
  setPosition(values, draft, existing ?? null)
  if (!existing) {
    values['provenance'] ??= 'reported'
    values['positionQuality'] ??= 'none'
  }
  return factOf(draft, TABLES.project, existing ?? null, values)
}

function setPark(
  values: Record<string, Scalar>,
  draft: Draft,
  unit: Place | undefined,
  parks: PlaceIndex,
): void {
  const text = textOf(draft, 'park')
  if (text === undefined) return
  const park = parks.find(text)
  if (!park) {
    const message = `没有园区“${text}”：请改为已有园区的名称，或先用 --as park 导入它`
    flag(draft, 'refuse', 'PARK_UNKNOWN', 'park', text, message)
    return
  }
  values['parkId'] = park.id
  if (unit && park.unitId !== unit.id) {
    flag(draft, 'warn', 'PARK_OTHER_UNIT', 'park', text, `园区“${text}”不属于${unit.name}：请核对`)
  }
}

/** Only a quality column can call a position surveyed; a position without one is taken as the site. */
function setPosition(
  values: Record<string, Scalar>,
  draft: Draft,
  existing: Existing | null,
): void {
  const { lon, lat, positionCrs } = draft.values
  const quality = textOf(draft, 'positionQuality')
  if (typeof lon !== 'number' || typeof lat !== 'number') {
    if (quality && quality !== 'none' && existing?.['lon'] != null)
      values['positionQuality'] = quality
    return
  }
  Object.assign(values, present({ lon, lat, positionCrs: positionCrs as string | undefined }))
  const moved =
    Math.abs(Number(existing?.['lon'] ?? 999) - lon) > 1e-8 ||
    Math.abs(Number(existing?.['lat'] ?? 999) - lat) > 1e-8
  if (quality && quality !== 'none') values['positionQuality'] = quality
  else if (moved) values['positionQuality'] = 'site'
}

/** 荷塘区精密零部件产业园 → htqjmlbjcyy; other letters and digits stay. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

function resolveParents(facts: readonly Fact[], rows: readonly Row[], index: ProjectIndex): void {
  const inFile = new Map<string, string>()
  for (const { draft, code } of rows) {
    inFile.set(code, code)
    const name = textOf(draft, 'name')
    if (name !== undefined && !inFile.has(plainName(name))) inFile.set(plainName(name), code)
  }
  for (const fact of facts) {
    const text = textOf(fact.draft, 'parent')
    if (text === undefined) continue
    const named = index.byName.get(plainName(text)) ?? []
    const known = index.byCode.get(text) ?? (named.length === 1 ? named[0] : undefined)
    const code = inFile.get(text) ?? inFile.get(plainName(text))
    if (known) {
      fact.values['parentId'] = known.id
      if (fact.existing && fact.existing['parentId'] !== known.id) {
        fact.changes.push({ field: 'parentId', before: fact.existing['parentId'], after: known.id })
      }
    } else if (code !== undefined && code !== fact.values['code']) fact.parentCode = code
    else {
      const message = `没有上级项目“${text}”：请填写已有项目或本文件中另一行的编码或名称`
      flag(fact.draft, 'refuse', 'PARENT_UNKNOWN', 'parent', text, message)
    }
  }
}

/** Parents before their children; rows that are each other's parents are refused. */
export function inWaves(facts: readonly Fact[]): Fact[] {
  const byCode = new Map(facts.map((fact) => [fact.values['code'], fact]))
  const state = new Map<Fact, 'open' | 'done'>()
  const ordered: Fact[] = []
  for (const start of facts) {
    const path: Fact[] = []
    for (let fact: Fact | undefined = start; fact && !state.has(fact); ) {
      state.set(fact, 'open')
      path.push(fact)
      fact = fact.parentCode === undefined ? undefined : byCode.get(fact.parentCode)
      if (fact && state.get(fact) === 'open') {
        flag(fact.draft, 'refuse', 'PARENT_CYCLE', 'parent', null, '上级项目互相引用成环：请改正')
      }
    }
    for (const fact of path.reverse()) {
      state.set(fact, 'done')
      ordered.push(fact)
    }
  }
  return ordered
}

function offerSimilar(rows: readonly Row[], index: ProjectIndex) {
  const finder = similarFinder(index)
  const similar: Prepared['similar'] = new Map()
  for (const { draft, unit, known } of rows) {
    const name = textOf(draft, 'name')
    if (known || name === undefined || !unit) continue
    const found = finder.find(name, unit.id)
    if (found.length === 0) continue
    similar.set(draft, found)
    const names = found.map((one) => `${one.name}（${one.code}）`).join('、')
    flag(draft, 'warn', 'SIMILAR', 'name', name, `可能与已有项目重复：${names}`)
  }
  const findings = finder.complete()
    ? []
    : [aboutFile('note', 'SIMILAR_NOT_CHECKED', '名称太多，后面的行没有查近似重名')]
  return { similar, findings }
}
