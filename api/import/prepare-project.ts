/*
 * Project rows: matched, checked, placed and compared; their plans, monthly plans and milestones
 * go on as rows of those tables.
 */
import { pinyin } from 'pinyin-pro'
import type { NameOf } from './change-words.ts'
import { checkArithmetic } from './check-arithmetic.ts'
import { aboutFile, type Draft, flag, isRefused, rowWords, type Table, textOf } from './draft.ts'
import { parkFor, unitFor } from './find-unit.ts'
import { placePoints } from './place-points.ts'
import { inSlices, type Prepared, type Preparing, present } from './prepare.ts'
import { prepareDated } from './prepare-dated.ts'
import {
  type Known,
  makeCode,
  matchProject,
  type ProjectIndex,
  readProjects,
  refuseRepeats,
} from './project-index.ts'
import { similarFinder } from './similar.ts'
import { readStage } from './stage.ts'
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
  const rows = await matchRows(table, units, index)
  const home = (draft: Draft) => {
    const row = rows.get(draft)
    return row?.unit ?? (row?.known ? units.byId.get(row.known.unitId) : undefined)
  }
  const placed = await placePoints(table.drafts, units, home, given.requested, given.stated)
  const parentOf = resolveParents([...rows.values()], index)
  const similar = await offerSimilar([...rows.values()], index)
  const facts: Fact[] = []
  const dated: Fact[] = []
  await inSlices([...rows.values()], async (slice, done) => {
    const ids = slice.flatMap(({ known }) => known?.id ?? [])
    const existing = await readExisting(tx, TABLES.project, 'id', ids)
    const byId = new Map(existing.map((row) => [row.id, row]))
    for (const row of slice) {
      const before = (row.known && byId.get(row.known.id)) ?? null
      const fact = projectFact(row, before, parks, home(row.draft), parentOf(row))
      if (fact) facts.push(fact)
    }
    dated.push(...(await prepareDated(given, slice)))
    given.progress(done)
  })
  refuseOrphans(facts)
  return {
    facts: [...facts, ...dated],
    crs: placed.crs,
    findings: [...placed.findings, ...similar.findings],
    similar: similar.found,
    isNew: (draft) => !rows.get(draft)?.known,
    identify: (draft) => {
      const row = rows.get(draft)
      return row ? { code: row.code, name: row.known?.name ?? '' } : null
    },
    nameOf: namesOf(units, parks, index),
  }
}

function namesOf(units: PlaceIndex, parks: PlaceIndex, index: ProjectIndex): NameOf {
  let byId: ReadonlyMap<unknown, Known> | undefined
  return (field, id) => {
    if (field === 'unitId') return units.byId.get(Number(id))?.name
    if (field === 'parkId') return parks.byId.get(Number(id))?.name
    if (field !== 'parentId') return undefined
    byId ??= new Map(index.all.map((known) => [known.id, known]))
    return byId.get(id)?.name
  }
}

async function matchRows(
  table: Table,
  units: PlaceIndex,
  index: ProjectIndex,
): Promise<Map<Draft, Row>> {
  const rows = new Map<Draft, Row>()
  await inSlices(table.drafts, (slice) => {
    for (const draft of slice) {
      rows.set(draft, matchRow(draft, unitFor(draft, units), index))
      checkArithmetic(draft, table.wide)
    }
  })
  await refuseRepeats(table.drafts, (draft) => {
    const [code, name, row] = [textOf(draft, 'code'), textOf(draft, 'name'), rows.get(draft)]
    const unitId = row?.unit?.id ?? row?.known?.unitId
    return [
      code && `code ${code}`,
      name && unitId !== undefined ? `name ${unitId} ${plainName(name)}` : undefined,
      row?.known ? `known ${row.known.id}` : undefined,
    ]
  })
  return rows
}

function matchRow(draft: Draft, unit: Place | undefined, index: ProjectIndex): Row {
  const name = textOf(draft, 'name')
  const known = matchProject(draft, index, unit, 'rename')
  if (!known) requireForNew(draft, unit)
  const given = textOf(draft, 'code') ?? known?.code
  return { draft, unit, known, code: given ?? (unit && name ? makeCode(unit.code, name) : '') }
}

function requireForNew(draft: Draft, unit: Place | undefined): void {
  if (isRefused(draft)) return
  const missing = [
    textOf(draft, 'name') === undefined && (['name', '项目名称'] as const),
    !unit && (['unit', '填报单位（每行都要有：合并的单元格存成 CSV 只留第一行）'] as const),
    textOf(draft, 'category') === undefined &&
      (['category', '类别（产业发展、基础设施、社会民生、生态环保）'] as const),
  ]
  for (const field of missing) {
    if (!field) continue
    const message = `新项目缺少${field[1]}：请填写`
    flag(draft, 'refuse', 'FIELD_MISSING', field[0], null, message)
  }
}

function projectFact(
  row: Row,
  existing: Existing | null,
  parks: PlaceIndex,
  home: Place | undefined,
  parent: Parent,
): Fact | null {
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
  const park = parkFor(draft, parks, home)
  if (park) values['parkId'] = park.id
  setPosition(values, draft, existing)
  if (!existing) {
    values['provenance'] ??= 'reported'
    values['positionQuality'] ??= 'none'
  }
  if (parent.id !== undefined) values['parentId'] = parent.id
  return factOf(draft, TABLES.project, existing, values, '', parent.code)
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

interface Parent {
  id?: number
  /** Of a row of the same file that is not written yet. */
  code?: string
}

function resolveParents(rows: readonly Row[], index: ProjectIndex): (row: Row) => Parent {
  const inFile = new Map<string, string>()
  if (!rows.some(({ draft }) => textOf(draft, 'parent') !== undefined)) return () => ({})
  for (const { draft, code } of rows) {
    const name = plainName(textOf(draft, 'name') ?? '')
    if (!inFile.has(name)) inFile.set(name, code)
  }
  for (const { code } of rows) inFile.set(code, code)
  return ({ draft, code: own }) => {
    const text = textOf(draft, 'parent')
    if (text === undefined) return {}
    const named = index.byName.get(plainName(text)) ?? []
    const known = index.byCode.get(text) ?? (named.length === 1 ? named[0] : undefined)
    if (known && known.code !== own) return { id: known.id }
    const code = inFile.get(text) ?? inFile.get(plainName(text))
    if (code !== undefined && code !== own) return { code }
    const message = `没有上级项目“${text}”：请填写已有项目或本文件中另一行的编码或名称`
    flag(draft, 'refuse', 'PARENT_UNKNOWN', 'parent', text, message)
    return {}
  }
}

/** Rows of the file that are each other's parents, or whose parent is refused itself. */
function refuseOrphans(facts: readonly Fact[]): void {
  if (!facts.some(({ parentCode }) => parentCode !== undefined)) return
  const byCode = new Map(facts.map((fact) => [fact.values['code'], fact]))
  const refused = new Set(facts.filter(({ draft }) => isRefused(draft)))
  for (const start of facts) {
    const seen = new Set<Fact>()
    for (let fact: Fact | undefined = start; fact?.parentCode !== undefined; ) {
      seen.add(fact)
      fact = byCode.get(fact.parentCode)
      if (fact && seen.has(fact)) {
        flag(start.draft, 'refuse', 'PARENT_CYCLE', 'parent', null, '上级项目互相引用成环：请改正')
        break
      }
      if (!fact || !refused.has(fact)) continue
      const message = `上级项目所在的${rowWords(fact.draft)}被拒收：请先改正那一行`
      flag(start.draft, 'refuse', 'PARENT_REFUSED', 'parent', null, message)
      break
    }
  }
}

async function offerSimilar(rows: readonly Row[], index: ProjectIndex) {
  const finder = similarFinder(index)
  const found: Prepared['similar'] = new Map()
  await inSlices(rows, (slice) => {
    for (const { draft, unit, known } of slice) {
      const name = textOf(draft, 'name')
      if (known || name === undefined || !unit || isRefused(draft)) continue
      const near = finder.find(name, unit.id)
      if (near.length === 0) continue
      found.set(draft, near)
      const names = near.map((one) => `${one.name}（${one.code}）`).join('、')
      flag(draft, 'warn', 'SIMILAR', 'name', name, `可能与已有项目重复：${names}`)
    }
  })
  const findings = finder.complete()
    ? []
    : [aboutFile('note', 'SIMILAR_NOT_CHECKED', '名称太多，后面的行没有查近似重名')]
  return { found, findings }
}
