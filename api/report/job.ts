import { addDays } from '../calendar/days.ts'
import { addWorkingDays } from '../calendar/working-days.ts'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { type NoticeInput, notify } from '../notice/write.ts'
import { isListed } from '../plan/listed.ts'
import type { ReportRule } from './contract.ts'
import { readReportRule } from './queries.ts'
import { dueOf } from './rules.ts'

/** Working days before (−) and after the due day on which who has to file is reminded. */
const steps = [
  { step: 'before', days: -3 },
  { step: 'due', days: 0 },
  { step: 'late', days: 1 },
  { step: 'later', days: 5 },
] as const
type Step = (typeof steps)[number]['step']

interface Reminder {
  month: string
  dueOn: string
  step: Step
}

/**
 * Reminds those who answer for a project (manager of its unit or park, owner) of the month's report while
 * it is missing: before, on and after the due day, each once. After days without a server only the
 * latest reminder that holds is told.
 */
export async function remindOfReports(db: Database, now: Date): Promise<void> {
  const date = chinaDate(now)
  const write = async (tx: Transaction) => {
    const reminder = reminderOn(date, await readReportRule(tx))
    if (reminder) await notify(tx, await noticesOf(tx, reminder, date))
  }
  await db.transact({ actor: '系统', reason: '月报到期提醒' }, write, now)
}

/** The latest reminder that holds on a day: of the month that ends, or else of the one before. */
export function reminderOn(date: string, rule: ReportRule): Reminder | null {
  const present = `${date.slice(0, 7)}-01`
  const before = `${addDays(present, -1).slice(0, 7)}-01`
  for (const month of [present, before]) {
    const dueOn = dueOf(month, rule)
    const held = steps.findLast(({ days }) => {
      return date >= (days === 0 ? dueOn : addWorkingDays(dueOn, days))
    })
    if (held) return { month, dueOn, step: held.step }
  }
  return null
}

async function noticesOf(
  tx: Transaction,
  { month, dueOn, step }: Reminder,
  date: string,
): Promise<NoticeInput[]> {
  const rows = await missingByPerson(tx, month, date)
  const title: Record<Step, string> = {
    before: `${month.slice(0, 7)} 月报 ${dueOn} 到期`,
    due: `${month.slice(0, 7)} 月报今天到期`,
    late: `${month.slice(0, 7)} 月报已逾期`,
    later: `${month.slice(0, 7)} 月报仍未报`,
  }
  return rows.map(({ personId, names, projects, first }) => ({
    key: `report/${month}/${step}/p${personId}`,
    personId,
    kind: 'report_due' as const,
    title: title[step],
    text: `还有 ${projects} 个项目没有填报：${names.join('、')}${projects > names.length ? ' 等' : ''}。应于 ${dueOn} 前报。`,
    link: projects === 1 ? `/desk?project=${first}` : '/desk',
    noun: 'project',
    rowId: first,
  }))
}

interface Missing {
  personId: number
  projects: number
  /** Of the first few, by number. */
  names: string[]
  first: number
}

/** Who answers for one project's reports on a day: the managers of its unit and park, its owner. */
export async function peopleAnswering(
  tx: Transaction,
  project: number,
  date: string,
): Promise<number[]> {
  const rows = await tx<{ personId: number }[]>`
    select g.person_id from project p join role_grant g
        on (g.role = 'unit_manager' and g.unit_id = p.unit_id)
        or (g.role = 'park_manager' and g.park_id = p.park_id)
     where p.id = ${project} and ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
    union
    select person_id from project_person where project_id = ${project} and duty = 'owner'
     order by person_id`
  return rows.map(({ personId }) => personId)
}

/** Who answers for listed, unfinished projects that have not reported the month, and how many of them. */
function missingByPerson(tx: Transaction, month: string, date: string): Promise<Missing[]> {
  const view = { asOf: null, date, year: Number(month.slice(0, 4)) }
  return tx<Missing[]>`
    with missing as (
      select p.id, p.name, p.unit_id, p.park_id from project p
       where p.side_state is null
         and p.id in (select project_id from plan where ${isListed(tx, view)})
         and not exists (select from report r
               where r.project_id = p.id and r.month = ${month}::date and r.status <> 'returned')
         and not exists (select from milestone m
               where m.project_id = p.id and m.kind in ('finish', 'production')
                 and m.actual_date < ${month}::date)
    ), answering as (
      select g.person_id, m.id, m.name from missing m join role_grant g
          on (g.role = 'unit_manager' and g.unit_id = m.unit_id)
          or (g.role = 'park_manager' and g.park_id = m.park_id)
       where ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
      union
      select o.person_id, m.id, m.name from missing m join project_person o
          on o.project_id = m.id and o.duty = 'owner'
    )
    select person_id, count(*)::int as projects, min(id) as first,
           to_json((array_agg(name order by id))[1:3]) as names
      from answering group by person_id order by person_id`
}
