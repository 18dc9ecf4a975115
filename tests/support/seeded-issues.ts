import type { Database } from 'api/db/database'

const author = { actor: '测试员', reason: '生成的问题' }

/**
 * Writes `count` issues on the projects that are there, two thirds of them open, due over some months
 * around the clock's day, the same ones each time; departments and causes as far as they are there.
 */
export async function seedIssues(db: Database, count: number): Promise<void> {
  await db.transact(author, async (tx) => {
    await tx`insert into department (code, name)
      select 'seed-' || i, '第' || i || '局' from generate_series(1, 12) i`
    await tx`insert into cause (code, name)
      select 'cause_' || i, '原因' || i from generate_series(1, 13) i on conflict do nothing`
    await tx`
      with projects as (select array_agg(id order by id) as ids from project),
           departments as (select array_agg(id order by id) as ids from department)
      insert into issue (key, project_id, title, description, cause, channel, raiser_name, state, holder,
                         held_since, received_at, lead_department_id, assigned_at, done_at, verified_at,
                         confirmed_at, closed_at, due_at, provenance)
      select md5(i::text)::uuid, p.ids[1 + (i * 7919) % cardinality(p.ids)], '第' || i || '个问题 '
               || (array['杆线未迁改', '用地未交付', '环评未批', '贷款未到位'])[1 + i % 4],
             repeat('情况说明', 1 + i % 20), 'cause_' || (1 + i % 13), 'meeting', '某企业',
             case when i % 3 = 0 then 'archived' else 'in_hand' end,
             case when i % 3 = 0 then 'none' else 'lead' end, t.at, t.at,
             d.ids[1 + i % cardinality(d.ids)], t.at,
             case when i % 3 = 0 then t.at end, case when i % 3 = 0 then t.at end,
             case when i % 3 = 0 then t.at end, case when i % 3 = 0 then t.at end,
             case when i % 3 > 0 then t.at + interval '20 days' end, 'synthetic'
        from generate_series(1, ${count}::int) i, projects p, departments d,
             lateral (select app_now() - (i % 200) * interval '1 day' - i * interval '1 second' as at) t`
  })
  await db.sql.unsafe('analyze issue')
}
