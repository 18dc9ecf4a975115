/*
 * From the words above a column to its field, unit, year and coordinate system. Nothing is guessed:
 * a header that leaves open what it means (开工时间: planned or actual?) is reported, not used.
 */
import { plainText } from './cell.ts'
import type { ImportNoun } from './contract.ts'
import { FIELDS, type Field } from './fields.ts'
import { fundColumn } from './fund.ts'
import { HEADER_MAX, isOfMonths, useOf } from './header-span.ts'
import { type NamedUnit, unitInWords } from './header-unit.ts'
import type { MoneyUnit } from './money.ts'

export interface Column {
  index: number
  /** As written, a header of several rows as `group/leaf`. */
  header: string
  field: Field | null
  unit: MoneyUnit | null
  /** The header names a unit of money that is none of ours, or several: its amounts have none. */
  unitUnclear?: true
  year: number | null
  crs: string | null
  /** Why the column is not used, where its header is known but unclear. */
  unclear?: string
}

/** A header taken apart. */
interface Header {
  key: string
  unit: NamedUnit | null
  year: number | null
  crs: string | null
}

const BRACKETS = /[([{【〔]([^()[\]{}【】〔〕]*)[)\]}】〕]/g
/** 2023年 alone or beside other words: 2023年，亿元. */
const YEAR_PART = /(?:^|[,、;])((?:19|20)\d{2})年?度?(?=$|[,、;])/
const LAST_UNIT = /(?:[([{【〔]|[:,/_-])?([十百千万亿]{0,3}(?:美|港|欧|日)?元)$|[([{【〔](亿|万)$/

/** Numbering that people add and that means nothing here. */
const IGNORED = new Set(['序号', '编号', '排名', 'no', '#', 'id', '项目序号'])
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/gcj-?02|火星|高德|腾讯/, 'gcj02'],
  [/bd-?09|百度/, 'bd09'],
  [/cgcs-?2000|国家2000|大地2000|2000坐标|^2000$/, 'cgcs2000'],
  [/wgs-?84/, 'wgs84'],
  [/西安80|xian80/, '西安80'],
  [/北京54|beijing54/, '北京54'],
]
const UNCLEAR: ReadonlyMap<string, string> = new Map([
  ['开工时间', '没有说明是计划还是实际：请写“计划开工时间”或“实际开工时间”'],
  ['开工日期', '没有说明是计划还是实际：请写“计划开工时间”或“实际开工时间”'],
  ['开工年月', '没有说明是计划还是实际：请写“计划开工时间”或“实际开工时间”'],
  ['竣工时间', '没有说明是计划还是实际：请写“计划竣工时间”或“实际竣工时间”'],
  ['竣工日期', '没有说明是计划还是实际：请写“计划竣工时间”或“实际竣工时间”'],
  ['计划投资', '没有说明是哪一年的计划还是总投资：请写“总投资”或“2023年计划投资”'],
  ['计划完成投资', '没有说明是哪一年：请写“2023年计划投资”'],
  ['投资', '没有说明是哪一种投资：请写“总投资”“年度计划投资”或“累计完成投资”'],
  ['投资额', '没有说明是哪一种投资：请写“总投资”“年度计划投资”或“累计完成投资”'],
])
const WITH_YEAR: ReadonlyMap<string, string> = new Map([
  ['计划投资', 'annualWan'],
  ['计划完成投资', 'annualWan'],
  ['投资计划', 'annualWan'],
  ['计划', 'annualWan'],
])
/** 所属区, 责任县市区, 区市县 and so on; 市 or 州 alone may be the city around them. */
const COUNTY = /^(项目)?(所属|所在|责任|归属|申报|填报|实施)?(?![市州]$)[县市区旗]{1,4}(名称)?$/
/** Units of a province: 市（州）, 地市. */
const CITY =
  /^(项目)?(所属|所在|责任|归属|申报|填报|实施)?(市州|州市|地市|市地|地市州|市州盟|盟市|地州市?)(名称)?$/
/** Units of a county: 镇街, 所在乡镇. */
const TOWN =
  /^(项目)?(所属|所在|责任|归属|申报|填报|实施)?(乡镇街道?|镇街道?|乡镇|镇乡|街镇|乡街|街道|镇|乡镇园区|镇街园区)(名称)?$/
const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

const MONTH = /^(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?$/
/** A leaf that stands for the whole of the group above it: 总投资 / 合计. */
const WHOLE = /^(合计|小计|总计|总额|金额|投资额|总量|全年|数额)?$/
/** A leaf that means nothing without its group: 项目业主 / 名称 is no project's name. */
const BARE = /^(名称|编码|代码)$/

/** The column for a header; `groups` are the headings above it, outermost first. */
export function readHeader(
  noun: ImportNoun,
  index: number,
  groups: readonly string[],
  leaf: string,
  map: Readonly<Record<string, string>>,
): Column {
  const path = [...groups, leaf].filter((text, at, all) => text !== all[at - 1])
  const header = path.join('/')
  const parts = path.map(takeApart).reverse()
  const last = <T>(of: (part: Header) => T | null) =>
    parts.map(of).find((value) => value !== null) ?? null
  const unit = last(({ unit }) => unit)
  const column: Column = {
    index,
    header,
    field: null,
    unit: unit === 'other' ? null : unit,
    ...(unit === 'other' && { unitUnclear: true }),
    year: last(({ year }) => year),
    crs: last(({ crs }) => crs),
  }
  const mapped = [header, leaf].flatMap(
    (key) => (Object.hasOwn(map, key) ? map[key] : undefined) ?? [],
  )[0]
  if (mapped !== undefined) return fromMap(noun, column, mapped)
  const keys = keysOf(parts.map(({ key }) => key).filter((key, at) => at === 0 || key !== ''))
  const leafKey = parts[0]?.key ?? ''
  for (const key of keys) {
    const field = fieldFor(noun, key, column.year)
    if (field && mayBeWhole(field, key, leafKey)) return { ...column, ...useOf(field, path) }
  }
  const unclear = whyUnclear(
    path,
    parts.map(({ key }) => key),
    keys,
  )
  return unclear === undefined ? column : { ...column, unclear }
}

/** Why a column whose words are known is not used; undefined where they are not known at all. */
function whyUnclear(
  path: readonly string[],
  parts: readonly string[],
  keys: readonly string[],
): string | undefined {
  const fund = fundColumn(parts)
  if (fund !== undefined) return fund
  if (keys.some((key) => monthField(key)?.startsWith('actual'))) {
    return '各月完成投资不在这一类数据里登记：请用 --as investment 再导入一次这个文件'
  }
  if (isOfMonths(path)) return '不是一个月的数：只登记各月的数，累计、季度和全年由各月相加'
  if (keys.some((key) => MONTH.test(key))) {
    return '没有说明是计划还是完成：请写“1月计划”“1月完成”，或在标题写明“完成投资”或“计划投资”'
  }
  return keys.map((key) => UNCLEAR.get(key)).find((why) => why !== undefined)
}

/** 合计 below a group is its whole where the group is an amount: 资金来源 / 合计 is no source. */
function mayBeWhole(field: Field, key: string, leaf: string): boolean {
  if (leaf === '' || !WHOLE.test(leaf) || key.includes(leaf)) return true
  return field.kind === 'money' || field.kind === 'number'
}

/** What a header may be called, leaf first: with its group, alone, or as its group. */
function keysOf([leaf = '', group = '', ...outer]: readonly string[]): string[] {
  if (WHOLE.test(leaf) && group !== '') return [group + leaf, ...keysOf([group, ...outer])]
  const bare = BARE.test(leaf) && group !== '' && !/^项目$|基本|概况|信息/.test(group)
  // 完成 below 一月 is that month's, not the whole.
  const monthly =
    /^完成$|^计划$/.test(leaf) &&
    /^((?:\d{1,2}至)?\d{1,2}|[一二三四五六七八九十]+)月份?$/.test(group)
  const keys = [group + leaf, leaf + group, bare ? group : monthly ? '' : leaf]
  return keys.filter((key) => key !== '')
}

/** Whether a header is plain numbering, not worth a message. */
export function isIgnored(header: string): boolean {
  return header === '' || IGNORED.has(takeApart(header).key)
}

/** The one year that a title names, or null where it names none or several; 制表日期 only where nothing else does. */
export function yearInTitle(text: string): number | null {
  const plain = plainText(text).replaceAll(/\s/g, '')
  const named = plain.replaceAll(/(?:19|20)\d{2}年\d{1,2}月\d{1,2}日/g, '')
  const yearsOf = (words: string) =>
    new Set([...words.matchAll(/((?:19|20)\d{2})年/g)].map(([, year]) => year))
  const years = yearsOf(named).size > 0 ? yearsOf(named) : yearsOf(plain)
  const [only] = years
  return years.size === 1 ? Number(only) : null
}

function fromMap(noun: ImportNoun, column: Column, mapped: string): Column {
  const [, name = '', unit] =
    /^(\w+)\s*(?:[(:（：]\s*(亿元|万元|元)\s*[)）]?)?$/.exec(mapped.trim()) ?? []
  const field = FIELDS[noun].find((known) => known.name === name) ?? null
  if (!field) {
    const unclear = `映射“${mapped}”不是${noun}的字段：可用 ${FIELDS[noun].map(({ name }) => name).join('、')}`
    return { ...column, unclear }
  }
  const { unitUnclear: _, ...rest } = column
  return unit === undefined ? { ...column, field } : { ...rest, field, unit: unit as MoneyUnit }
}

function takeApart(text: string): Header {
  const found: Omit<Header, 'key'> = { unit: null, year: null, crs: null }
  // No header is so long: a paragraph in the rows that are searched for one.
  if (text.length > HEADER_MAX) return { key: '', ...found }
  let key = text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
  key = key.replaceAll(BRACKETS, (_, inner: string) => {
    const unit = unitInWords(inner)
    const crs = unit ? null : systemIn(inner)
    const year = crs ? undefined : YEAR_PART.exec(inner)?.[1]
    if (unit) found.unit = found.unit === null || found.unit === unit ? unit : 'other'
    if (crs) found.crs = crs
    if (year) found.year = Number(year)
    const named = /^(计划|实际|亩|x|y|[县市区旗州盟镇乡街道、,]+)$/.test(inner)
    if (named) return inner
    return ''
  })
  // A column name cut short (10 bytes in a shapefile) may have lost its closing bracket.
  key = key.replace(LAST_UNIT, (_, whole?: string, cut?: string) => {
    found.unit ??= unitInWords(whole ?? cut ?? '')
    return ''
  })
  key = key.replace(/((?:19|20)\d{2})年(?=度?)/, (_, year: string) => {
    found.year = Number(year)
    return ''
  })
  if (found.year !== null)
    key = key.replace(/^度(?=.)/, '年度').replace(/^年度(?=计划完成|完成)/, '')
  if (found.crs === null && /[经纬度坐标xy]/.test(key)) {
    found.crs = systemIn(key)
    if (found.crs) for (const [pattern] of SYSTEMS) key = key.replace(pattern, '')
  }
  key = key
    .replace(/^截[至止].*?(月底|月末|日|月|底)(?=.)|^\d{1,2}月[底末]?(?=累计)/, '')
    .replace(/^\d{1,2}[-—–~至到]\d{1,2}月份?(?=.)/, '')
    // Without its hyphen 1-2月 would be December.
    .replaceAll(/(\d{1,2})月?[-~](?=\d{1,2}月)/g, '$1至')
    .replaceAll(/[*:,、。;"'“”·/_\-~()[\]{}【】〔〕]/g, '')
  return { key, ...found }
}

/** The system that a cell of a column 坐标系 names in words (百度, 高德坐标); else the cell itself. */
export function systemOfCell(text: string): string {
  const plain = plainText(text).toLowerCase().replaceAll(/\s/g, '')
  const named = SYSTEMS.filter(([pattern]) => pattern.test(plain))
  const [only] = named
  // A zone says more than the system; two systems say nothing.
  return only && named.length === 1 && !/带|zone|gk|中央|cm\d/.test(plain) ? only[1] : text
}

function systemIn(text: string): string | null {
  return SYSTEMS.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

const dictionaries = new Map<ImportNoun, Map<string, Field>>()

function fieldFor(noun: ImportNoun, key: string, year: number | null): Field | null {
  let dictionary = dictionaries.get(noun)
  if (!dictionary) {
    dictionary = new Map()
    for (const field of [...FIELDS[noun]].reverse()) {
      for (const header of [field.name.toLowerCase(), ...field.headers])
        dictionary.set(header, field)
    }
    dictionaries.set(noun, dictionary)
  }
  const named = year === null ? undefined : WITH_YEAR.get(key)
  const wanted = named ?? monthField(key) ?? (unitRank(key) === undefined ? undefined : 'unit')
  return (
    dictionary.get(key) ??
    (wanted === undefined ? undefined : FIELDS[noun].find((field) => field.name === wanted)) ??
    null
  )
}

/** How near a header of units is to the county, which others name too: 0 the county itself. */
function unitRank(key: string): number | undefined {
  const rank = [COUNTY, CITY, TOWN].findIndex((pattern) => pattern.test(key))
  return rank < 0 ? undefined : rank
}

const rankOf = ({ header }: Column) => unitRank(takeApart(header.split('/').at(-1) ?? '').key) ?? 0

/** Whether a column of units names towns, which may be the units that report or lie in one. */
export const isTowns = (column: Column) => column.field?.name === 'unit' && rankOf(column) === 2

/** Of several columns of units (市州, 县市区, 乡镇) the county's is the one that reports; changes the others. */
export function settleUnits(columns: readonly Column[]): void {
  const units = columns.filter(({ field }) => field?.name === 'unit')
  const best = Math.min(...units.map(rankOf))
  const chosen = units.find((column) => rankOf(column) === best)
  for (const column of units) {
    if (rankOf(column) === best) continue
    column.field = null
    column.unclear = `填报单位取自“${chosen?.header ?? ''}”一列`
  }
}

/** `1月计划`, `投资计划一月`, `十二月完成投资` → planned01, planned01, actual12. */
function monthField(key: string): string | undefined {
  const found = /(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?/.exec(key)
  if (!found) return undefined
  const rest = key.replace(found[0], '')
  if (!/^(年度|投资|计划|完成|实际|安排|额|分月|月度)*$/.test(rest)) return undefined
  const digits = found[1] ?? ''
  const month = DIGITS.includes(digits) ? DIGITS.indexOf(digits) + 1 : Number(digits)
  const name = /计划|安排/.test(rest) ? 'planned' : /完成|实际/.test(rest) ? 'actual' : undefined
  return name && `${name}${String(month).padStart(2, '0')}`
}
