import { columnsOf } from '../../issue/store.ts'
import type { Transaction } from '../sql.ts'
import type { StoryIssue } from './issue-story.ts'
import type { PackFiles } from './pack.ts'

/** Writes causes and the story's issues with their steps, each kind in one statement; the departments are there. */
export async function writeIssues(
  tx: Transaction,
  pack: Pick<PackFiles, 'cause'>,
  issues: readonly StoryIssue[],
): Promise<void> {
  const causes = pack.cause.map((row, ordinal) => ({
    code: row['编码'],
    name: row['名称'],
    parent: row['上级'] || null,
    ordinal,
  }))
  await tx`
    insert into cause (code, name, parent, ordinal)
    select r.code, r.name, r.parent, r.ordinal
      from jsonb_to_recordset(${json(causes)}::text::jsonb) as r(code text, name text, parent text, ordinal integer)`
  if (issues.length === 0) return
  const rows = issues.map(issueRow)
  const columns = Object.keys(rows[0] ?? {})
  await tx.unsafe(
    `insert into issue (project_id, lead_department_id, ${columns.join(', ')})
     select p.id, case when r.assigned_at is not null then d.id end, ${columns.map((name) => `r.${name}`).join(', ')}
       from jsonb_populate_recordset(null::issue, $1::text::jsonb) r
       join jsonb_to_recordset($2::text::jsonb) as s(key uuid, project text, department text) on s.key = r.key
       join project p on p.code = s.project
       left join department d on d.name = coalesce(nullif(s.department, ''), p.lead_department)
      order by r.received_at`,
    [json(rows), json(issues)],
  )
  await tx`
    insert into issue_step (key, issue_id, action, at, by_name, note, state, holder, department_id, due_at)
    select s.key, i.id, s.action, s.at, s.by_name, s.note, s.state, s.holder,
           case when s.holder = 'lead' then i.lead_department_id end, s.due_at
      from jsonb_to_recordset(${json(issues.flatMap(stepRows))}::text::jsonb) as s(
             issue uuid, key uuid, action text, at timestamptz, by_name text, note text, state text,
             holder text, due_at timestamptz)
      join issue i on i.key = s.issue
     order by s.at`
}

const json = (rows: unknown) => JSON.stringify(rows)

function issueRow({ key, title, enterprise, channel, raiserName, facts }: StoryIssue) {
  const { leadDepartmentId: _, ...rest } = facts
  return columnsOf({
    key,
    title,
    enterprise,
    channel,
    raiserName,
    provenance: 'synthetic',
    sensitive: false,
    description: '',
    ...rest,
  })
}

function stepRows({ key, steps }: StoryIssue) {
  return steps.map(({ facts, ...step }) => ({
    issue: key,
    key: step.key,
    action: step.action,
    at: step.at,
    by_name: step.byName,
    note: step.note,
    state: facts.state,
    holder: facts.holder,
    due_at: facts.dueAt,
  }))
}
