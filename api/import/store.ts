/*
 * Reads and writes facts in sets: thousands of rows a statement, carried as one JSON document, so
 * that it is the same on either database.
 */
import type { Transaction } from '../db/sql.ts'
import type { Draft } from './draft.ts'
import { type ColumnSpec, fieldsOf, type TableSpec } from './tables.ts'

export type Scalar = string | number | boolean
export type Existing = Record<string, Scalar | null> & { id: number }

export interface Change {
  field: string
  before: unknown
  after: unknown
}

/** One row of one table as a file wants it. */
export interface Fact {
  draft: Draft
  spec: TableSpec
  /** Id of the row that it matches, or null: it will be created. */
  id: number | null
  values: Record<string, Scalar>
  /** Stands before its fields in `changes`: `plan.2023.`, '' for the row's own. */
  prefix: string
  /** What differs from the existing row; what the file leaves out is no difference. */
  changes: Change[]
  /** Code of the project (or unit) that the row belongs to and that this import creates. */
  projectCode?: string
  parentCode?: string
}

const BATCH = 10_000

/**
 * The fact with its difference to the row that it matches, or null where there is none: the row
 * that exists already says all that the file says.
 */
export function factOf(
  draft: Draft,
  spec: TableSpec,
  existing: Existing | null,
  values: Record<string, Scalar>,
  prefix = '',
  parentCode?: string,
): Fact | null {
  const changes: Change[] = []
  if (existing) {
    for (const { field, type } of fieldsOf(spec)) {
      const after = values[field]
      if (after === undefined) continue
      const before = existing[field] ?? null
      if (same(before, after, type)) continue
      changes.push({ field: prefix + field, before: brief(before), after: brief(after) })
    }
    if (parentCode !== undefined) {
      const before = existing['parentId'] ?? null
      changes.push({ field: `${prefix}parentId`, before, after: parentCode })
    }
    if (changes.length === 0) return null
  }
  const fact: Fact = { draft, spec, id: existing?.id ?? null, values, prefix, changes }
  if (parentCode !== undefined) fact.parentCode = parentCode
  return fact
}

/** Rows by a list of ids (of `key`: the row's own id, or its project's). */
export async function readExisting(
  tx: Transaction,
  spec: TableSpec,
  key: 'id' | 'project_id',
  ids: readonly number[],
  only = '',
): Promise<Existing[]> {
  const read = [
    't.id',
    ...spec.columns.map((column) => `t.${column.column}`),
    ...spec.geometry.map((geometry) => geometry.read),
  ].join(', ')
  const rows: Existing[] = []
  for (const some of batches(ids)) {
    const found = await tx.unsafe<Existing[]>(
      `select ${read} from ${spec.table} t
        where t.${key} in (select value::bigint from jsonb_array_elements_text($1::text::jsonb)) ${only}`,
      [JSON.stringify(some)],
    )
    rows.push(...found)
  }
  return rows
}

/** Ids of the rows that this import has created, by `table code`; later rows refer to them. */
export type CreatedIds = Map<string, number>

/** Creates the facts that match nothing, told after each batch. */
export async function insertFacts(
  tx: Transaction,
  spec: TableSpec,
  facts: readonly Fact[],
  created: CreatedIds,
  told: (rows: number) => void,
): Promise<void> {
  const { columns, geometry } = spec
  const into = [...columns.map(({ column }) => column), ...geometry.map(({ column }) => column)]
  const from = [...columns.map(({ column }) => `r.${column}`), ...geometry.map(({ sql }) => sql)]
  const coded = columns.some(({ column }) => column === 'code')
  const query = `insert into ${spec.table} (${into.join(', ')})
    select ${from.join(', ')} from json_to_recordset($1::text::json) as r(${recordOf(spec)})
    ${coded ? 'returning id, code' : ''}`
  for (const batch of batches(facts)) {
    const rows = await tx.unsafe<{ id: number; code: string }[]>(query, [recordsOf(batch, created)])
    if (coded) for (const { id, code } of rows) created.set(`${spec.table} ${code}`, id)
    told(batch.length)
  }
}

/** Sets what changed of the facts that match a row. */
export async function updateFacts(
  tx: Transaction,
  spec: TableSpec,
  facts: readonly Fact[],
  created: CreatedIds,
  told: (rows: number) => void,
): Promise<void> {
  const sets = [
    ...spec.columns.map(({ column }) => `${column} = coalesce(r.${column}, t.${column})`),
    ...spec.geometry.map(({ column, sql }) => `${column} = coalesce(${sql}, t.${column})`),
  ]
  const query = `update ${spec.table} t set ${sets.join(', ')}
    from json_to_recordset($1::text::json) as r(id bigint, ${recordOf(spec)}) where t.id = r.id`
  for (const batch of batches(facts)) {
    await tx.unsafe(query, [recordsOf(batch, created)])
    told(batch.length)
  }
}

function* batches<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH)
}

/** The records of facts; keys are column names, since the statement names them so. */
function recordsOf(facts: readonly Fact[], created: CreatedIds): string {
  const records = facts.map((fact) => {
    const record: Record<string, unknown> = {}
    if (fact.id !== null) record['id'] = fact.id
    for (const { field, column } of fieldsOf(fact.spec)) {
      const value = fact.values[field]
      if (value !== undefined) record[column] = value
    }
    if (fact.projectCode !== undefined) {
      record['project_id'] = created.get(`project ${fact.projectCode}`)
    }
    if (fact.parentCode !== undefined) {
      record['parent_id'] = created.get(`${fact.spec.table} ${fact.parentCode}`)
    }
    return record
  })
  return JSON.stringify(records)
}

function recordOf(spec: TableSpec): string {
  return fieldsOf(spec)
    .map(({ column, type }: ColumnSpec) => `${column} ${type}`)
    .join(', ')
}

function same(before: unknown, after: Scalar, type: ColumnSpec['type']): boolean {
  if (before === null || before === undefined) return false
  if (type === 'timestamptz') return Date.parse(String(before)) === Date.parse(String(after))
  if (type === 'float8') return Math.abs(Number(before) - Number(after)) < 1e-8
  return before === after
}

/** Boundaries are too long for a report. */
function brief(value: unknown): unknown {
  return typeof value === 'string' && value.length > 300 ? `${value.slice(0, 80)}…` : value
}
