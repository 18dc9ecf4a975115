import type { AccountRow, Asked, LeftOut } from '../shell/explanation.ts'
import { monthOf } from '../ui/date.ts'
import { provenanceOf } from './table.ts'

/** A row of the project table as a row behind a figure. */
export function accountRow(asked: Asked, row: number, amount: number, base?: number): AccountRow {
  const { table, t } = asked
  const reported = table.reported[row] ?? -1
  return {
    ...named(asked, row),
    amount,
    ...(base === undefined ? {} : { base }),
    source: t(`project:provenance.${provenanceOf(table, row)}`),
    at: reported < 0 ? '' : monthOf(reported),
  }
}

/** A row of the project table that is not in a figure, and why; `reason` is a key of explain:reason. */
export function leftOut(asked: Asked, row: number, reason: string): LeftOut {
  return { ...named(asked, row), reason: asked.t(`explain:reason.${reason}`) }
}

function named({ table, places }: Asked, row: number) {
  const id = table.id[row] ?? 0
  return {
    key: String(id),
    name: table.name[row] ?? '',
    project: id,
    note: places.unit.get(table.unit[row] ?? -1) ?? '',
  }
}

/** Rows split by the first reason that keeps each out; null keeps it in. */
export function split(
  rows: Iterable<number>,
  reasonOf: (row: number) => string | null,
): { kept: number[]; out: { row: number; reason: string }[] } {
  const kept: number[] = []
  const out: { row: number; reason: string }[] = []
  for (const row of rows) {
    const reason = reasonOf(row)
    if (reason === null) kept.push(row)
    else out.push({ row, reason })
  }
  return { kept, out }
}
