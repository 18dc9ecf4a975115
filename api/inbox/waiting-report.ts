import { addDays } from '../calendar/days.ts'
import type { Query } from '../db/sql.ts'
import type { RoleGrant } from '../person/contract.ts'
import { idText } from '../person/viewer.ts'
import { isListed } from '../plan/listed.ts'
import { readReportRule } from '../report/queries.ts'
import { dueOf } from '../report/rules.ts'
import type { Waiter, Waiting } from './waiting.ts'

/** Months that are to be filed or were returned, and those that wait to be verified. */
export async function waitingReports(sql: Query, waiter: Waiter): Promise<Waiting[]> {
  return [
    ...(waiter.may.has('report:file') ? await toFile(sql, waiter) : []),
    ...(waiter.may.has('report:review') ? await toVerify(sql) : []),
  ]
}

interface Missing {
  id: number
  name: string
  /** The first month missing or returned, and how many are. */
  month: string
  count: number
  returnedAt: string | null
}

/** One entry a project, due as its first missing month was: the form goes on to the next one. */
async function toFile(sql: Query, { viewer, self, today }: Waiter): Promise<Waiting[]> {
  const rule = await readReportRule(sql)
  const year = Number(today.slice(0, 4))
  const last = addDays(`${today.slice(0, 7)}-01`, -1)
  const ids = (role: RoleGrant['role'], of: 'unitId' | 'parkId') =>
    idText(viewer.grants.flatMap((grant) => (grant.role === role ? (grant[of] ?? []) : [])))
  const view = { asOf: null, date: today, year: Number(last.slice(0, 4)) }
  const rows = await sql<Missing[]>`
    select p.id, p.name, min(m.month)::date as month, count(*) as count, min(r.reviewed_at) as returned_at
      from project p
      join plan l on l.project_id = p.id and ${isListed(sql, view)}
     cross join generate_series(greatest(make_date(${view.year}, 1, 1), date_trunc('month', l.added_on)),
                                ${last}::date, interval '1 month') m (month)
      left join report r on r.project_id = p.id and r.month = m.month::date
     where (r.id is null or r.status in ('draft', 'returned')) and p.side_state is null
       and (p.unit_id = any(${ids('unit_manager', 'unitId')}::bigint[])
            or p.park_id = any(${ids('park_manager', 'parkId')}::bigint[])
            or p.id in (select project_id from project_person
                         where person_id = any(${idText(self.persons)}::bigint[]) and duty in ('owner', 'helper')))
       and not exists (select from milestone f where f.project_id = p.id
                          and f.kind in ('finish', 'production') and f.actual_date < m.month)
     group by p.id, p.name`
  return rows.map(({ id, name, month, count, returnedAt }) => ({
    key: `report_file-${id}-${year}`,
    kind: returnedAt === null ? 'report_file' : 'report_returned',
    title: count === 1 ? month.slice(0, 7) : `${month.slice(0, 7)} 起 ${count} 个月`,
    count: 1,
    project: { id, name },
    since: returnedAt ?? new Date(`${nextMonth(month)}T00:00:00+08:00`).toISOString(),
    dueOn: dueOf(month, rule),
    link: `/desk?project=${id}`,
  }))
}

const nextMonth = (month: string) => `${addDays(month, 31).slice(0, 7)}-01`

/** One entry a month: they are worked off together. */
async function toVerify(sql: Query): Promise<Waiting[]> {
  const rows = await sql<{ month: string; count: number; since: string }[]>`
    select month, count(*) as count, min(reported_at) as since from report
     where status = 'submitted' group by month`
  return rows.map(({ month, ...row }) => ({
    ...row,
    key: `report_verify-${month}`,
    kind: 'report_verify',
    title: month.slice(0, 7),
    project: null,
    dueOn: null,
    link: `/desk?open=review&month=${month.slice(0, 7)}`,
  }))
}
