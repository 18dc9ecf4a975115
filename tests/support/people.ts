import type { Database } from 'api/db/database'
import { hashToken } from 'api/session/adapter'

/** One person for each role, by login; managers, the department and their scopes as far as the city has them. */
export const logins = [
  'leader',
  'dispatcher',
  'unit',
  'park',
  'department',
  'helper',
  'inspector',
  'auditor',
  'security',
  'administrator',
  'wall',
] as const
export type Login = (typeof logins)[number]

/** With which the wall comes in. */
export const wallToken = 'test-wall-token'

const author = { actor: '测试数据', reason: '测试人员' }

/**
 * People for the tests: the unit manager answers for unit 1, the park manager for park 1, the
 * department for the projects that name 自然资源局 (project 5), helper and inspector for project 2.
 */
export async function addPeople(db: Database): Promise<void> {
  const [known] = await db.sql`select from person limit 1`
  if (known) return
  await db.transact(author, async (tx) => {
    await tx`insert into department (code, name) values ('zrzy', '自然资源局')`
    await tx`
      insert into person (login, name, kind, department_id) values
        ('leader', '周市长', 'person', null), ('dispatcher', '王调度', 'person', null),
        ('unit', '李县长', 'person', null), ('park', '陈主任', 'person', null),
        ('department', '刘科长', 'person', 1), ('helper', '何专员', 'person', null),
        ('inspector', '赵巡查', 'person', null), ('auditor', '孙审计', 'person', null),
        ('security', '钱安全', 'person', null), ('administrator', '吴管理', 'person', null),
        ('wall', '一号大屏', 'device', null)`
    await tx`
      insert into device (person_id, token, created_at, expires_at)
      select id, ${hashToken(wallToken)}, now(), now() + interval '1 year'
        from person where login = 'wall'`
    await tx`
      insert into role_grant (person_id, role, scope, unit_id, park_id, department_id, valid_from)
      select p.id, g.role, g.scope, case g.scope when 'unit' then 1 end,
             case g.scope when 'park' then 1 end, case g.scope when 'department' then 1 end, '2022-01-01'
        from (values ('leader', 'leader', 'city'), ('dispatcher', 'dispatcher', 'city'),
                     ('unit', 'unit_manager', 'unit'), ('park', 'park_manager', 'park'),
                     ('department', 'department', 'department'), ('helper', 'helper', 'own'),
                     ('inspector', 'inspector', 'own'), ('auditor', 'auditor', 'city'),
                     ('security', 'security', 'own'), ('administrator', 'administrator', 'own'),
                     ('wall', 'device', 'city')) g (login, role, scope)
        join person p on p.login = g.login
       where (g.scope <> 'unit' or exists (select from unit where id = 1))
         and (g.scope <> 'park' or exists (select from park where id = 1))`
    await tx`
      insert into project_person (project_id, person_id, duty)
      select 2, id, case login when 'helper' then 'helper' else 'inspector' end
        from person where login in ('helper', 'inspector') and exists (select from project where id = 2)`
  })
}
