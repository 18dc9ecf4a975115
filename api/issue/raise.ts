import { positionFault } from 'geo/position'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, type FailureDetail, fieldFailure, notFound } from '../http/failure.ts'
import { received } from './advance.ts'
import { knownCause } from './cause.ts'
import type { IssueInput } from './contract.ts'
import { readIssueRule } from './rule.ts'
import { columnsOf } from './store.ts'

/** Who writes: a person, or a program where id is null (then somebody outside is named). */
export interface Raiser {
  id: number | null
  name: string
  now: Date
}

/**
 * Receives an issue with its first step. The same key with the same content is the same issue.
 * @returns its id, and whether it is new.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, `UNIT_NOT_FOUND`, `PARK_NOT_FOUND`, `REPORT_NOT_FOUND`,
 * 422 `ISSUE_PLACE`, `ISSUE_OF_NOTHING`, `CAUSE_UNKNOWN`, `POSITION_INVALID`, 409 `ISSUE_CHANGED`,
 * `ISSUE_KEY_REUSED`.
 */
export async function raiseIssue(
  tx: Transaction,
  input: IssueInput,
  by: Raiser,
): Promise<{ id: number; created: boolean }> {
  const values = await valuesOf(tx, input, by)
  const rule = await readIssueRule(tx)
  const facts = received(input.severity, values.cause, by.now, rule)
  const { location, ...plain } = values
  const [row] = await tx<{ id: number }[]>`
    insert into issue ${tx({ ...columnsOf(facts), ...columnsOf(plain), key: input.key })}
    on conflict (key) do nothing returning id`
  if (!row) return { id: await sameOrRefused(tx, input, values), created: false }
  if (location !== null) {
    await tx`update issue set location = ${point(tx, location)} where id = ${row.id}`
  }
  await tx`
    insert into issue_step (key, issue_id, action, by_id, by_name, at, state, holder, due_at)
    values (${input.key}, ${row.id}, 'raise', ${by.id}, ${by.name}, ${by.now.toISOString()},
            ${facts.state}, ${facts.holder}, ${facts.dueAt})`
  return { id: row.id, created: true }
}

type Values = Awaited<ReturnType<typeof valuesOf>>

async function valuesOf(tx: Transaction, input: IssueInput, by: Raiser) {
  const place = await placeOf(tx, input)
  if (input.reportId !== null) {
    const [report] = await tx`select from report where id = ${input.reportId}`
    if (!report) throw notFound('report', '填报', input.reportId)
  }
  return {
    ...place,
    title: input.title.trim(),
    description: input.description.trim(),
    enterprise: input.enterprise,
    cause: input.cause === null ? null : await knownCause(tx, input.cause),
    sensitive: input.sensitive,
    channel: input.channel,
    sourceText: input.sourceText,
    reportId: input.reportId,
    raiserId: by.id,
    raiserName: input.raiserName ?? (by.id === null ? by.name : null),
    raiserPhone: input.raiserPhone,
    location: checkedPosition(input.location),
  }
}

/** A project's issue lies where the project lies; another has a unit or park, or an enterprise alone. */
async function placeOf(tx: Transaction, input: IssueInput) {
  const { projectId, unitId, parkId } = input
  if (projectId !== undefined) {
    if (unitId !== undefined || parkId !== undefined) {
      const message = '已选定项目，县市区和园区随项目，不必再填'
      throw fieldFailure(422, 'ISSUE_PLACE', message, 'unitId', unitId ?? parkId)
    }
    const [project] = await tx`select from project where id = ${projectId}`
    if (!project) throw notFound('project', '项目', projectId)
    return { projectId, unitId: null, parkId: null }
  }
  if (parkId !== undefined) {
    const [park] = await tx<{ unitId: number }[]>`select unit_id from park where id = ${parkId}`
    if (!park) throw notFound('park', '园区', parkId)
    return { projectId: null, unitId: park.unitId, parkId }
  }
  if (unitId !== undefined) {
    const [unit] = await tx`select from unit where id = ${unitId}`
    if (!unit) throw notFound('unit', '填报单位', unitId)
  } else if (input.enterprise === null) {
    const message = '请写明是哪个项目、哪个地方或哪家企业的问题'
    throw fieldFailure(422, 'ISSUE_OF_NOTHING', message, 'projectId', null)
  }
  return { projectId: null, unitId: unitId ?? null, parkId: null }
}

function checkedPosition(location: IssueInput['location']): [number, number] | null {
  if (location === null) return null
  const [lon, lat] = location.coordinates
  if (!positionFault(lon, lat)) return [lon, lat]
  const message = `坐标 [${lon}, ${lat}] 不是可用的经纬度，应为 [经度, 纬度]`
  throw fieldFailure(422, 'POSITION_INVALID', message, 'location', [lon, lat])
}

const point = (sql: Query, [lon, lat]: [number, number]) =>
  sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)`

async function sameOrRefused(tx: Transaction, input: IssueInput, values: Values): Promise<number> {
  const [stored] = await tx<({ id: number } & Record<string, unknown>)[]>`
    select *, st_x(location) as lon, st_y(location) as lat from issue where key = ${input.key}`
  if (!stored) {
    const message = 'key 已用于另一个问题，每个问题须有自己的 key'
    throw fieldFailure(409, 'ISSUE_KEY_REUSED', message, 'key', input.key)
  }
  const { location, ...plain } = values
  const now = { ...plain, lon: location?.[0] ?? null, lat: location?.[1] ?? null }
  const details = Object.entries(now).flatMap(([field, value]): FailureDetail[] => {
    const before = stored[field] ?? null
    if (before === (value ?? null)) return []
    const message = `已收到的是${before === null ? '空白' : `“${String(before)}”`}`
    return [{ field, value: before, code: 'DIFFERENT', message }]
  })
  if (details.length === 0) return stored.id
  const message = '这个问题已收到，内容与现在所填不同；如要更正，请打开它修改'
  throw new ApiFailure(409, 'ISSUE_CHANGED', message, details)
}
