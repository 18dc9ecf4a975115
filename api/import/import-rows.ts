/*
 * The importer for programs: rows that are already parsed go the way that a file's rows go.
 */
import type { Database } from '../db/database.ts'
import type { Cell, Source } from './cell.ts'
import type { ImportNoun, ImportReport } from './contract.ts'
import { ImportFailure } from './failure.ts'
import { type FieldKind, fieldOf } from './fields.ts'
import { type ImportSettings, importSource } from './import-source.ts'

/**
 * Imports rows that are already parsed; keys are field names (fields.ts). Bare amounts are 万元,
 * dates are text as in a file (`2023-05-31`, `2023-05`, `2023`), positions `lon` and `lat` in
 * `settings.crs` (wgs84 unless stated).
 * @throws ImportFailure `NO_ROWS`, `FIELD_UNKNOWN`
 */
export async function importRows(
  db: Database,
  noun: ImportNoun,
  rows: readonly Readonly<Record<string, Cell>>[],
  settings: ImportSettings & { name?: string },
): Promise<ImportReport> {
  const { name = noun, crs = 'wgs84' } = settings
  const file = { fileName: name, sha256: '', as: noun }
  return importSource(db, sourceOf(noun, rows), { ...settings, crs }, file)
}

function sourceOf(noun: ImportNoun, rows: readonly Readonly<Record<string, Cell>>[]): Source {
  if (rows.length === 0) throw new ImportFailure('NO_ROWS', '没有数据行：至少要有一行')
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  const fields = [...names].map((name) => {
    const field = fieldOf(noun, name)
    if (field) return field
    throw new ImportFailure('FIELD_UNKNOWN', `${noun} 没有字段“${name}”`)
  })
  // A program's 0.5 is half a percent whatever stands beside it.
  const units: Partial<Record<FieldKind, string>> = { money: '（万元）', percent: '（%）' }
  const header = fields.map(({ name, kind }) => `${name}${units[kind] ?? ''}`)
  const body = rows.map((row) => fields.map(({ name }) => row[name] ?? null))
  const numbers = [0, ...rows.map((_, index) => index + 1)]
  return { format: 'rows', sheets: [{ name: '', rows: [header, ...body], numbers }], crs: null }
}
