/*
 * Who is on the year's list: the published projects that list.csv names, and as many generated ones
 * as the quotas ask for. Children whose parent is listed come on top, they are not counted.
 */
import type { Position } from 'geo/position'
import { type Random, random } from 'geo/random'
import type { Category, PositionQuality } from '../../project/contract.ts'
import type { Quota } from './figure.ts'
import { nameMaker } from './naming.ts'
import type { PackFiles } from './pack.ts'
import { rowNumber } from './pack-file.ts'
import type { Places } from './place.ts'

/** What a generated project has beside its place on the list. */
export interface Generated {
  industry: string | null
  address: string
  at: Position
  positionQuality: PositionQuality
  areaMu: number | null
  /** Relative size of its total: most projects are small, a few are very large. */
  size: number
  enterprise: string
  department: string
  leader: string
  officer: string
  phone: string
}

/** One project of the year's list. */
export interface Member {
  code: string
  name: string
  unit: string
  park: string | null
  category: Category
  quota: Quota
  /** Null for a published project. */
  generated: Generated | null
  /** False for a child whose parent is on the list. */
  counted: boolean
  /** 万元, where a source says it. */
  publishedWan: number | null
}

const CATEGORY: Record<string, Category> = {
  产业发展: 'industry',
  基础设施: 'infrastructure',
  社会民生: 'livelihood',
  生态环保: 'ecology',
}

/**
 * The list, published projects first, then generated ones in order of code.
 * @throws Error `LIST_INVALID` naming the row of list.csv that does not fit project.csv or a quota.
 */
export function roster(pack: PackFiles, quotas: readonly Quota[], places: Places): Member[] {
  const published = publishedMembers(pack, quotas)
  const slots = freeSlots(quotas, published)
  const units = freeUnits(pack, published, slots.length)
  const seed = random(pack.recipe.seed)
  const assigned = assignUnits(slots, units, pack.recipe.crossUnit, seed.fork('unit'))
  const make = memberMaker(pack, places)
  return [
    ...published,
    ...assigned.map(({ quota, unit }, index) =>
      make(index + 1, quota, unit, seed.fork(`project ${index + 1}`)),
    ),
  ]
}

function publishedMembers(pack: PackFiles, quotas: readonly Quota[]): Member[] {
  const projects = new Map(pack.project.map((row) => [row['项目编码'], row]))
  const listed = new Set(pack.list.map((row) => projects.get(row['项目编码'] ?? '')?.['项目名称']))
  return pack.list.map((row) => {
    const code = row['项目编码'] ?? ''
    const project = projects.get(code)
    const category = CATEGORY[project?.['项目类别'] ?? '']
    const kind = row['类型'] === '前期' ? 'preliminary' : 'construction'
    const collective = row['集中开工'] !== ''
    const quota = quotas.find(
      (one) => one.category === category && one.kind === kind && one.collective === collective,
    )
    if (!project || !category || !quota) {
      throw new Error(
        `LIST_INVALID: ${pack.name}/list.csv: row ${rowNumber(row)}: ${code} is not in project.csv, or no quota of figure.csv is ${row['类型']} ${project?.['项目类别'] ?? ''}`,
      )
    }
    const yi = project['总投资（亿元）']
    return {
      code,
      name: project['项目名称'] ?? '',
      unit: project['填报单位'] ?? '',
      park: project['园区'] || null,
      category,
      quota,
      generated: null,
      counted: !listed.has(project['上级项目'] || '-'),
      publishedWan: yi ? Math.round(Number(yi) * 10_000) : null,
    }
  })
}

function freeSlots(quotas: readonly Quota[], published: readonly Member[]): Quota[] {
  return quotas.flatMap((quota) => {
    const taken = published.filter((one) => one.counted && one.quota === quota).length
    if (taken > quota.count) {
      throw new Error(
        `LIST_INVALID: list.csv: ${taken} projects are ${quota.kind} ${quota.category}, the quota is ${quota.count}`,
      )
    }
    return Array.from({ length: quota.count - taken }, () => quota)
  })
}

function freeUnits(pack: PackFiles, published: readonly Member[], wanted: number): string[] {
  const units = Object.entries(pack.recipe.units).flatMap(([unit, count]) => {
    const taken = published.filter((one) => one.counted && one.unit === unit).length
    return Array.from({ length: Math.max(0, count - taken) }, () => unit)
  })
  if (units.length !== wanted) {
    throw new Error(
      `LIST_INVALID: synthetic.json: units leave ${units.length} places, the quotas ask for ${wanted}`,
    )
  }
  return units
}

/** Shuffled, but what crosses units is infrastructure that has not begun with a ceremony. */
function assignUnits(
  slots: readonly Quota[],
  units: readonly string[],
  cross: string,
  random: Random,
): { quota: Quota; unit: string }[] {
  const crossing = units.filter((unit) => unit === cross).length
  const open = random.shuffle(slots)
  const fits = (quota: Quota) => quota.category === 'infrastructure' && !quota.collective
  const across = open.filter(fits).slice(0, crossing)
  const rest = open.filter((_, index) => !isAmong(open, index, fits, crossing))
  const others = random.shuffle(units.filter((unit) => unit !== cross))
  return [
    ...across.map((quota) => ({ quota, unit: cross })),
    ...rest.map((quota, index) => ({ quota, unit: others[index] ?? cross })),
  ]
}

/** Whether the item at `index` is one of the first `count` that fit. */
function isAmong<T>(items: readonly T[], index: number, fits: (item: T) => boolean, count: number) {
  const item = items[index]
  if (item === undefined || !fits(item)) return false
  return items.slice(0, index).filter(fits).length < count
}

/** A maker of generated projects by number, quota and unit. */
export function memberMaker(pack: PackFiles, places: Places) {
  const { recipe } = pack
  const name = nameMaker(pack)
  return (number: number, quota: Quota, unit: string, random: Random): Member => {
    const parks = places.parksOf(unit)
    const inPark = parks.length > 0 && random.uniform() < (recipe.parkShare[quota.category] ?? 0)
    const park = inPark
      ? random.pickWeighted(parks, (one) => recipe.parkWeight[one.name] ?? 1)
      : null
    const town = random.pick(places.townsOf(unit))
    const quality = inPark
      ? random.pickWeighted(['surveyed', 'site', 'park'] as const, weight(PARK_QUALITY))
      : random.pickWeighted(['surveyed', 'site', 'town', 'unit'] as const, weight(TOWN_QUALITY))
    const positionQuality = unit === recipe.crossUnit ? 'unit' : quality
    const at = park
      ? places.inPark(park, random)
      : places.nearTown(town, positionQuality === 'unit' ? 3 : 1.5, random)
    const place = park ? park.name : town.name
    const size = Math.exp(random.normal(0, 0.85))
    const named = name({ category: quota.category, unit, place, large: size > 1.3 }, random)
    return {
      code: `${recipe.codePrefix}${String(number).padStart(4, '0')}`,
      name: named.name,
      unit,
      park: park?.name ?? null,
      category: quota.category,
      quota,
      counted: true,
      publishedWan: null,
      generated: {
        industry: named.chain,
        size,
        address: `${unit}${place}（示范地址）`,
        at,
        positionQuality,
        areaMu: quota.category === 'industry' ? random.integer(15, 320) : null,
        ...people(pack, quota.category, unit, number, random),
      },
    }
  }
}

const PARK_QUALITY = { surveyed: 0.36, site: 0.36, park: 0.28 }
const TOWN_QUALITY = { surveyed: 0.28, site: 0.3, town: 0.32, unit: 0.1 }

function weight<K extends string>(table: Readonly<Record<K, number>>): (key: K) => number {
  return (key) => table[key]
}

/** Nobody real: numbered people, and phone numbers that cannot be dialled. */
function people(
  { recipe, wording }: PackFiles,
  category: Category,
  unit: string,
  number: number,
  random: Random,
) {
  const officer = random.integer(1, recipe.officers)
  return {
    enterprise: `示范企业 ${String(number).padStart(4, '0')}`,
    department: `${unit}${random.pick(wording.departments[category])}（示范）`,
    leader: `示例领导 ${random.integer(1, 30)}`,
    officer: `示例专员 ${officer}`,
    phone: `000-0000-${String(officer).padStart(4, '0')}`,
  }
}
