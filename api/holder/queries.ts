import { addDays, daysBetween } from '../calendar/days.ts'
import type { View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import { type Court, readCourts } from './claims.ts'
import type { Holder, HolderTotal, ProjectHolder } from './contract.ts'
import { holderKey, spansOf, totalsOf } from './rules.ts'

/**
 * Who had the ball of a project, from its beginning to the day of the view or to its end.
 * @throws ApiFailure `PROJECT_NOT_FOUND`.
 */
export async function readHolder(sql: Query, view: View, project: number): Promise<ProjectHolder> {
  const [court] = await readCourts(sql, view, { project })
  if (!court) throw notFound('project', '项目', project)
  const { from, to } = court
  const spans = spansOf(court.claims, from, to, court.otherwise)
  return {
    projectId: project,
    from,
    to,
    elapsedDays: daysBetween(from, to),
    now: nowOf(court),
    spans,
    totals: totalsOf(spans),
  }
}

/** Days that the projects in sight waited for each holder since a day. */
export async function readTotal(
  sql: Query,
  view: View,
  { since, unit }: { since: string; unit?: number | undefined },
): Promise<HolderTotal> {
  const rows = new Map<string, HolderTotal['rows'][number]>()
  let [projects, elapsedDays] = [0, 0]
  for (const court of await readCourts(sql, view, { unit })) {
    const from = court.from > since ? court.from : since
    const spans = spansOf(court.claims, from, court.to, court.otherwise)
    if (spans.length === 0) continue
    projects += 1
    const now = nowOf(court)
    for (const { holder, days } of totalsOf(spans)) {
      elapsedDays += days
      const key = holderKey(holder)
      const row = rows.get(key) ?? { holder, days: 0, projects: 0, holdsNow: 0 }
      const has = now !== null && holderKey(now) === key
      rows.set(key, {
        holder,
        days: row.days + days,
        projects: row.projects + 1,
        holdsNow: row.holdsNow + (has ? 1 : 0),
      })
    }
  }
  return {
    from: since,
    to: view.date,
    projects,
    elapsedDays,
    rows: [...rows.values()].sort((a, b) => b.days - a.days),
  }
}

/** Who has the ball on the day of the view; null once the project has ended. */
function nowOf({ claims, to, hasEnded, otherwise }: Court): Holder | null {
  if (hasEnded) return null
  return spansOf(claims, to, addDays(to, 1), otherwise)[0]?.holder ?? otherwise.holder
}
