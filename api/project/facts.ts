import { type FactTable, factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Provenance } from '../http/contract.ts'
import { isListed } from '../plan/listed.ts'
import { aboveEach, insideListed } from './above.ts'
import type { Category, PositionQuality } from './contract.ts'
import { datesOf, moneyOf, onlyOf, photosOf, revisedBy } from './fact-parts.ts'

/**
 * What stage, light and sums of one project are derived from, as known in a View.
 * Amounts in 万元, dates `YYYY-MM-DD`; milestone dates after the view's date are already null.
 */
export interface ProjectFact {
  id: number
  code: string
  name: string
  /** Lower-case pinyin initials. */
  searchText: string
  ownerEnterprise: string | null
  unitId: number
  parkId: number | null
  parentId: number | null
  category: Category
  industry: string | null
  sideState: 'suspended' | 'removed' | 'terminated' | null
  totalWan: number | null
  lon: number | null
  lat: number | null
  positionQuality: PositionQuality
  provenance: Provenance
  planKind: 'construction' | 'preliminary' | null
  /** The year whose list it is on, which may be before the view's date; null when on none. */
  planYear: number | null
  /** The day it joined the year's list later than January (增补), null from the start. */
  listedOn: string | null
  annualWan: number | null
  /** False for a child whose parent is on the same year's list. */
  counted: boolean
  /** First day of the last month with a submitted or verified report in the plan year. */
  reportedMonth: string | null
  /** Planned and done from January of the plan year to reportedMonth. */
  plannedWan: number | null
  doneWan: number | null
  /** Done in reportedMonth alone: null where that report came without money. */
  reportedWan: number | null
  /** Planned from January of the plan year to the last month that has ended, reported or not. */
  dueWan: number | null
  /** As plannedWan and annualWan, by the plan as it first was; null where nothing of it was revised. */
  plannedOriginalWan: number | null
  annualOriginalWan: number | null
  /** Percent of the works in the report of reportedMonth. */
  percent: number | null
  /** Whether a report of the plan year says that it is in the statistics; null: none says yes or no. */
  inStatistics: boolean | null
  /** Last verified month of the plan year, and planned and done from January to it. */
  verifiedMonth: string | null
  verifiedPlannedWan: number | null
  verifiedDoneWan: number | null
  /** Last month of the plan year whose money was told by fund source. */
  paidMonth: string | null
  /** Approved since where it was revised; `original…`: as first planned. */
  plannedStart: string | null
  plannedFinish: string | null
  originalStart: string | null
  originalFinish: string | null
  /** The undone step of the works planned first, as `YYYY-MM-DD name`: by the approved and the original dates. */
  workStep: string | null
  workStepOriginal: string | null
  /** The same of the steps before the works. */
  earlyStep: string | null
  earlyStepOriginal: string | null
  signed: string | null
  preliminary: string | null
  permitted: string | null
  started: string | null
  /** First sight of works (construction or structure milestone). */
  built: string | null
  finished: string | null
  produced: string | null
  /** The last done step that a document, a source or the dispatch office's look proves. */
  proofOn: string | null
  /** So is finish or production. */
  finishProved: boolean
  /** A planned permit is not there. */
  permitOpen: boolean
  /** When the last photo of the project, a step or a report was taken, or sent where that is earlier. */
  photoOn: string | null
}

/**
 * Reads the facts of all projects, or of those given, in order of id. Reports and money meet in one
 * sorted pass, not in a join: without statistics a planner takes both for one row each and loops over
 * the square.
 */
export async function readFacts(
  sql: Query,
  view: View,
  ids?: readonly number[],
): Promise<ProjectFact[]> {
  const reading = { sql, view, only: onlyOf(sql, ids) }
  const table = (name: FactTable) => factTable(sql, name, view.asOf)
  return sql<ProjectFact[]>`
    with recursive shown as (
      select * from ${table('project')} t where true ${reading.only('id')}
    ), listed as (
      select t.project_id, kind, year, annual_wan, added_on from ${table('plan')} t
       where ${isListed(sql, view)}
    ), above as (${aboveEach(sql, table('project'), sql`shown`)}), inside as (${insideListed(sql)}),
    money as (${moneyOf(reading)}), dated as (${datesOf(reading)}), seen as (${photosOf(reading)}),
    first as (
      select project_id, annual_wan from plan_original
       where year = ${view.year} ${revisedBy(reading)} ${reading.only('project_id')}
    )
    select p.id, p.code, p.name, p.search_text, p.owner_enterprise, p.unit_id, p.park_id, p.parent_id,
           p.category, p.industry, p.side_state, p.total_wan,
           st_x(p.location) as lon, st_y(p.location) as lat, p.position_quality, p.provenance,
           l.kind as plan_kind, l.year as plan_year, l.annual_wan, l.added_on as listed_on,
           i.id is null as counted,
           m.reported_month, m.planned_wan, m.done_wan, m.reported_wan, m.due_wan,
           m.planned_original_wan, case when l.kind is not null then f.annual_wan end as annual_original_wan,
           m.percent, m.in_statistics, m.verified_month, m.verified_planned_wan, m.verified_done_wan,
           m.paid_month,
           d.planned_start, d.planned_finish, d.original_start, d.original_finish,
           d.work_step, d.work_step_original, d.early_step, d.early_step_original,
           d.signed, d.preliminary, d.permitted, d.started, d.built, d.finished, d.produced, d.proof_on,
           coalesce(d.finish_proved, false) as finish_proved,
           coalesce(d.permit_open, false) as permit_open, s.photo_on
      from shown p
      left join listed l on l.project_id = p.id
      left join inside i on i.id = p.id
      left join money m on m.project_id = p.id
      left join dated d on d.project_id = p.id
      left join seen s on s.project_id = p.id
      left join first f on f.project_id = p.id
     order by p.id`
}
