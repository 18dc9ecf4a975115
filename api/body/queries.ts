import type { z } from 'zod'
import { daysBetween } from '../calendar/days.ts'
import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import { idText } from '../person/viewer.ts'
import type { Body, BodyItem, BodyItemFilter, BodyItemList, BodyList } from './contract.ts'
import type { Rung } from './rules.ts'

/** The ladder from the top down, with what stands before each body as far as the asker may see it. */
export async function listBodies(sql: Query, today: string): Promise<BodyList> {
  const rows = await sql<Body[]>`
    select b.id, b.code, b.name, b.level, b.parent_id, b.chair_id, p.name as chair_name, b.unit_id,
           b.cadence, b.may_close, b.may_extend, b.may_escalate, b.escalate_after_wd,
           coalesce(m.members, '[]') as members,
           coalesce(i.open, 0) as open, coalesce(i.overdue, 0) as overdue
      from body b left join person p on p.id = b.chair_id
      left join lateral (
        select jsonb_agg(jsonb_build_object('personId', m.person_id, 'departmentId', m.department_id,
                 'name', coalesce(mp.name, md.name)) order by m.id) as members
          from body_member m left join person mp on mp.id = m.person_id
          left join department md on md.id = m.department_id
         where m.body_id = b.id
      ) m on true
      left join (
        select body_id, count(*) as open, count(*) filter (where due_on < ${today}::date) as overdue
          from (${items(sql)}) x group by body_id
      ) i on i.body_id = b.id
     order by b.level, b.id`
  return { version: await ladderVersion(sql), rows: [...rows] }
}

/** Changes with every change of the ladder. */
export async function ladderVersion(sql: Query): Promise<number> {
  const [row] = await sql<{ version: number }[]>`
    select coalesce(max(id), 0) as version from change where noun in ('body', 'body_member')`
  return row?.version ?? 0
}

/** The open matters before bodies: tasks of orders, and issues that were passed up. */
function items(sql: Query) {
  return sql`
    select 'dispatch_task' as noun, t.id as row_id, i.body_id, i.entered_on, i.next_on,
           d.id as dispatch_id, d.number, d.title, t.state, t.due_on,
           coalesce(p.name, e.name, u.name, k.name) as owner,
           (select jsonb_agg(b.name order by f.id) from dispatch_task_body f join body b on b.id = f.body_id
             where f.task_id = t.id and f.left_on is not null) as before
      from dispatch_task_body i join dispatch_task t on t.id = i.task_id
      join dispatch d on d.id = t.dispatch_id
      left join person p on p.id = t.person_id left join department e on e.id = t.department_id
      left join unit u on u.id = t.unit_id left join park k on k.id = t.park_id
     where i.left_on is null
    union all
    select 'issue', s.id, s.body_id, h.entered_on, null::date, null, null, s.title, s.state,
           (s.due_at at time zone 'Asia/Shanghai')::date, coalesce(e.name, u.name), h.before
      from issue s
      left join department e on e.id = s.lead_department_id left join unit u on u.id = s.lead_unit_id
      left join lateral (
        select max((f.at at time zone 'Asia/Shanghai')::date) filter (where f.body_id = s.body_id) as entered_on,
               jsonb_agg(b.name order by f.id) filter (where f.body_id <> s.body_id) as before
          from issue_step f join body b on b.id = f.body_id where f.issue_id = s.id and f.action = 'escalate'
      ) h on true
     where s.state = 'escalated' and s.body_id is not null`
}

/**
 * The open matters before one body, the longest overdue first.
 * @throws ApiFailure 404 `BODY_NOT_FOUND`.
 */
export async function bodyItems(
  sql: Query,
  id: number,
  { offset, limit }: z.infer<typeof BodyItemFilter>,
  today: string,
): Promise<BodyItemList> {
  const [body] = await sql`select id from body where id = ${id}`
  if (!body) throw notFound('body', '协调机构', id)
  const rows = await sql<(Omit<BodyItem, 'overdueDays'> & { total: number })[]>`
    select x.noun, x.row_id, x.dispatch_id, x.number, x.title, x.owner, x.state, x.due_on,
           x.entered_on, x.next_on, coalesce(x.before, '[]') as before, count(*) over () as total
      from (${items(sql)}) x where x.body_id = ${id}
     order by x.due_on nulls last, x.noun, x.row_id limit ${limit} offset ${offset}`
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _, ...row }) => ({
      ...row,
      overdueDays: row.dueOn === null ? 0 : Math.max(0, daysBetween(row.dueOn, today)),
    })),
  }
}

/** The ladder as it is now, from the top down. */
export async function readRungs(sql: Query): Promise<(Rung & { name: string })[]> {
  return sql<(Rung & { name: string })[]>`
    select id, name, level, parent_id, unit_id, escalate_after_wd from body order by level, id`
}

/** People who sit on bodies, chairs first, by the body's id. */
export async function readSitting(
  sql: Query,
  bodies: readonly number[],
  date: string,
): Promise<{ bodyId: number; personId: number }[]> {
  return sql<{ bodyId: number; personId: number }[]>`
    select id as body_id, chair_id as person_id from body
     where id = any(${idText(bodies)}::bigint[]) and chair_id is not null
    union
    select m.body_id, coalesce(m.person_id, g.person_id)
      from body_member m
      left join role_grant g on g.department_id = m.department_id
       and ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
     where m.body_id = any(${idText(bodies)}::bigint[]) and coalesce(m.person_id, g.person_id) is not null`
}
