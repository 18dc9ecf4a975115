/*
 * What an entry of the chain is, and its hash. hash = H(hash of the entry before, line break, the
 * other columns in the order of `columns` as a JSON array). Texts come from the database in one form
 * whatever the settings of the session: instants in UTC with microseconds, JSON as jsonb writes it.
 */
import { createHash, getHashes } from 'node:crypto'
import type { Query, Sql } from '../db/sql.ts'

export type Algorithm = 'sha256' | 'sm3'

/** Whom the first entry follows. */
export const noHash = '0'.repeat(64)

/** One row of `audit`, as it is hashed. */
export interface Entry {
  n: number
  at: string
  kind: string
  personId: number | null
  actor: string
  address: string | null
  agent: string | null
  noun: string | null
  rowId: number | null
  op: string | null
  projectId: number | null
  unitId: number | null
  parkId: number | null
  reason: string | null
  detail: string | null
  changeSeq: number | null
  version: string | null
  content: string | null
  algorithm: Algorithm
  hash: string
}

const hashed = [
  'n',
  'at',
  'kind',
  'personId',
  'actor',
  'address',
  'agent',
  'noun',
  'rowId',
  'op',
  'projectId',
  'unitId',
  'parkId',
  'reason',
  'detail',
  'changeSeq',
  'version',
  'content',
  'algorithm',
] as const satisfies (keyof Entry)[]

/**
 * The hash of a text, in hexadecimal.
 * @throws Error `SM3_MISSING` where this Node was built without it.
 */
export function digest(algorithm: Algorithm, text: string): string {
  if (algorithm === 'sm3' && !getHashes().includes('sm3')) {
    throw new Error(
      'SM3_MISSING: OpenSSL of this Node has no SM3; use a Node with its own OpenSSL 3, or sha256',
    )
  }
  return createHash(algorithm).update(text).digest('hex')
}

/** The hash that an entry has to have after the one whose hash is `previous`. */
export function hashOf(previous: string, entry: Omit<Entry, 'hash'>): string {
  const text = JSON.stringify(hashed.map((name) => entry[name]))
  return digest(entry.algorithm, `${previous}\n${text}`)
}

/** An instant in UTC with its microseconds. */
export const instant = (sql: Query, column: string) =>
  sql`to_char(${(sql as Sql)(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Entries after `n`, in order. */
export function readEntries(sql: Query, after: number, upTo: number): Promise<Entry[]> {
  return sql<Entry[]>`
    select n, ${instant(sql, 'at')} as at, kind, person_id, actor, address, agent, noun, row_id, op,
           project_id, unit_id, park_id, reason, detail::text as detail, change_seq,
           ${instant(sql, 'version')} as version, content, algorithm, hash
      from audit where n > ${after} and n <= ${upTo} order by n`
}
