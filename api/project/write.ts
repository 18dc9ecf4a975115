import { type PositionErrorCode, positionFault } from 'geo/position'
import postgres from 'postgres'
import type { Transaction } from '../db/sql.ts'
import type { PointGeometry } from '../http/contract.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { refuseUnseen } from '../http/seen.ts'
import type { PositionQuality, ProjectInput, ProjectPatch } from './contract.ts'
import { searchText } from './search-text.ts'

/** Held by whoever changes what a project stands under. */
const PARENT_LOCK = 727003

type Columns = Record<string, string | number | null>

/**
 * Makes a project.
 * @returns its id.
 * @throws ApiFailure 409 `PROJECT_CODE_TAKEN`, 422 on references, positions and parents.
 */
export async function createProject(tx: Transaction, input: ProjectInput): Promise<number> {
  const { reason: _, ...given } = input
  const values = { ...columnsOf(given), ...positionColumns(given, null) }
  const [taken] = await tx`select id from project where code = ${input.code}`
  if (taken) throw codeTaken(input.code)
  await checkReferences(tx, null, given)
  const [row] = await tx<{ id: number }[]>`
    insert into project ${tx(values)} returning id`.catch(lostRace(input.code))
  if (!row) throw new ApiFailure(500, 'INTERNAL', '项目没有写入')
  return row.id
}

/**
 * Changes the fields given, and nothing where they equal what is stored.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 409 `PROJECT_CHANGED` and those of createProject.
 */
export async function patchProject(
  tx: Transaction,
  id: number,
  patch: ProjectPatch,
): Promise<void> {
  const { reason: _, seen = {}, ...given } = patch
  // Before the row's own lock: two that move projects under each other's would else make a circle.
  if (given.parentId) await tx`select pg_advisory_xact_lock(${PARENT_LOCK})`
  const [known] = await tx<(Columns & { positionQuality: PositionQuality })[]>`
    select *, st_asewkt(location) as location from project where id = ${id} for update`
  if (!known) throw notFound('project', '项目', id)
  refuseUnseen('project', seen, given, known)
  const wanted = { ...columnsOf(given), ...positionColumns(given, known.positionQuality) }
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([column, value]) => known[postgres.toCamel(column)] !== value),
  )
  if (Object.keys(changed).length === 0) return
  if (typeof changed['code'] === 'string') {
    const [taken] = await tx`select id from project where code = ${changed['code']}`
    if (taken) throw codeTaken(changed['code'])
  }
  await checkReferences(tx, id, given)
  await tx`update project set ${tx(changed)} where id = ${id}`.catch(
    lostRace(String(changed['code'])),
  )
}

type Given = Omit<ProjectPatch, 'reason' | 'seen'>

function columnsOf(given: Given): Columns {
  const { location: _, positionQuality: __, ...plain } = given
  const columns = Object.entries(plain).map(([field, value]) => [postgres.fromCamel(field), value])
  return {
    ...Object.fromEntries(columns),
    ...(given.name === undefined ? {} : { search_text: searchText(given.name) }),
  }
}

/** Position and its quality go together: no position has quality `none`, a new one at least `site`. */
function positionColumns(given: Given, known: PositionQuality | null): Columns {
  const { location, positionQuality } = given
  if (location === undefined && positionQuality === undefined) return {}
  if (location === null) {
    if (positionQuality !== undefined && positionQuality !== 'none') throw mismatch(positionQuality)
    return { location: null, position_quality: 'none', position_crs: null }
  }
  const stored = known === null || known === 'none' ? 'site' : known
  const quality = positionQuality ?? stored
  if (location === undefined) {
    if ((known ?? 'none') === 'none' ? quality !== 'none' : quality === 'none')
      throw mismatch(quality)
    return { position_quality: quality }
  }
  if (quality === 'none') throw mismatch(quality)
  return { location: ewkt(location), position_quality: quality, position_crs: 'EPSG:4326' }
}

function ewkt(location: PointGeometry): string {
  const [lon, lat] = location.coordinates
  const fault = positionFault(lon, lat)
  if (fault) {
    const message = `坐标 [${lon}, ${lat}] ${positionAdvice(fault.code, lon, lat)}`
    throw fieldFailure(422, 'POSITION_INVALID', message, 'location', [lon, lat])
  }
  return `SRID=4326;POINT(${lon} ${lat})`
}

function positionAdvice(code: PositionErrorCode, lon: number, lat: number): string {
  return code === 'position_swapped'
    ? `像是纬度在前：应经度在前，如 [${lat}, ${lon}]`
    : '不在地球上：应为 [经度, 纬度]，经度 -180 到 180，纬度 -90 到 90'
}

const mismatch = (quality: PositionQuality) =>
  fieldFailure(
    422,
    'POSITION_QUALITY_MISMATCH',
    `位置精度 ${quality} 与坐标不符：没有坐标时只能为 none，有坐标时不能为 none`,
    'positionQuality',
    quality,
  )

const codeTaken = (code: string) =>
  fieldFailure(409, 'PROJECT_CODE_TAKEN', `项目编码 ${code} 已被占用`, 'code', code)

/** Another transaction took the code after this one had looked. */
function lostRace(code: string): (error: unknown) => never {
  return (error) => {
    const taken =
      error instanceof postgres.PostgresError &&
      error.code === '23505' &&
      error.constraint_name === 'project_code_key'
    throw taken ? codeTaken(code) : error
  }
}

async function checkReferences(tx: Transaction, id: number | null, given: Given): Promise<void> {
  const { unitId, parkId, parentId } = given
  if (unitId !== undefined) {
    const [unit] = await tx`select id from unit where id = ${unitId}`
    if (!unit) throw fieldFailure(422, 'UNIT_MISSING', `没有填报单位 ${unitId}`, 'unitId', unitId)
  }
  if (parkId) {
    const [park] = await tx`select id from park where id = ${parkId}`
    if (!park) throw fieldFailure(422, 'PARK_MISSING', `没有园区 ${parkId}`, 'parkId', parkId)
  }
  if (parentId) await checkParent(tx, id, parentId)
}

async function checkParent(tx: Transaction, id: number | null, parentId: number): Promise<void> {
  const above = await tx<{ id: number }[]>`
    with recursive up as (
      select id, parent_id from project where id = ${parentId}
      union select p.id, p.parent_id from up join project p on p.id = up.parent_id
    ) select id from up`
  if (above.length === 0) {
    throw fieldFailure(422, 'PARENT_MISSING', `没有上级项目 ${parentId}`, 'parentId', parentId)
  }
  if (above.some((row) => row.id === id)) {
    throw fieldFailure(
      422,
      'PARENT_CYCLE',
      `项目 ${parentId} 在本项目之下，不能作为上级`,
      'parentId',
      parentId,
    )
  }
}
