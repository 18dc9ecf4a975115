/*
 * The files of a pack as people save them: UTF-8 or GB18030; what is wrong is told with file, row
 * and column.
 */
import papaparse from 'papaparse'
import type { z } from 'zod'
import { decode } from '../../import/decode.ts'

/** A CSV file as rows of its header. */
export type Rows = Record<string, string>[]

/** What a column must hold: anything, something, or a number. */
export type Columns = Readonly<Record<string, 'any' | 'text' | 'number'>>

const numbers = new WeakMap<Rows[number], number>()

/** The row's number in its file, the header being the first. */
export const rowNumber = (row: Rows[number]): number => numbers.get(row) ?? 0

/**
 * A JSON file; `place` is how messages call it.
 * @throws Error `PACK_INVALID` naming file and field
 */
export function parseJson<T>(place: string, bytes: Uint8Array, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readJson(place, bytes))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(place, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function readJson(place: string, bytes: Uint8Array): unknown {
  const text = readText(place, bytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(place, `no JSON: ${(error as Error).message}`)
  }
}

/**
 * A CSV file whose header names at least those columns.
 * @throws Error `PACK_INVALID` naming file, row and column
 */
export function parseTable(place: string, bytes: Uint8Array, columns: Columns): Rows {
  const { data, errors } = papaparse.parse<string[]>(readText(place, bytes))
  const [fault] = errors.filter(({ type }) => type === 'Quotes')
  if (fault) throw invalid(place, `row ${(fault.row ?? 0) + 1}: ${fault.message}`)
  const header = (data[0] ?? []).map((name) => name.trim())
  const missing = Object.keys(columns).filter((name) => !header.includes(name))
  if (missing.length > 0) {
    throw invalid(
      place,
      `row 1: no column ${missing.join(', ')}; the header is ${header.join(',')}`,
    )
  }
  return data.slice(1).flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const row = Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))
    numbers.set(row, index + 2)
    checkCells(place, row, columns)
    return [row]
  })
}

function checkCells(place: string, row: Rows[number], columns: Columns): void {
  for (const [name, kind] of Object.entries(columns)) {
    const value = (row[name] ?? '').trim()
    const where = `row ${rowNumber(row)}, column ${name}`
    if (kind !== 'any' && value === '') throw invalid(place, `${where}: is empty`)
    if (kind === 'number' && !Number.isFinite(Number(value))) {
      throw invalid(place, `${where}: "${value}" is no number`)
    }
  }
}

function readText(place: string, bytes: Uint8Array): string {
  try {
    return decode(bytes)
  } catch (error) {
    throw invalid(place, `is no text in UTF-8 or GB18030: ${(error as Error).message}`)
  }
}

const invalid = (place: string, why: string) => new Error(`PACK_INVALID: ${place}: ${why}`)
