import type { ComparisonRow } from 'api/comparison/contract'
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

/** With its sign. */
export const signed = (value: number, text: (size: number) => string): string =>
  `${value < 0 ? '−' : '+'}${text(Math.round(Math.abs(value) * 100) / 100)}`

/** A day, or an instant as China's clocks showed it. */
export const momentText = (moment: string): string =>
  moment.length > 10 ? instantText(moment) : moment
