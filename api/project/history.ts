import postgres from 'postgres'
import type { FactTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { ProjectHistory, ProjectVersion } from './contract.ts'

interface Version {
  row: Record<string, unknown>
  /** The version before it, as it stood. */
  before: Record<string, unknown> | null
  from: string
  to: string | null
  actor: string
  reason: string | null
}

const tables: FactTable[] = ['project', 'plan', 'milestone', 'investment', 'report']
/** Fields that only say which row it is. */
const silent = new Set(['id', 'key', 'project_id', 'search_text', 'filed_at'])

/**
 * Every version of the project and of what belongs to it, newest first, each with the fields that
 * differ from the version before (all that are set for the first). The newest 1,000 versions a noun.
 */
export async function readHistory(sql: Query, project: number): Promise<ProjectHistory> {
  const rows: ProjectVersion[] = []
  for (const noun of tables) rows.push(...(await versionsOf(sql, noun, project)))
  // Versions of the same millisecond keep the order that they come in.
  rows.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))
  return { rows }
}

async function versionsOf(sql: Query, noun: FactTable, project: number): Promise<ProjectVersion[]> {
  const key = noun === 'project' ? 'id' : 'project_id'
  const versions = await sql<Version[]>`
    select row, lag(row) over (partition by id order by lower(during)) as before,
           lower(during) as "from", upper(during) as "to", actor, reason
      from (select *, to_jsonb(h) - 'during' - 'actor' - 'reason' - 'actor_id' - 'actor_address' as row
              from ${sql(`${noun}_history`)} h
             where ${sql(key)} = ${project}) versions
     order by lower(during) desc, id desc limit 1000`
  return versions.map(({ row, before, ...version }) => ({
    ...version,
    noun,
    changes: differences(before ?? {}, row),
  }))
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  return Object.keys(after)
    .filter((column) => !silent.has(column))
    .map((column) => ({
      field: postgres.toCamel(column),
      before: before[column] ?? null,
      after: after[column] ?? null,
    }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}
