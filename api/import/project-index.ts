/*
 * Which existing project a row means: by code, then by name and unit; and names that may be the
 * same thing written differently.
 */
import { createHash } from 'node:crypto'
import type { Query } from '../db/sql.ts'
import { type Draft, flag, rowWords, textOf } from './draft.ts'
import { inSlices } from './prepare.ts'
import { type Place, type PlaceIndex, plainName } from './unit-index.ts'

export interface Known {
  id: number
  code: string
  name: string
  unitId: number
}

export interface ProjectIndex {
  all: readonly Known[]
  byCode: ReadonlyMap<string, Known>
  byName: ReadonlyMap<string, readonly Known[]>
}

/** Codes that the importer makes for rows without one begin so. */
const MADE = 'M-'

/** Every project of the city, to match rows by code or by name. */
export async function readProjects(sql: Query): Promise<ProjectIndex> {
  const all = await sql<Known[]>`select id, code, name, unit_id from project order by id`
  const byName = new Map<string, Known[]>()
  for (const known of all) {
    const key = plainName(known.name)
    const same = byName.get(key)
    if (same) same.push(known)
    else byName.set(key, [known])
  }
  return { all, byCode: new Map(all.map((known) => [known.code, known])), byName }
}

export const isMade = (code: string) => code.startsWith(MADE)

/** A stable code for a project that has none: the same name in the same unit gets the same code. */
export function makeCode(unitCode: string, name: string): string {
  const digest = createHash('sha256')
    .update(`${unitCode}\n${plainName(name)}`)
    .digest('hex')
  return `${MADE}${digest.slice(0, 12)}`
}

/** The unit that a row names; a name that nobody knows is a refusal. */
export function unitFor(draft: Draft, units: PlaceIndex): Place | undefined {
  const text = textOf(draft, 'unit')
  if (text === undefined) return unitOfPlaces(draft, units)
  const unit = units.find(text)
  if (!unit) {
    const names = units.all
      .map(({ shortName }) => shortName)
      .slice(0, 15)
      .join('、')
    const message = `没有填报单位“${text}”：应为 ${names || '（还没有单位，请先用 --as unit 导入）'} 之一`
    flag(draft, 'refuse', 'UNIT_UNKNOWN', 'unit', text, message)
  }
  return unit
}

/** The unit that a heading above the row or its sheet's name is, where the table has no such column. */
function unitOfPlaces(draft: Draft, units: PlaceIndex): Place | undefined {
  for (const text of draft.places ?? []) {
    const unit = units.find(text) ?? units.find(text.replace(/[（(].*$/, ''))
    if (!unit) continue
    flag(draft, 'note', 'UNIT_FROM_HEADING', 'unit', text, `填报单位取自小标题或工作表名“${text}”`)
    return unit
  }
  return undefined
}

/** The project that a row means, null where it is new; ambiguous rows are refused. */
export function matchProject(
  draft: Draft,
  index: ProjectIndex,
  unit: Place | undefined,
): Known | null {
  const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
  const byCode = code === undefined ? undefined : index.byCode.get(code)
  if (byCode) return byCode
  if (name === undefined) return null
  const named = index.byName.get(plainName(name)) ?? []
  const here = unit ? named.filter(({ unitId }) => unitId === unit.id) : named
  const [only] = here
  if (here.length > 1) {
    const codes = here
      .slice(0, 5)
      .map((known) => known.code)
      .join('、')
    const message = `“${name}”有 ${here.length} 个同名项目（${codes}）：请填写项目编码${unit ? '' : '或填报单位'}`
    flag(draft, 'refuse', 'PROJECT_AMBIGUOUS', 'name', name, message)
    return null
  }
  if (only && code !== undefined && !isMade(only.code)) {
    const message = `同单位已有同名项目，编码是 ${only.code}，这一行是 ${code}：请改正编码，或改名以示区别`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', code, message)
    return null
  }
  return only ?? null
}

/** Refuses the second and later rows that mean the same project (or the same key) in one file. */
export async function refuseRepeats(
  drafts: readonly Draft[],
  keysOf: (draft: Draft) => readonly (string | undefined)[],
): Promise<void> {
  const first = new Map<string, Draft>()
  const look = (draft: Draft) => {
    for (const key of keysOf(draft)) {
      if (key === undefined) continue
      const before = first.get(key)
      if (before === undefined) first.set(key, draft)
      else if (before !== draft) {
        const what = textOf(draft, 'code') ?? textOf(draft, 'name') ?? ''
        const message = `与${rowWords(before)}重复（${what}）：同一对象只能有一行`
        flag(draft, 'refuse', 'DUPLICATE_ROW', 'name', what, message)
        break
      }
    }
  }
  await inSlices(drafts, (slice) => {
    for (const draft of slice) look(draft)
  })
}
