import type { Asker, Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import type { Scope } from '../person/viewer.ts'
import { changesOf } from './changes.ts'
import type { AuditEntry, AuditFilter, AuditList, AuditPage } from './contract.ts'

type Row = Omit<AuditEntry, 'changes'> & { version: string | null }

/** A page of the record with what each entry changed; only for those who may read it. */
export function listAudit(
  db: Database,
  asker: Asker & { scope: Scope },
  page: AuditPage,
): Promise<AuditList> {
  return db.read(asker, async (tx) => {
    await tx`select set_config('onemap.audit', 'read', true)`
    const rows = await readRows(tx, page)
    const changes = await changesOf(tx, rows)
    return {
      rows: rows.map(({ version: _, ...row }) => ({ ...row, changes: changes.get(row.n) ?? [] })),
      next: rows.length === page.limit ? (rows.at(-1)?.n ?? null) : null,
    }
  })
}

async function readRows(tx: Transaction, page: AuditPage): Promise<Row[]> {
  const { before, limit } = page
  return tx<Row[]>`
    select a.n, a.at, a.kind, a.person_id, a.actor, a.address, a.agent, a.noun, a.row_id, a.op,
           a.project_id, p.name as project, a.reason, a.detail, a.algorithm, a.hash,
           to_char(a.version at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as version
      from audit a left join project p on p.id = a.project_id
     where ${conditions(tx, page)} and a.n < ${before ?? Number.MAX_SAFE_INTEGER}
     order by a.n desc limit ${limit}`
}

function conditions(tx: Transaction, filter: AuditFilter) {
  const { n, person, noun, row, project, kind, from, to, text } = filter
  const all = [
    n !== undefined && tx`a.n = ${n}`,
    person !== undefined && tx`a.person_id = ${person}`,
    noun !== undefined && tx`a.noun = ${noun}`,
    row !== undefined && tx`a.row_id = ${row}`,
    project !== undefined && tx`a.project_id = ${project}`,
    kind !== undefined && tx`a.kind = ${kind}`,
    from !== undefined && tx`a.at >= (${from}::text || ' 00:00:00+08')::timestamptz`,
    to !== undefined && tx`a.at < (${to}::text || ' 00:00:00+08')::timestamptz + interval '1 day'`,
    text !== undefined &&
      tx`concat_ws(' ', a.actor, a.reason, a.address, a.detail::text) ilike ${`%${literal(text)}%`}`,
  ].filter((one) => one !== false)
  return all.reduce((one, other) => tx`${one} and ${other}`, tx`true`)
}

/** Text to look for, not a pattern. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')
