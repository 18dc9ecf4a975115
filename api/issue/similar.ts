import type { Query } from '../db/sql.ts'
import type { Issue, IssueRule } from './contract.ts'
import { issueOf, shown } from './queries.ts'
import { closed } from './rules.ts'

/** Of so many signs that two titles hold together, this share has to be in both. */
const alike = 0.5
const most = 5

/**
 * Open issues that may be the one about to be raised: of the same project and cause not long ago, or
 * of the same project (or of any, where none is named) with much the same title.
 */
export async function similarIssues(
  sql: Query,
  asked: { project?: number | undefined; cause?: string | undefined; title?: string | undefined },
  now: Date,
  rule: IssueRule,
): Promise<Issue[]> {
  const since = new Date(now.getTime() - rule.similarDays * 86_400_000).toISOString()
  const rows = await sql<Parameters<typeof issueOf>[0][]>`
    ${shown(
      sql,
      sql`
        select i.* from issue i
         where i.state not in ${sql(closed)} and i.received_at >= ${since}
           ${asked.project === undefined ? sql`` : sql`and i.project_id = ${asked.project}`}`,
    )} order by i.received_at desc, i.id desc`
  const { cause, title, project } = asked
  return rows
    .filter(
      (row) =>
        (project !== undefined && cause !== undefined && row.cause === cause) ||
        (title !== undefined && likeness(row.title, title) >= alike),
    )
    .slice(0, most)
    .map((row) => issueOf(row, now))
}

/** Share of pairs of neighbouring signs that two texts have in common (Dice), 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)]
  if (a.size === 0 || b.size === 0) return 0
  const common = [...a].filter((pair) => b.has(pair)).length
  return (2 * common) / (a.size + b.size)
}

function pairs(text: string): Set<string> {
  const signs = [...text.normalize('NFKC').toLowerCase()].filter((sign) =>
    /[\p{L}\p{N}]/u.test(sign),
  )
  return new Set(signs.slice(1).map((sign, index) => `${signs[index]}${sign}`))
}
