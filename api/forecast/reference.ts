/*
 * What forecasts are drawn from: works that are over, of the archive and of the project library. They
 * are the whole city's, whoever asks, so that one project has one forecast.
 */
import type { Track } from 'geo/crossing'
import { daysBetween } from '../calendar/days.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { monthMoney } from '../investment/month-money.ts'
import type { Category } from '../project/contract.ts'

export const DAYS_A_MONTH = 365.25 / 12

/** One year of a project's money, 万元 from January to December. */
export interface Ledger {
  year: number
  planned: readonly number[]
  actual: readonly number[]
}

/** A project that is finished. Times are months from the planned start. */
export interface Reference {
  source: 'archive' | 'project'
  id: number
  code: string
  name: string
  category: Category
  totalWan: number | null
  synthetic: boolean
  plannedMonths: number
  startedMonths: number
  actualMonths: number
  /** Share done, 0 at the real start to 1 at the real finish. */
  track: Track
}

/** A past year of a project, to compare a year's money with. */
export interface PastYear extends Ledger {
  /** Tells projects apart. */
  key: string
  category: Category
  totalWan: number | null
  synthetic: boolean
}

interface Dates {
  plannedStart: string
  plannedFinish: string
  actualStart: string
  actualFinish: string
}
type Named = Pick<Reference, 'id' | 'code' | 'name' | 'category' | 'totalWan' | 'synthetic'>

/** Everything known of works that were over on the view's day. Give it a transaction of the whole city. */
export async function readReferences(
  sql: Query,
  view: View,
): Promise<{ works: Reference[]; years: PastYear[] }> {
  const archive = await readArchive(sql, view)
  const own = await readOwn(sql, view)
  return {
    works: [...archive.map(archived), ...own],
    years: [
      ...archive.flatMap((one) =>
        one.ledgers
          .filter(({ year }) => year < view.year)
          .map((ledger) => ({ ...ledger, ...classed(one), key: `archive ${one.code}` })),
      ),
      ...(await readOwnYears(sql, view)),
    ],
  }
}

const classed = ({ category, totalWan, synthetic }: Named) => ({ category, totalWan, synthetic })

interface Archived extends Named, Dates {
  ledgers: Ledger[]
}

function readArchive(sql: Query, view: View): Promise<Archived[]> {
  return sql<Archived[]>`
    select min(id) as id, code, max(name) as name, max(category) as category,
           max(total_wan)::numeric as total_wan, bool_or(provenance = 'synthetic') as synthetic,
           min(planned_start) as planned_start, max(planned_finish) as planned_finish,
           min(actual_start) as actual_start, max(actual_finish) as actual_finish,
           json_agg(json_build_object('year', year, 'planned', planned_wan, 'actual', actual_wan)
                    order by year) as ledgers
      from ${factTable(sql, 'reference', view.asOf)} t
     where actual_finish <= ${view.date}::date
     group by code order by code`
}

function archived({ ledgers, ...one }: Archived): Reference {
  const points = ledgers.flatMap(({ year, actual }) =>
    actual.map((wan, month) => ({ end: monthEnd(year, month), wan })),
  )
  const whole = points.reduce((sum, { wan }) => sum + wan, 0)
  let sum = 0
  const shares = points.map(({ end, wan }) => {
    sum += wan
    return { on: end, share: whole > 0 ? sum / whole : 0 }
  })
  return { source: 'archive', ...named(one), ...timed(one, shares) }
}

const named = ({ id, code, name, category, totalWan, synthetic }: Named) => ({
  id,
  code,
  name,
  category,
  totalWan,
  synthetic,
})

/** Months and track of works by their dates and what was told of them in between. */
function timed(
  dates: Dates,
  told: readonly { on: string; share: number }[],
): Pick<Reference, 'plannedMonths' | 'startedMonths' | 'actualMonths' | 'track'> {
  const at = (day: string) => daysBetween(dates.plannedStart, day) / DAYS_A_MONTH
  const [startedMonths, actualMonths] = [at(dates.actualStart), at(dates.actualFinish)]
  const times = [startedMonths]
  const values = [0]
  for (const { on, share } of told) {
    const time = at(on)
    if (time <= (times.at(-1) ?? 0) || time >= actualMonths) continue
    times.push(time)
    values.push(Math.min(1, Math.max(share, values.at(-1) ?? 0)))
  }
  return {
    plannedMonths: at(dates.plannedFinish),
    startedMonths,
    actualMonths,
    track: { times: [...times, actualMonths], values: [...values, 1] },
  }
}

/** Projects of the library that are finished, with the progress that their reports told. */
async function readOwn(sql: Query, view: View): Promise<Reference[]> {
  const rows = await sql<(Named & Dates & { told: { month: string; percent: number }[] })[]>`
    with dated as (
      select project_id,
             min(original_date) filter (where kind = 'start') as planned_start,
             min(original_date) filter (where kind = 'finish') as planned_finish,
             min(actual_date) filter (where kind = 'start') as actual_start,
             min(actual_date) filter (where kind = 'finish') as actual_finish
        from ${factTable(sql, 'milestone', view.asOf)} t
       where code is null
       group by project_id
    ), told as (
      select project_id, json_agg(json_build_object('month', month, 'percent', percent) order by month) as told
        from ${factTable(sql, 'report', view.asOf)} t
       where status in ('submitted', 'verified') and percent is not null and month <= ${view.date}::date
       group by project_id
    )
    select p.id, p.code, p.name, p.category, p.total_wan, p.provenance = 'synthetic' as synthetic,
           d.planned_start, d.planned_finish, d.actual_start, d.actual_finish,
           coalesce(t.told, '[]') as told
      from ${factTable(sql, 'project', view.asOf)} p
      join dated d on d.project_id = p.id
      left join told t on t.project_id = p.id
     where d.planned_finish > d.planned_start and d.actual_finish > d.actual_start
       and d.actual_finish <= ${view.date}::date
     order by p.id`
  return rows.map(({ told, ...one }) => ({
    source: 'project',
    ...named(one),
    ...timed(
      one,
      told.map(({ month, percent }) => ({
        on: monthEnd(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1),
        share: percent / 100,
      })),
    ),
  }))
}

/** Past years of the library's construction projects, where plan and money are told by month. */
async function readOwnYears(sql: Query, view: View): Promise<PastYear[]> {
  const rows = await sql<
    (Omit<PastYear, 'key' | 'planned' | 'actual'> & {
      id: number
      months: { month: number; planned: number | null; actual: number | null }[]
    })[]
  >`
    with spent as (
      select project_id, month,
             ${monthMoney(sql, 'planned_wan')} as planned, ${monthMoney(sql, 'actual_wan')} as actual
        from ${factTable(sql, 'investment', view.asOf)} t
       where month < ${`${view.year}-01-01`}::date
       group by project_id, month
    )
    select p.id, p.category, p.total_wan, p.provenance = 'synthetic' as synthetic,
           extract(year from s.month)::int as year,
           json_agg(json_build_object('month', extract(month from s.month), 'planned', s.planned,
                                      'actual', s.actual)) as months
      from spent s
      join ${factTable(sql, 'project', view.asOf)} p on p.id = s.project_id
      join ${factTable(sql, 'plan', view.asOf)} l
        on l.project_id = p.id and l.year = extract(year from s.month) and l.kind = 'construction'
     group by p.id, p.category, p.total_wan, p.provenance, extract(year from s.month)
    having count(s.actual) > 0 and sum(s.planned) > 0
     order by p.id, year`
  return rows.map(({ id, months, ...one }) => {
    const of = (kind: 'planned' | 'actual') =>
      Array.from({ length: 12 }, (_, index) => {
        const row = months.find(({ month }) => month === index + 1)
        return row?.[kind] ?? 0
      })
    return { ...one, key: `project ${id}`, planned: of('planned'), actual: of('actual') }
  })
}

/** The last day of a month of a year, months from 0. */
export function monthEnd(year: number, month: number): string {
  return new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10)
}
