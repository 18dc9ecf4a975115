import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import { investmentOf } from '../investment/queries.ts'
import type { LightRule } from '../light/rule/contract.ts'
import { lightsOf } from '../light/rules.ts'
import { milestonesOf } from '../milestone/queries.ts'
import { planOf } from '../plan/queries.ts'
import { listReports } from '../report/queries.ts'
import type { ProjectDetail } from './contract.ts'
import { readFacts } from './facts.ts'
import { projectOf } from './list.ts'
import { stageOf } from './rules.ts'

type Own = Pick<
  ProjectDetail,
  | 'areaMu'
  | 'addressText'
  | 'ownerEnterprise'
  | 'leadDepartment'
  | 'contactLeader'
  | 'serviceOfficer'
  | 'servicePhone'
  | 'positionCrs'
  | 'sourceTitle'
  | 'sourceDate'
  | 'note'
  | 'parent'
  | 'children'
  | 'updatedAt'
>

/**
 * Everything the panel shows of one project, as known in the view.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, also for one that was not known yet.
 */
export async function readProject(
  sql: Query,
  view: View,
  rule: LightRule,
  id: number,
): Promise<ProjectDetail> {
  const [fact] = await readFacts(sql, view, [id])
  const own = fact ? await readOwn(sql, view, id) : undefined
  if (!fact || !own) throw notFound('project', '项目', id)
  return {
    ...projectOf(fact, view, rule),
    ...own,
    lights: lightsOf(fact, stageOf(fact, view.date), view.date, rule),
    sourceLater: isLater(own.sourceDate, view.date),
    plan: await planOf(sql, view, id),
    milestones: await milestonesOf(sql, view, id),
    investment: await investmentOf(sql, view, id),
    reports: await listReports(sql, view, { project: id, limit: 100 }),
  }
}

async function readOwn(sql: Query, view: View, id: number): Promise<Own | undefined> {
  const project = factTable(sql, 'project', view.asOf)
  const [own] = await sql<Own[]>`
    select p.area_mu, p.address_text, p.owner_enterprise, p.lead_department, p.contact_leader,
           p.service_officer, p.service_phone, p.position_crs, p.source_title, p.source_date, p.note,
           (select json_build_object('id', o.id, 'name', o.name)
              from ${project} o where o.id = p.parent_id) as parent,
           (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.id), '[]')
              from ${project} o where o.parent_id = p.id) as children,
           (select max(at) from change c where c.project_id = p.id
               ${view.asOf === null ? sql`` : sql`and c.at <= ${view.asOf}::timestamptz`}) as updated_at
      from ${project} p where p.id = ${id}`
  return own
}

/** Source dates are as precise as their source: 2023, 2023-06 or 2023-06-26. */
function isLater(sourceDate: string | null, date: string): boolean {
  return sourceDate !== null && sourceDate > date.slice(0, sourceDate.length)
}
