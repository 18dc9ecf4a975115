import { daysBetween } from '../calendar/days.ts'
import { chinaDate } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { IssueRate } from './contract.ts'
import { placed } from './passing.ts'

/** Ages of open issues in days since receipt, oldest first. */
const ages = [90, 30, 15, 7, 0]

interface RateFilter {
  project?: number | undefined
  unit?: number | undefined
  park?: number | undefined
  department?: number | undefined
}

/**
 * How many of a month's received issues are done, verified, confirmed: three numbers that are never
 * added up, over what was received in that month whenever it ended. Merged ones count where they went,
 * those not accepted nowhere.
 */
export async function issueRate(sql: Query, filter: RateFilter, now: Date): Promise<IssueRate> {
  const { project, department } = filter
  const where = sql`i.state not in ('merged', 'not_accepted')
    ${project === undefined ? sql`` : sql`and i.project_id = ${project}`}
    ${department === undefined ? sql`` : sql`and i.lead_department_id = ${department}`}
    ${placed(sql, filter)}`
  const month = await sql<IssueRate['month']>`
    select to_char(i.received_at at time zone 'Asia/Shanghai', 'YYYY-MM-01') as month,
           count(*)::int as received,
           count(i.done_at)::int as done,
           count(i.verified_at)::int as verified,
           count(i.confirmed_at)::int as confirmed,
           count(*) filter (where i.state <> 'archived')::int as open,
           count(*) filter (where i.reopened > 0)::int as reopened,
           count(*) filter (where i.extended > 0)::int as extended
      from issue i where ${where} group by 1 order by 1`
  const days = await sql<{ day: string; issues: number }[]>`
    select to_char(i.received_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*)::int as issues
      from issue i where ${where} and i.state <> 'archived' group by 1`
  const today = chinaDate(now)
  const open = ages.map((age, index) => {
    const younger = index === 0 ? Number.POSITIVE_INFINITY : (ages[index - 1] ?? 0)
    const issues = days
      .map(({ day, issues }) => ({ issues, age: Math.max(0, daysBetween(day, today)) }))
      .filter((one) => one.age >= age && one.age < younger)
      .reduce((sum, one) => sum + one.issues, 0)
    return { days: age, issues }
  })
  return { open, month }
}
