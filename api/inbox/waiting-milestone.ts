import type { Query } from '../db/sql.ts'
import type { InboxKind } from './contract.ts'
import type { Waiter, Waiting } from './waiting.ts'

interface Row {
  id: number
  kind: InboxKind
  title: string
  since: string
  projectId: number
  projectName: string
}

/** Plans and re-baselines to decide on; nobody decides on what is the own proposal. */
export async function waitingMilestones(sql: Query, { may, viewer }: Waiter): Promise<Waiting[]> {
  if (!may.has('milestone:approve')) return []
  const rows = await sql<Row[]>`
    select n.id, 'milestone_plan' as kind, t.name as title, n.submitted_at as since,
           p.id as project_id, p.name as project_name
      from milestone_plan n join project p on p.id = n.project_id
      join milestone_template t on t.code = n.template and t.version = n.template_version
     where n.state = 'submitted' and n.proposer_id is distinct from ${viewer.id}::bigint
    union all
    select r.id, 'milestone_revision', m.name || '：' || r.from_date || ' → ' || r.to_date, r.proposed_at,
           p.id, p.name
      from milestone_revision r join milestone m on m.id = r.milestone_id
      join project p on p.id = r.project_id
     where r.state = 'proposed' and r.proposer_id is distinct from ${viewer.id}::bigint`
  return rows.map(({ id, projectId, projectName, ...row }) => ({
    ...row,
    key: `${row.kind}-${id}`,
    count: 1,
    project: { id: projectId, name: projectName },
    dueOn: null,
    link: `/desk?project=${projectId}`,
  }))
}
