/*
 * What changed, in the words of the people who read it: 2023年年度计划投资, not plan.2023.annualWan;
 * 在建's unit by its name, not its number.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { MILESTONE_NAME, wordOf } from './choice.ts'
import type { ImportNoun, RowResult } from './contract.ts'
import { fieldOf } from './fields.ts'
import { ALL_SOURCES } from './fund.ts'
import type { Change } from './store.ts'

/** The name of what an id stands for, by the field that holds it; undefined where it is no id. */
export type NameOf = (field: string, id: unknown) => string | undefined

/** Fields that follow from others, for machines. */
const HIDDEN: ReadonlySet<string> = new Set(['searchText'])

const LABELS: Readonly<Record<string, string>> = {
  unitId: '填报单位',
  parkId: '园区',
  parentId: '上级',
  boundaryQuality: '边界精度',
  lon: '经度',
  lat: '纬度',
  positionCrs: '坐标系',
}
const MILESTONE_LABELS: Readonly<Record<string, string>> = {
  name: '名称',
  originalPrecision: '原计划日期精度',
  revisedPrecision: '调整后日期精度',
  actualPrecision: '实际日期精度',
}
const PLAN_LABELS: Readonly<Record<string, string>> = { kind: '计划类型' }
const MONEY_LABELS: Readonly<Record<string, string>> = {
  plannedWan: '计划投资',
  actualWan: '完成投资',
}
const PRECISION: Readonly<Record<string, string>> = {
  day: '日',
  month: '月',
  quarter: '季度',
  year: '年',
}

/** A change with its label and values in words; null where only machines have a use for it. */
export function inWords(
  noun: ImportNoun,
  { field, before, after }: Change,
  nameOf: NameOf,
): RowResult['changes'][number] | null {
  const name = field.split('.').at(-1) ?? field
  if (HIDDEN.has(name)) return null
  if (name === 'boundary') {
    return { field, label: '边界', before: before === null ? null : '原边界', after: '新边界' }
  }
  const table = field.includes('.') ? (field.split('.')[0] ?? noun) : noun
  const say = (value: unknown) => nameOf(name, value) ?? wordFor(table, name, value)
  return { field, label: labelFor(noun, field, name), before: say(before), after: say(after) }
}

function labelFor(noun: ImportNoun, field: string, name: string): string {
  const [table, key = ''] = field.split('.')
  const month = `${key.slice(0, 4)}年${Number(key.slice(5, 7))}月`
  switch (field === name ? noun : table) {
    case 'plan':
      return `${key}${key === '' ? '' : '年'}${PLAN_LABELS[name] ?? ownLabel('plan', name)}`
    case 'milestone': {
      const of = MILESTONE_NAME[key as MilestoneKind] ?? ''
      return `${of}${MILESTONE_LABELS[name] ?? ownLabel('milestone', name)}`
    }
    case 'investment': {
      const source = key.slice(11)
      const of = source === '' || source === ALL_SOURCES ? '' : `（${source}）`
      return `${month}${MONEY_LABELS[name] ?? ownLabel('investment', name)}${of}`
    }
    case 'report':
      return `${month}${ownLabel('report', name)}`
    default:
      return ownLabel(noun, name)
  }
}

function ownLabel(noun: ImportNoun, name: string): string {
  return fieldOf(noun, name)?.label ?? LABELS[name] ?? name
}

function wordFor(table: string, name: string, value: unknown): unknown {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'string') return value
  if (name.endsWith('Precision')) return PRECISION[value] ?? value
  return wordOf(table === 'plan' && name === 'kind' ? 'planKind' : name, value) ?? value
}
