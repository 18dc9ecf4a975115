import type { Database } from '../db/database.ts'
import type { AuditState } from './contract.ts'
import { readRule } from './rule.ts'

/** How far the chain reaches, and what its last check said. */
export async function readState(db: Database): Promise<Omit<AuditState, 'running'>> {
  const { sql } = db
  const [row] = await sql<Omit<AuditState, 'running' | 'algorithm' | 'keepDays'>[]>`
    select count(*)::int as entries, min(at) as first, max(at) as last,
           (select jsonb_build_object('n', n, 'hash', hash) from audit order by n desc limit 1) as head,
           (select count(*) from audit_event)
             + (select count(*) from change
                 where seq is null or seq > (select coalesce(max(change_seq), 0) from audit)) as waiting,
           (select jsonb_build_object(
                     'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                     'n', detail -> 'n', 'hash', detail -> 'hash', 'damage', detail -> 'damage')
              from audit where kind = 'verify' order by n desc limit 1) as checked
      from audit`
  const { algorithm, keepDays } = await readRule(sql)
  const none = { entries: 0, first: null, last: null, head: null, waiting: 0, checked: null }
  return { ...none, ...row, algorithm, keepDays }
}
