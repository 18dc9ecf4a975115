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
  /** The row that it matches, or null: it will be created. */
  existing: Existing | null
  values: Record<string, Scalar>
  /** What differs from the existing row; what the file leaves out is no difference. */
  changes: Change[]
  /** Code of the project (or unit) that the row belongs to and that this import creates. */
  projectCode?: string
  parentCode?: string
}

const BATCH = 2000

/** The fact with its difference to the row that it matches. */
export function factOf(
  draft: Draft,
  spec: TableSpec,
  existing: Existing | null,
  values: Record<string, Scalar>,
  prefix = '',
): Fact {
  const changes: Change[] = []
  if (existing) {
    for (const { field, type } of fieldsOf(spec)) {
      const after = values[field]
      const before = existing[field] ?? null
      if (after === undefined || same(before, after, type)) continue
      changes.push({ field: prefix + field, before: brief(before), after: brief(after) })
    }
  }
  return { draft, spec, existing, values, changes }
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
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = await tx.unsafe<Existing[]>(
      `select ${read} from ${spec.table} t
        where t.${key} in (select value::bigint from jsonb_array_elements_text($1::text::jsonb)) ${only}`,
      [JSON.stringify(ids.slice(from, from + BATCH))],
    )
    rows.push(...batch)
  }
  return rows
}

/** Creates the facts that match nothing, told after each batch. */
export async function insertFacts(
  tx: Transaction,
  spec: TableSpec,
  facts: readonly Fact[],
  told: (rows: number) => void,
): Promise<void> {
  const { columns, geometry } = spec
  const projectId = (name: string) =>
    name === 'project_id'
      ? 'coalesce(r.project_id, (select p.id from project p where p.code = r.project_code))'
      : name === 'parent_id'
        ? `coalesce(r.parent_id, (select p.id from ${spec.table} p where p.code = r.parent_code))`
        : `r.${name}`
  const into = [...columns.map(({ column }) => column), ...geometry.map(({ column }) => column)]
  const from = [
    ...columns.map(({ column }) => projectId(column)),
    ...geometry.map(({ sql }) => sql),
  ]
  const query = `insert into ${spec.table} (${into.join(', ')})
    select ${from.join(', ')} from jsonb_to_recordset($1::text::jsonb) as r(${recordOf(spec)})`
  await inBatches(facts, told, (rows) => tx.unsafe(query, [JSON.stringify(rows)]))
}

/** Sets what changed of the facts that match a row. */
export async function updateFacts(
  tx: Transaction,
  spec: TableSpec,
  facts: readonly Fact[],
  told: (rows: number) => void,
): Promise<void> {
  const { columns, geometry } = spec
  const sets = [
    ...columns.map(({ column }) =>
      column === 'parent_id'
        ? `parent_id = coalesce(r.parent_id, (select p.id from ${spec.table} p where p.code = r.parent_code), t.parent_id)`
        : `${column} = coalesce(r.${column}, t.${column})`,
    ),
    ...geometry.map(({ column, sql }) => `${column} = coalesce(${sql}, t.${column})`),
  ]
  const query = `update ${spec.table} t set ${sets.join(', ')}
    from jsonb_to_recordset($1::text::jsonb) as r(id bigint, ${recordOf(spec)}) where t.id = r.id`
  await inBatches(facts, told, (rows) => tx.unsafe(query, [JSON.stringify(rows)]))
}

async function inBatches(
  facts: readonly Fact[],
  told: (rows: number) => void,
  write: (rows: Record<string, unknown>[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < facts.length; from += BATCH) {
    const batch = facts.slice(from, from + BATCH)
    await write(batch.map(recordFrom))
    told(batch.length)
  }
}

/** The record of a fact; keys are column names, since the statement names them so. */
function recordFrom(fact: Fact): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  if (fact.existing) record['id'] = fact.existing.id
  if (fact.projectCode !== undefined) record['project_code'] = fact.projectCode
  if (fact.parentCode !== undefined) record['parent_code'] = fact.parentCode
  for (const { field, column } of fieldsOf(fact.spec)) {
    const value = fact.values[field]
    if (value !== undefined) record[column] = value
  }
  return record
}

function recordOf(spec: TableSpec): string {
  const own = fieldsOf(spec).map(({ column, type }: ColumnSpec) => `${column} ${type}`)
  return [...own, 'project_code text', 'parent_code text'].join(', ')
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
