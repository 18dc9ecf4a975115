import type { Query } from '../db/sql.ts'
import type { MapRow } from '../map/derive.ts'
import { idText } from '../person/viewer.ts'
import type { Dependant, Stake } from './contract.ts'

/**
 * What waits for projects: their unfinished steps but the next one, which waits for nothing, the
 * projects within them, their open issues and the open tasks about them; as far as the asker may see.
 */
const dependants = (sql: Query, date: string, projects: readonly number[] | null) => {
  const only = (column: string) =>
    projects ? sql`and ${sql(column)} = any(${idText(projects)}::bigint[])` : sql``
  return sql`
    select 'milestone' as noun, id, name, project_id from (
      select m.id, m.name, m.project_id,
             row_number() over (partition by m.project_id
               order by coalesce(m.revised_date, m.original_date), m.ordinal, m.id) as place
        from milestone m
       where (m.actual_date is null or m.actual_date > ${date}::date)
         and coalesce(m.revised_date, m.original_date) is not null ${only('m.project_id')}) s
     where place > 1
    union all
    select 'project', id, name, parent_id from project where parent_id is not null ${only('parent_id')}
    union all
    select 'issue', id, title, project_id from issue
     where project_id is not null and holder <> 'none' ${only('project_id')}
    union all
    select 'dispatch', t.id, d.number || ' ' || d.title, tp.project_id
      from dispatch_task_project tp join dispatch_task t on t.id = tp.task_id
      join dispatch d on d.id = t.dispatch_id
     where t.ended_at is null ${only('tp.project_id')}`
}

/** What each project in sight holds up, by its number. */
export async function readStakes(
  sql: Query,
  date: string,
  rows: readonly MapRow[],
): Promise<Map<number, Stake>> {
  const counted = await sql<{ projectId: number; count: number }[]>`
    select project_id, count(*) as count from (${dependants(sql, date, null)}) w group by project_id`
  const waiting = new Map(counted.map(({ projectId, count }) => [projectId, count]))
  return new Map(
    rows.map(({ fact }) => [
      fact.id,
      {
        projectId: fact.id,
        projectName: fact.name,
        moneyWan: fact.counted ? toCome(fact.annualWan, fact.doneWan) : 0,
        dependants: waiting.get(fact.id) ?? 0,
      },
    ]),
  )
}

/** This year's money still to come, to the cent. */
const toCome = (annualWan: number | null, doneWan: number | null): number =>
  Math.max(0, Math.round(((annualWan ?? 0) - (doneWan ?? 0)) * 100) / 100)

/** What waits for these projects, by name. */
export async function listDependants(
  sql: Query,
  date: string,
  projects: readonly number[],
): Promise<Dependant[]> {
  return sql<Dependant[]>`
    select w.noun, w.id, w.name, w.project_id, p.name as project_name
      from (${dependants(sql, date, projects)}) w join project p on p.id = w.project_id
     order by w.project_id, w.noun, w.id`
}
