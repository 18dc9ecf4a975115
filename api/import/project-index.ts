/*
 * Which existing project a row means: by code, then by name and unit; and names that may be the
 * same thing written differently.
 */
import { createHash } from 'node:crypto'
import type { Query } from '../db/sql.ts'
import { type Draft, flag, rowWords, textOf } from './draft.ts'
import { inSlices } from './prepare.ts'
import type { SimilarFinder } from './similar.ts'
import { type Place, plainName } from './unit-index.ts'

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

/** What a row may do with a name that is not its code's: give it to the project, or be one like it. */
type Leave = 'rename' | SimilarFinder

/** The project that a row means, null where it is new; a row that contradicts itself is refused. */
export function matchProject(
  draft: Draft,
  index: ProjectIndex,
  unit: Place | undefined,
  may: Leave,
): Known | null {
  const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
  const coded = code === undefined ? undefined : index.byCode.get(code)
  if (coded && (name === undefined || plainName(name) === plainName(coded.name))) return coded
  if (name === undefined) return null
  const named = index.byName.get(plainName(name)) ?? []
  if (coded) {
    checkOtherName(draft, coded, named, unit, may)
    return coded
  }
  const here = unit ? named.filter(({ unitId }) => unitId === unit.id) : named
  const [only] = here
  if (here.length > 1) {
    const message = `“${name}”有 ${here.length} 个同名项目（${codesOf(here)}）：请填写项目编码${unit ? '' : '或填报单位'}`
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

/**
 * A name that is not the code's: a project's own row may give it a new one, other rows may write
 * it a little differently; never another project's, and not together with another unit, which
 * would be another project.
 */
function checkOtherName(
  draft: Draft,
  coded: Known,
  named: readonly Known[],
  unit: Place | undefined,
  may: Leave,
): void {
  const name = textOf(draft, 'name') ?? ''
  const home = unit?.id ?? coded.unitId
  const others = may === 'rename' ? named.filter(({ unitId }) => unitId === home) : named
  const is = `编码 ${coded.code} 是“${coded.name}”，这一行的名称是“${name}”`
  if (others.length > 0) {
    const message = `${is}，它的编码是 ${codesOf(others)}：请改正编码或名称`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', coded.code, message)
  } else if (home !== coded.unitId) {
    const twice = may === 'rename' ? '；项目改名又换单位，请分两次导入' : ''
    const message = `${is}，填报单位也不同：请改正编码${twice}`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', coded.code, message)
  } else if (may !== 'rename' && !isNearest(name, coded, may)) {
    const message = `${is}：请改正编码或名称（项目改名请先导入项目）`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', coded.code, message)
  } else if (may !== 'rename') {
    flag(draft, 'warn', 'NAME_DIFFERS', 'name', name, `${is}：按编码登记，请核对`)
  } else {
    const message = `名称由“${coded.name}”改为“${name}”：请核对编码`
    flag(draft, 'warn', 'RENAMED', 'name', name, message)
  }
}

/** Whether a name is like the project's, and like no other's as much: 城南 is not 城北. */
function isNearest(name: string, coded: Known, finder: SimilarFinder): boolean {
  const near = finder.find(name, coded.unitId)
  const own = near.find(({ code }) => code === coded.code)
  if (!own || sidesOf(name) !== sidesOf(coded.name)) return false
  return near.every((one) => one === own || one.score < own.score)
}

const sidesOf = (name: string) => (name.match(/[东南西北]/g) ?? []).join('')

function codesOf(projects: readonly Known[]): string {
  return projects
    .slice(0, 5)
    .map(({ code }) => code)
    .join('、')
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
