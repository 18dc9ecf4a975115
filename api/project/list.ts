import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { LightRule } from '../light/rule/contract.ts'
import { judge, lightOf } from '../light/rules.ts'
import { isListed } from '../plan/listed.ts'
import type { Project, ProjectFilter, ProjectList } from './contract.ts'
import { type ProjectFact, readFacts } from './facts.ts'
import { stageOf } from './rules.ts'

/** A fact row as the wire shows it, with its stage and light on the view's day. */
export function projectOf(fact: ProjectFact, view: View, rule: LightRule): Project {
  const stage = stageOf(fact, view.date)
  return {
    id: fact.id,
    code: fact.code,
    name: fact.name,
    unitId: fact.unitId,
    parkId: fact.parkId,
    parentId: fact.parentId,
    category: fact.category,
    industry: fact.industry,
    stage,
    light: lightOf(fact, stage, view.date, rule),
    totalWan: fact.totalWan,
    planKind: fact.planKind,
    annualWan: fact.annualWan,
    doneWan: fact.doneWan,
    reportedMonth: fact.reportedMonth,
    counted: fact.counted,
    location:
      fact.lon === null || fact.lat === null
        ? null
        : { type: 'Point', coordinates: [fact.lon, fact.lat] },
    positionQuality: fact.positionQuality,
    provenance: fact.provenance,
  }
}

/** Whether every project has to be judged before the list can be cut. */
export const isJudged = ({ stage, light }: ProjectFilter) =>
  stage !== undefined || light !== undefined

/**
 * A page of the projects that pass the filter, in order of id. What SQL can decide it decides first;
 * stage and light are rules, so with them every remaining project is judged before the page is cut.
 */
export async function listProjects(
  sql: Query,
  view: View,
  rule: LightRule,
  filter: ProjectFilter,
): Promise<ProjectList> {
  if (!isJudged(filter)) {
    const { offset, limit } = filter
    const ids = await candidates(sql, view, filter, sql`limit ${limit} offset ${offset}`)
    const total = await countCandidates(sql, view, filter)
    const facts = await readFacts(sql, view, ids)
    return { total, rows: facts.map((fact) => projectOf(fact, view, rule)) }
  }
  const ids = await candidates(sql, view, filter, sql``)
  const among = new Set(ids)
  const facts = await readFacts(sql, view, ids.length > manyIds ? undefined : ids)
  const found = facts.filter((fact) => among.has(fact.id) && isJudgedSo(fact, view, rule, filter))
  const page = found.slice(filter.offset, filter.offset + filter.limit)
  return { total: found.length, rows: page.map((fact) => projectOf(fact, view, rule)) }
}

function isJudgedSo(
  fact: ProjectFact,
  view: View,
  rule: LightRule,
  filter: ProjectFilter,
): boolean {
  const stage = stageOf(fact, view.date)
  if (filter.stage !== undefined && stage !== filter.stage) return false
  return filter.light === undefined || judge(fact, stage, view.date, rule).light === filter.light
}

/** From here on reading all facts costs less than picking them out by a list of ids. */
const manyIds = 200

async function candidates(
  sql: Query,
  view: View,
  filter: ProjectFilter,
  page: ReturnType<typeof passing>,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select p.id ${passing(sql, view, filter)} order by p.id ${page}`
  return rows.map((row) => row.id)
}

async function countCandidates(sql: Query, view: View, filter: ProjectFilter): Promise<number> {
  const [row] = await sql<{ total: number }[]>`
    select count(*) as total ${passing(sql, view, filter)}`
  return row?.total ?? 0
}

/** The projects p that pass what SQL can decide of the filter. */
function passing(sql: Query, view: View, filter: ProjectFilter) {
  return sql`
      from ${factTable(sql, 'project', view.asOf)} p
     where true
       ${filter.unit === undefined ? sql`` : sql`and p.unit_id = ${filter.unit}`}
       ${filter.park === undefined ? sql`` : sql`and p.park_id = ${filter.park}`}
       ${filter.category === undefined ? sql`` : sql`and p.category = ${filter.category}`}
       ${filter.provenance === undefined ? sql`` : sql`and p.provenance = ${filter.provenance}`}
       ${filter.minWan === undefined ? sql`` : sql`and p.total_wan >= ${filter.minWan}`}
       ${filter.maxWan === undefined ? sql`` : sql`and p.total_wan <= ${filter.maxWan}`}
       ${matching(sql, filter.text)}
       ${filter.listed === undefined ? sql`` : sql`and ${listed(sql, view)} = ${filter.listed}`}`
}

/**
 * Every word of the text has to occur somewhere, as typed or with its full-width letters made plain:
 * the page's own search does the same.
 */
function matching(sql: Query, text = '') {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.reduce((all, word) => {
    const forms = [...new Set([word, word.normalize('NFKC')])]
    const found = forms.reduce((any, form) => sql`${any} or ${occurring(sql, form)}`, sql`false`)
    return sql`${all} and (${found})`
  }, sql``)
}

function occurring(sql: Query, word: string) {
  const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return sql`lower(p.name) like ${like} or lower(p.code) like ${like}
    or lower(p.owner_enterprise) like ${like} or p.search_text like ${like}`
}

function listed(sql: Query, view: View) {
  return sql`exists (
    select from ${factTable(sql, 'plan', view.asOf)} l
     where l.project_id = p.id and ${isListed(sql, view)})`
}
