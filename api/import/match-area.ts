/*
 * Which existing unit or park a row means. A park is known by its code, or by its name within its
 * unit; a unit by its code, or by its name where its level and the unit above do not tell it apart.
 */
import { type Draft, flag, rowWords, textOf } from './draft.ts'
import { listOf, unitsMeant } from './find-unit.ts'
import { isMade } from './project-index.ts'
import { type Place, type PlaceIndex, plainName } from './unit-index.ts'

/** The park that a row means, undefined where it is new; a row that contradicts itself is refused. */
export function matchPark(
  draft: Draft,
  parks: PlaceIndex,
  unit: Place | undefined,
): Place | undefined {
  const { coded, name, code } = identityOf(draft, parks)
  const home = unit?.id ?? coded?.unitId
  const named = (name === undefined ? [] : parks.ofName(name)).filter(
    (park) => park !== coded && (home === undefined || park.unitId === home),
  )
  if (coded) {
    checkOtherName(draft, coded, named)
    return coded
  }
  const [only] = named
  if (named.length > 1) {
    const message = `有 ${named.length} 个园区叫“${name}”（编码 ${named.map((park) => park.code).join('、')}）：请填写填报单位或园区编码`
    flag(draft, 'refuse', 'PARK_AMBIGUOUS', 'name', name, message)
  } else if (only && code !== undefined && !isMade(only.code)) {
    const message = `同单位已有园区“${name}”，编码是 ${only.code}，这一行是 ${code}：请改正编码，或改名以示区别`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', code, message)
  }
  return only
}

/** The unit above, as a row names it: one that exists, or another row of the file by its code. */
export interface Parent {
  id?: number
  code?: string
}

/** The unit that a row means, undefined where it is new; a row that contradicts itself is refused. */
export function matchUnit(draft: Draft, units: PlaceIndex, parent: Parent): Place | undefined {
  const { coded, name, code } = identityOf(draft, units)
  const level = textOf(draft, 'level')
  const isOther = (unit: Place) =>
    (level !== undefined && level !== unit.level) ||
    (unit.parentId !== null &&
      (parent.code !== undefined || (parent.id ?? unit.parentId) !== unit.parentId))
  const named = (name === undefined ? [] : units.ofName(name)).filter(
    (unit) => unit !== coded && !isOther(unit),
  )
  if (coded) {
    checkOtherName(draft, coded, named)
    return coded
  }
  const [only] = named
  if (named.length > 1) {
    const message = `“${name}”可能是${listOf(named)}：请填写编码或上级单位`
    flag(draft, 'refuse', 'UNIT_AMBIGUOUS', 'name', name, message)
  } else if (only && code !== undefined) {
    const message = `已有单位“${name}”，编码是 ${only.code}，这一行是 ${code}：同一单位请用原编码；是另一个单位请填写上级单位或级别以示区别`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', code, message)
  }
  return only
}

function identityOf(draft: Draft, index: PlaceIndex) {
  const [code, name] = [textOf(draft, 'code'), textOf(draft, 'name')]
  return { code, name, coded: code === undefined ? undefined : index.byCode.get(code) }
}

function checkOtherName(draft: Draft, coded: Place, others: readonly Place[]): void {
  const name = textOf(draft, 'name')
  if (name === undefined || plainName(name) === plainName(coded.name)) return
  const [other] = others
  if (other) {
    const message = `编码 ${coded.code} 是${coded.name}，名称“${name}”的编码是 ${other.code}：请改正其中一个`
    flag(draft, 'refuse', 'CODE_CONFLICT', 'code', coded.code, message)
  } else {
    const message = `名称由“${coded.name}”改为“${name}”：请核对编码`
    flag(draft, 'warn', 'RENAMED', 'name', name, message)
  }
}

/** The unit above of each row; what nobody knows is told, and left blank. */
export function parentsOf(drafts: readonly Draft[], units: PlaceIndex): ReadonlyMap<Draft, Parent> {
  const inFile = new Map<string, Draft>()
  for (const draft of drafts) {
    for (const text of [textOf(draft, 'name'), textOf(draft, 'code')]) {
      if (text !== undefined && !inFile.has(text)) inFile.set(text, draft)
    }
  }
  return new Map(drafts.map((draft) => [draft, parentOf(draft, units, inFile)]))
}

function parentOf(draft: Draft, units: PlaceIndex, inFile: ReadonlyMap<string, Draft>): Parent {
  const text = textOf(draft, 'parent')
  if (text === undefined) return {}
  const known = unitsMeant(text, units)
  const [only] = known
  if (known.length > 1) {
    const message = `上级“${text}”可能是${listOf(known)}：请填写编码`
    flag(draft, 'refuse', 'UNIT_AMBIGUOUS', 'parent', text, message)
    return {}
  }
  if (only) return { id: only.id }
  const row = inFile.get(text)
  const code = row && textOf(row, 'code')
  if (code !== undefined && row !== draft) return { code }
  // County files as published name a city that they do not contain.
  const message = `没有上级“${text}”，上级留空：需要时请填写已有单位或本文件中另一行的编码或名称`
  flag(draft, 'warn', 'PARENT_UNKNOWN', 'parent', text, message)
  return {}
}

/** Refuses units of one name whose rows do not say that they are two: by level, or by the unit above. */
export function refuseSameUnits(
  drafts: readonly Draft[],
  parents: ReadonlyMap<Draft, Parent>,
): void {
  const byName = new Map<string, Draft[]>()
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b
  const parentKey = (draft: Draft) => {
    const { id, code } = parents.get(draft) ?? {}
    return id === undefined ? code : String(id)
  }
  for (const draft of drafts) {
    const name = textOf(draft, 'name')
    if (name === undefined) continue
    const before = byName.get(plainName(name)) ?? []
    byName.set(plainName(name), [...before, draft])
    const same = before.find(
      (one) =>
        !differ(textOf(one, 'level'), textOf(draft, 'level')) &&
        !differ(parentKey(one), parentKey(draft)),
    )
    if (!same) continue
    const [code, other] = [textOf(draft, 'code'), textOf(same, 'code')]
    const codes = differ(code, other) ? `编码是 ${other} 和 ${code}，` : ''
    const message = `与${rowWords(same)}都叫“${name}”，${codes}看不出是不是同一个单位：同一单位只留一行，不同单位请填写上级单位或级别`
    flag(draft, 'refuse', 'DUPLICATE_ROW', 'name', name, message)
  }
}
