import postgres from 'postgres'
import type { Transaction } from '../db/sql.ts'
import type { AuditEntry, FieldChange } from './contract.ts'

interface Versions {
  n: number
  after: Record<string, unknown> | null
  before: Record<string, unknown> | null
}

/** Fields that only say which row it is, or are made of others. */
const silent = new Set(['id', 'key', 'search_text'])
/** Outlines are long, and nobody reads them. */
const longestValue = 1000

/**
 * What the changes among some entries changed, by the entries' numbers. Histories that requests may not
 * read (secrets of accounts) tell nothing.
 */
export async function changesOf(
  tx: Transaction,
  rows: readonly (Pick<AuditEntry, 'n' | 'noun' | 'rowId' | 'op' | 'at'> & {
    version: string | null
  })[],
): Promise<Map<number, FieldChange[]>> {
  const changes = new Map<number, FieldChange[]>()
  const told = rows.filter(({ op, version }) => op === 'delete' || version !== null)
  for (const noun of new Set(told.map((row) => row.noun ?? ''))) {
    const [readable] = await tx`
      select where has_table_privilege(to_regclass(${`${noun}_history`}), 'select')`
    if (!readable) continue
    const own = told.filter((row) => row.noun === noun)
    for (const { n, before, after } of await versionsOf(tx, noun, own)) {
      changes.set(n, differences(before ?? {}, after ?? {}))
    }
  }
  return changes
}

/** Each change's version and the one before; of a deletion only the last. */
async function versionsOf(
  tx: Transaction,
  noun: string,
  rows: readonly { n: number; rowId: number | null; version: string | null; at: string }[],
): Promise<Versions[]> {
  const keys = rows.map(({ n, rowId, version, at }) => ({ n, id: rowId, version, at }))
  const history = tx(`${noun}_history`)
  const own = tx`- 'during' - 'actor' - 'reason' - 'actor_id' - 'actor_address'`
  return tx<Versions[]>`
    select k.n,
           (select to_jsonb(h) ${own} from ${history} h
             where h.id = k.id and lower(h.during) = k.version) as after,
           (select to_jsonb(h) ${own} from ${history} h
             where h.id = k.id and lower(h.during) < coalesce(k.version, 'infinity')
             order by lower(h.during) desc limit 1) as before
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb)
        as k(n bigint, id bigint, version timestamptz)`
}

function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((column) => !silent.has(column))
    .map((column) => ({
      field: postgres.toCamel(column),
      before: shown(before[column]),
      after: shown(after[column]),
    }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}

function shown(value: unknown): unknown {
  const text = JSON.stringify(value ?? null)
  return text.length <= longestValue
    ? (value ?? null)
    : `${text.slice(0, longestValue)}…（${text.length}）`
}
