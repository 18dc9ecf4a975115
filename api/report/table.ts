import { chinaDate } from '../clock.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { inPlanYear, monthMoney } from '../investment/month-money.ts'
import { isListed } from '../plan/listed.ts'
import { aboveEach, insideListed } from '../project/above.ts'
import { Category } from '../project/contract.ts'
import type { ReportTable, ReportTableRow, TableLine, TableLineFilter } from './contract.ts'
import { readReportRule } from './queries.ts'
import { dueOf } from './rules.ts'

/** What is added up: one counted project of the list. */
interface Line {
  projectId: number
  projectName: string
  provenance: TableLine['provenance']
  unitId: number
  unitName: string
  unitOrdinal: number
  category: Category
  kind: 'construction' | 'preliminary'
  annualWan: number
  monthWan: number | null
  doneWan: number | null
  filedAt: string | null
}

/**
 * The monthly table as known in the view: by category, by kind of plan and by unit. Rates are of
 * construction projects; preliminary ones have a row of their own without a rate.
 */
export async function reportTable(sql: Query, view: View, month: string): Promise<ReportTable> {
  const year = Number(month.slice(0, 4))
  const dueOn = dueOf(month, await readReportRule(sql))
  const lines = await readLines(sql, { ...view, year }, month)
  const timeShare = shareOfYear(month)
  const sum = (key: string | null, name: string | null, of: Line[]) =>
    rowOf(key, name, of, { dueOn, timeShare })
  const construction = lines.filter(({ kind }) => kind === 'construction')
  const byKind = (kind: Line['kind']) => lines.filter((line) => line.kind === kind)
  const units = new Map(construction.map((line) => [line.unitId, line]))
  const inOrder = [...units.values()].sort(
    (a, b) => a.unitOrdinal - b.unitOrdinal || a.unitId - b.unitId,
  )
  return {
    month,
    dueOn,
    year,
    timeShare,
    total: sum(null, null, construction),
    category: Category.options.map((category) =>
      sum(
        category,
        null,
        construction.filter((line) => line.category === category),
      ),
    ),
    planKind: (['construction', 'preliminary'] as const).map((kind) =>
      sum(kind, null, byKind(kind)),
    ),
    unit: inOrder.map(({ unitId, unitName }) =>
      sum(
        String(unitId),
        unitName,
        construction.filter((line) => line.unitId === unitId),
      ),
    ),
  }
}

/** The projects of one line of the table. */
export async function tableLines(
  sql: Query,
  view: View,
  { month, group, key }: Omit<TableLineFilter, 'asOf'>,
): Promise<TableLine[]> {
  const dueOn = dueOf(month, await readReportRule(sql))
  const lines = await readLines(sql, { ...view, year: Number(month.slice(0, 4)) }, month)
  const isOf: Record<TableLineFilter['group'], (line: Line) => boolean> = {
    total: () => true,
    category: ({ category }) => category === key,
    planKind: ({ kind }) => kind === key,
    unit: ({ unitId }) => String(unitId) === key,
  }
  return lines
    .filter((line) => (group === 'planKind' || line.kind === 'construction') && isOf[group](line))
    .map(({ filedAt, ...line }) => {
      const filedOn = filedAt === null ? null : chinaDate(new Date(filedAt))
      const { projectId, projectName, unitName, annualWan, monthWan, doneWan, provenance } = line
      const money = { annualWan: annualWan ?? 0, monthWan, doneWan }
      const inTime = filedOn !== null && filedOn <= dueOn
      return { projectId, projectName, unitName, ...money, filedOn, inTime, provenance }
    })
}

async function readLines(sql: Query, view: View, month: string): Promise<Line[]> {
  const project = factTable(sql, 'project', view.asOf)
  return sql<Line[]>`
    with recursive listed as (
      select project_id, kind, annual_wan from ${factTable(sql, 'plan', view.asOf)} t
       where ${isListed(sql, view)}
    ), above as (${aboveEach(sql, project, project)}), inside as (${insideListed(sql)}), spent as (
      select project_id, month, ${monthMoney(sql, 'actual_wan')} as actual
        from ${factTable(sql, 'investment', view.asOf)} t
       where ${inPlanYear(sql, view)} and month <= ${month}::date
       group by project_id, month
    ), money as (
      select project_id, sum(actual) as done_wan,
             sum(actual) filter (where month = ${month}::date) as month_wan
        from spent group by project_id
    )
    select p.id as project_id, p.name as project_name, p.provenance, p.unit_id, u.name as unit_name, u.ordinal as unit_ordinal, p.category, l.kind,
           l.annual_wan, m.month_wan, m.done_wan, coalesce(r.filed_at, r.reported_at) as filed_at
      from ${project} p
      join listed l on l.project_id = p.id
      join ${factTable(sql, 'unit', view.asOf)} u on u.id = p.unit_id
      left join money m on m.project_id = p.id
      left join ${factTable(sql, 'report', view.asOf)} r
        on r.project_id = p.id and r.month = ${month}::date and r.status in ('submitted', 'verified')
     where p.id not in (select id from inside)`
}

function rowOf(
  key: string | null,
  name: string | null,
  lines: readonly Line[],
  { dueOn, timeShare }: Pick<ReportTable, 'dueOn' | 'timeShare'>,
): ReportTableRow {
  const sum = (amount: (line: Line) => number | null) =>
    Math.round(lines.reduce((all, line) => all + (amount(line) ?? 0), 0) * 100) / 100
  const annualWan = sum((line) => line.annualWan)
  const doneWan = sum((line) => line.doneWan)
  const filed = lines.flatMap(({ filedAt }) => (filedAt === null ? [] : [filedAt]))
  const doneShare = annualWan > 0 && key !== 'preliminary' ? doneWan / annualWan : null
  return {
    key,
    name,
    projects: lines.length,
    reported: filed.length,
    inTime: filed.filter((at) => chinaDate(new Date(at)) <= dueOn).length,
    annualWan,
    monthWan: sum((line) => line.monthWan),
    doneWan,
    doneShare,
    aheadOfTime: doneShare === null ? null : (doneShare - timeShare) * 100,
  }
}

/** Share of the year that has gone by at the end of a month: 2023-05 → 151/365. */
function shareOfYear(month: string): number {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const start = Date.UTC(year, 0, 1)
  return (Date.UTC(year, of, 1) - start) / (Date.UTC(year + 1, 0, 1) - start)
}
