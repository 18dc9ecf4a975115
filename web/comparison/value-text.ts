import type { Comparison, ComparisonRow } from 'api/comparison/contract'
import type { TFunction } from 'i18next'
import { daysBetween, instantText } from '../ui/date.ts'
import { count, wan } from '../ui/number.ts'

/** One side of a difference in the reader's words. */
export function valueText(t: TFunction, row: ComparisonRow, side: 'before' | 'after'): string {
  const value = row[side]
  if (value === null) return t('comparison:none')
  if (row.kind === 'money') return wan(Number(value))
  if (row.kind === 'light') return t(`project:light.${value}`)
  if (row.kind === 'stage') return t(`project:stage.${value}`)
  if (row.kind === 'milestone') return String(value)
  return t(`comparison:value.${value}`)
}

/** How far two dates or amounts lie apart, with sign; empty where that says nothing. */
export function distanceText(t: TFunction, { kind, before, after }: ComparisonRow): string {
  if (before === null || after === null) return ''
  if (kind === 'money') return signed(Number(after) - Number(before), wan)
  if (kind !== 'milestone') return ''
  const days = daysBetween(String(before), String(after))
  return t('comparison:days', { count: Math.abs(days), days: signed(days, count) })
}

const signed = (value: number, text: (size: number) => string): string =>
  `${value < 0 ? '−' : '+'}${text(Math.round(Math.abs(value) * 100) / 100)}`

/** "3 个亮灯变化（1 个转红）、2 份填报…": what a strip or a wall has room for; empty where nothing differs. */
export function sumText(
  t: TFunction,
  { totals, lights, opened, closed, doneWan }: Comparison,
): string {
  const of = (kind: string) => totals.find((one) => one.kind === kind)?.rows ?? 0
  const toRed = lights
    .filter(({ after }) => after === 'red')
    .reduce((sum, { projects }) => sum + projects, 0)
  const parts = [
    of('light') > 0 && t('comparison:sum.light', { count: of('light'), red: toRed }),
    of('stage') > 0 && t('comparison:sum.stage', { count: of('stage') }),
    of('milestone') > 0 && t('comparison:sum.milestone', { count: of('milestone') }),
    of('report') > 0 && t('comparison:sum.report', { count: of('report') }),
    doneWan !== null && doneWan !== 0 && t('comparison:sum.done', { done: signed(doneWan, wan) }),
    opened > 0 && t('comparison:sum.opened', { count: opened }),
    closed > 0 && t('comparison:sum.closed', { count: closed }),
    of('list') > 0 && t('comparison:sum.list', { count: of('list') }),
  ]
  return parts.filter((part) => part !== false).join(t('comparison:sum.join'))
}

/** How many changes there are, of every kind. */
export const changesIn = ({ totals }: Pick<Comparison, 'totals'>): number =>
  totals.reduce((sum, { rows }) => sum + rows, 0)

/** A day, or an instant as China's clocks showed it. */
export const momentText = (moment: string): string =>
  moment.length > 10 ? instantText(moment) : moment
