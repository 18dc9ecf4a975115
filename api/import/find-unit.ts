/*
 * Which unit or park the words of a row mean. What may mean several is refused with all of them
 * named, never chosen.
 */
import { type Draft, flag, textOf } from './draft.ts'
import { type Place, type PlaceIndex, plainName } from './unit-index.ts'

const LISTED = 15
/** What stands before a county's name where it is written in full. */
const ABOVE = /(省|自治区|市|自治州|州|盟|地区)$/

/** The unit that a row names; a name that nobody knows, or that several have, is a refusal. */
export function unitFor(draft: Draft, units: PlaceIndex): Place | undefined {
  const text = textOf(draft, 'unit')
  if (text === undefined) return unitOfPlaces(draft, units)
  const meant = unitsMeant(text, units)
  const [only] = meant
  if (meant.length > 1) {
    const message = `填报单位“${text}”可能是${listOf(meant)}：请填写全称或编码`
    flag(draft, 'refuse', 'UNIT_AMBIGUOUS', 'unit', text, message)
    return undefined
  }
  // Towns in a county's own table: the county is in the heading or the sheet's name.
  const unit = only ?? unitOfPlaces(draft, units)
  if (!unit) refuseUnknown(draft, text, units)
  return unit
}

/** Every unit that a text may mean: 嘉州市锦屏区 is the 锦屏区 of 嘉州市. */
export function unitsMeant(text: string, units: PlaceIndex): readonly Place[] {
  const named = units.named(text)
  return named.length > 0 ? named : unitsBelow(plainName(text), units)
}

/** 岳阳市（430600）、岳阳县（430621） */
export function listOf(places: readonly Place[]): string {
  return places
    .slice(0, LISTED)
    .map(({ name, code }) => `${name}（${code}）`)
    .join('、')
}

/** The park that a project's row names: where several counties have one of that name, its unit's. */
export function parkFor(
  draft: Draft,
  parks: PlaceIndex,
  unit: Place | undefined,
): Place | undefined {
  const text = textOf(draft, 'park')
  if (text === undefined) return undefined
  const named = parks.named(text)
  const own = named.filter(({ unitId }) => unitId === unit?.id)
  const meant = own.length > 0 ? own : named
  const [only] = meant
  if (!only) {
    const message = `没有园区“${text}”：请改为已有园区的名称，或先用 --as park 导入它`
    flag(draft, 'refuse', 'PARK_UNKNOWN', 'park', text, message)
  } else if (meant.length > 1) {
    const message = `有 ${meant.length} 个园区叫“${text}”（编码 ${meant.map(({ code }) => code).join('、')}），${unit ? `都不属于${unit.name}` : '这一行没有填报单位'}：请填写园区编码或改正填报单位`
    flag(draft, 'refuse', 'PARK_AMBIGUOUS', 'park', text, message)
    return undefined
  } else if (unit && only.unitId !== unit.id) {
    const message = `园区“${text}”不属于${unit.name}：请核对`
    flag(draft, 'warn', 'PARK_OTHER_UNIT', 'park', text, message)
  }
  return only
}

function refuseUnknown(draft: Draft, text: string, units: PlaceIndex): void {
  const names = units.all
    .map(({ shortName }) => shortName)
    .slice(0, LISTED)
    .join('、')
  const message = `没有填报单位“${text}”：应为 ${names || '（还没有单位，请先用 --as unit 导入）'} 之一`
  flag(draft, 'refuse', 'UNIT_UNKNOWN', 'unit', text, message)
}

/** The unit that a heading above the row or its sheet's name is, where the table has no such column. */
function unitOfPlaces(draft: Draft, units: PlaceIndex): Place | undefined {
  for (const text of draft.places ?? []) {
    const whole = unitsMeant(text, units)
    const [unit, other] = whole.length > 0 ? whole : unitsMeant(text.replace(/[（(].*$/, ''), units)
    if (!unit || other) continue
    flag(draft, 'note', 'UNIT_FROM_HEADING', 'unit', text, `填报单位取自小标题或工作表名“${text}”`)
    return unit
  }
  return undefined
}

/** Units whose name ends the text, with the place above them before it. */
function unitsBelow(text: string, units: PlaceIndex): Place[] {
  const isBelow = (unit: Place, name: string) =>
    name.length >= 2 &&
    text.length > name.length &&
    text.endsWith(name) &&
    isAbove(text.slice(0, -name.length), unit, units)
  return units.all.filter((unit) =>
    [unit.name, unit.shortName].some((name) => isBelow(unit, plainName(name))),
  )
}

/** Whether the words before a unit's name are those of a place above it, as far as that is known. */
function isAbove(words: string, unit: Place, units: PlaceIndex): boolean {
  const above: Place[] = []
  for (let at = unit.parentId; at !== null; ) {
    const place = units.byId.get(at)
    if (!place || above.includes(place)) break
    above.push(place)
    at = place.parentId
  }
  if (above.length === 0) above.push(...units.all.filter(({ level }) => level !== 'unit'))
  if (above.length === 0) return ABOVE.test(words)
  return above.some(({ name, shortName }) =>
    [name, shortName].some((one) => words.endsWith(plainName(one))),
  )
}
