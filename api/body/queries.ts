import type { z } from 'zod'
import { daysBetween } from '../calendar/days.ts'
import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import type { Body, BodyItem, BodyItemFilter, BodyItemList, BodyList } from './contract.ts'

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

/** The open matters before bodies, of both nouns. */
function items(sql: Query) {
  return sql`
    select i.id, i.noun, i.row_id, i.body_id, i.entered_on, i.next_on, d.id as dispatch_id, d.number,
           coalesce(d.title, s.title) as title, coalesce(t.state, s.state) as state,
           coalesce(t.due_on, (s.due_at at time zone 'Asia/Shanghai')::date) as due_on,
           coalesce(p.name, e.name, u.name, k.name) as owner
      from body_item i
      left join dispatch_task t on i.noun = 'dispatch_task' and t.id = i.row_id
      left join dispatch d on d.id = t.dispatch_id
      left join issue s on i.noun = 'issue' and s.id = i.row_id
      left join person p on p.id = coalesce(t.person_id, s.lead_person_id)
      left join department e on e.id = coalesce(t.department_id, s.lead_department_id)
      left join unit u on u.id = coalesce(t.unit_id, s.lead_unit_id)
      left join park k on k.id = t.park_id
     where i.left_on is null`
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
           x.entered_on, x.next_on, count(*) over () as total,
           coalesce((select jsonb_agg(b.name order by f.id) from body_item f join body b on b.id = f.body_id
                      where f.noun = x.noun and f.row_id = x.row_id and f.left_on is not null), '[]') as before
      from (${items(sql)}) x where x.body_id = ${id}
     order by x.due_on nulls last, x.id limit ${limit} offset ${offset}`
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _, ...row }) => ({
      ...row,
      overdueDays: row.dueOn === null ? 0 : Math.max(0, daysBetween(row.dueOn, today)),
    })),
  }
}
