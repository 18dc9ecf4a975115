/*
 * A row on its way in: values by field name, what was found about it, and where its file said it.
 */

import type { Shape } from './cell.ts'
import type { Finding, ImportNoun } from './contract.ts'
import type { RawPair } from './coordinates.ts'
import type { PeriodDate } from './dates.ts'
import type { Percent } from './numbers.ts'

export type Value = string | number | boolean | PeriodDate | Percent | PeriodDate[] | RawPair

export interface Draft {
  row: number
  /** Named in messages where a workbook has several tables, else ''. */
  sheet: string
  values: Record<string, Value | undefined>
  /** Coordinates as written, and the system that the row or its columns state. */
  pair: RawPair | null
  crs: string | null
  shape: Shape | null
  findings: Finding[]
  /** The year that its sheet's title, the plan's header or the importer's option names. */
  year: number | undefined
  /** Where headings and the sheet's name may say the unit that no column does. */
  places?: readonly string[]
}

export interface Table {
  noun: ImportNoun
  drafts: Draft[]
  /** Whether any column is one of the twelve months. */
  wide: boolean
  columns: { header: string; field: string | null; unit: string | null }[]
  findings: Finding[]
}

// The values of a row by kind: undefined where a field is blank, refused or of another kind.

export function textOf(draft: Draft, field: string): string | undefined {
  const value = draft.values[field]
  return typeof value === 'string' ? value : undefined
}

export function numberOf(draft: Draft, field: string): number | undefined {
  const value = draft.values[field]
  return typeof value === 'number' ? value : undefined
}

export function periodOf(draft: Draft, field: string): PeriodDate | undefined {
  const value = draft.values[field]
  return typeof value === 'object' && 'precision' in value ? value : undefined
}

export function percentOf(draft: Draft, field: string): Percent | undefined {
  const value = draft.values[field]
  return typeof value === 'object' && 'tolerance' in value ? value : undefined
}

/** Adds a finding about one field of a row; `refuse` keeps the row out. */
export function flag(
  draft: Draft,
  level: Finding['level'],
  code: string,
  field: string | null,
  value: unknown,
  message: string,
): void {
  draft.findings.push({
    row: draft.row,
    field,
    value: value === null || value === undefined ? null : String(value).slice(0, 200),
    code,
    message: `${rowWords(draft)}：${message}`,
    level,
  })
}

/** 第 5 行, with its sheet where a workbook has several tables. */
export function rowWords({ sheet, row }: { sheet: string; row: number }): string {
  return `${sheet === '' ? '' : `工作表“${sheet}”`}第 ${row} 行`
}

export function isRefused(draft: Draft): boolean {
  return draft.findings.some(({ level }) => level === 'refuse')
}

/** A finding about the file as a whole. */
export function aboutFile(
  level: Finding['level'],
  code: string,
  message: string,
  field: string | null = null,
  value: string | null = null,
): Finding {
  return { row: null, field, value, code, message, level }
}
