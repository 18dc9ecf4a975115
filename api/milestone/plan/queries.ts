import type { Query, Transaction } from '../../db/sql.ts'
import { fieldFailure } from '../../http/failure.ts'
import type { MilestonePlan, Template, TemplateInput } from './contract.ts'
import { templateFault } from './steps.ts'

const TEMPLATE_LOCK = 727011

/** The latest version of each template. */
export async function listTemplates(sql: Query): Promise<Template[]> {
  return sql<Template[]>`
    select distinct on (code) code, version, name, category, steps
      from milestone_template order by code, version desc`
}

/** Adds a version of a template; the same content again adds none. @throws ApiFailure 422 `TEMPLATE_INVALID`. */
export async function addTemplate(tx: Transaction, input: TemplateInput): Promise<Template> {
  const fault = templateFault(input.steps)
  if (fault) throw fieldFailure(422, 'TEMPLATE_INVALID', fault, 'steps', input.code)
  // Two writers of one template would count to the same version.
  await tx`select pg_advisory_xact_lock(${TEMPLATE_LOCK})`
  const steps = JSON.stringify(input.steps)
  const [latest] = await tx<(Template & { same: boolean })[]>`
    select code, version, name, category, steps,
           steps = ${steps}::text::jsonb and name = ${input.name}
             and category is not distinct from ${input.category} as same
      from milestone_template where code = ${input.code} order by version desc limit 1`
  if (latest?.same) {
    const { same: _, ...template } = latest
    return template
  }
  const version = (latest?.version ?? 0) + 1
  await tx`
    insert into milestone_template (code, version, name, category, steps)
    values (${input.code}, ${version}, ${input.name}, ${input.category}, ${steps}::text::jsonb)`
  return { ...input, version }
}

/** Plans, those that wait first, then the newest. */
export async function listPlans(
  sql: Query,
  where: { id?: number; project?: number | undefined; state?: MilestonePlan['state'] | undefined },
): Promise<MilestonePlan[]> {
  return sql<MilestonePlan[]>`
    select l.id, l.key, l.project_id, p.name as project_name, p.unit_id, l.template,
           t.name as template_name, l.template_version, l.start_on, l.edition, l.state, l.steps,
           l.proposer, l.proposer_id, l.proposed_at, l.submitted_at, l.approver, l.decided_at, l.note
      from milestone_plan l
      join project p on p.id = l.project_id
      join milestone_template t on t.code = l.template and t.version = l.template_version
     where true
       ${where.id === undefined ? sql`` : sql`and l.id = ${where.id}`}
       ${where.project === undefined ? sql`` : sql`and l.project_id = ${where.project}`}
       ${where.state === undefined ? sql`` : sql`and l.state = ${where.state}`}
     order by (l.state = 'submitted') desc, l.id desc limit 200`
}
