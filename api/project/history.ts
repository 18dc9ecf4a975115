import postgres from 'postgres'
import type { FactTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { ProjectHistory, ProjectVersion } from './contract.ts'

interface Version {
  id: number
  row: Record<string, unknown>
  from: string
  to: string | null
  actor: string
  reason: string | null
}

const tables: FactTable[] = ['project', 'plan', 'milestone', 'investment', 'report']
/** Fields that only say which row it is. */
const silent = new Set(['id', 'key', 'project_id', 'search_text'])

/**
 * Every version of the project and of what belongs to it, newest first, each with the fields that
 * differ from the version before (all that are set for the first). At most 1,000 versions a noun.
 */
export async function readHistory(sql: Query, project: number): Promise<ProjectHistory> {
  const rows: ProjectVersion[] = []
  for (const noun of tables) rows.push(...(await versionsOf(sql, noun, project)))
  rows.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))
  return { rows }
}

async function versionsOf(sql: Query, noun: FactTable, project: number): Promise<ProjectVersion[]> {
  const key = noun === 'project' ? 'id' : 'project_id'
  const versions = await sql<Version[]>`
    select id, to_jsonb(h) - 'during' - 'actor' - 'reason' as row,
           lower(during) as "from", upper(during) as "to", actor, reason
      from ${sql(`${noun}_history`)} h
     where ${sql(key)} = ${project}
     order by id, lower(during) limit 1000`
  return versions.map((version, index) => {
    const before = versions[index - 1]
    return {
      from: version.from,
      to: version.to,
      actor: version.actor,
      reason: version.reason,
      noun,
      changes: differences(before?.id === version.id ? before.row : {}, version.row),
    }
  })
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
