import type { Database } from 'api/db/database'
import type { Transaction } from 'api/db/sql'

const author = { actor: '测试员', reason: '生成的项目' }

/**
 * Writes ten units and `count` projects with plan, start, April report and money, the same ones each
 * time: spread over Zhuzhou's extent, two thirds of them around its centre. Returns
 * the ids. `at`: when all that is told, now where it is missing.
 */
export async function seedProjects(db: Database, count: number, at?: Date): Promise<number[]> {
  const write = async (tx: Transaction) => {
    // This transaction's own switches: a bulk of rows needs no row-by-row plans or early syncs.
    await tx`select set_config('work_mem', '64MB', true)`
    await tx`insert into unit (code, name, short_name, level, reports)
      select 'seed-' || i, '第' || i || '区', '区' || i, 'unit', true from generate_series(1, 10) i`
    await tx`
      with dice as (
        select i, ('x' || substr(md5(i::text), 1, 8))::bit(32)::bigint / 4294967296.0 as a,
               ('x' || substr(md5(i::text), 9, 8))::bit(32)::bigint / 4294967296.0 as b,
               ('x' || substr(md5(i::text), 17, 8))::bit(32)::bigint / 4294967296.0 as c
          from generate_series(1, ${count}::int) i)
      insert into project (code, name, search_text, unit_id, category, total_wan, owner_enterprise,
                           location, position_quality, provenance)
      select 'ZZ-2023-' || lpad(i::text, 6, '0'),
             (array['天元','荷塘','石峰','芦淞','渌口','醴陵','攸县','茶陵','炎陵'])[1 + floor(a * 9)::int]
             || (array['轨道交通','航空动力','新能源汽车','陶瓷','硬质合金','烟花','服饰','功率半导体'])[1 + floor(b * 8)::int]
             || (array['产业园','生产线','研发中心','配套厂房','道路','安置房','治理工程'])[1 + floor(c * 7)::int]
             || i || '期项目',
             'gdjtcyy' || i, (select id from unit where code = 'seed-' || (1 + i % 10)),
             (array['industry','infrastructure','livelihood','ecology'])[1 + i % 4],
             round((1000 + c * 90000)::numeric, 2), '株洲' || (i % 997) || '有限公司',
             st_setsrid(case when i % 3 = 0 then st_makepoint(112.97 + a * 1.29, 26.05 + b * 1.97)
               else st_makepoint(113.13 + (a + b + c - 1.5) * 0.12, 27.85 + (a - b) * 0.12) end, 4326),
             (array['surveyed','site','park','town'])[1 + i % 4], 'synthetic'
        from dice`
    await tx`insert into plan (project_id, year, kind, annual_wan)
      select id, 2023, 'construction', round(total_wan / 3, 2) from project where code like 'ZZ-2023-%'`
    await tx`insert into milestone (project_id, kind, name, original_date, original_precision, actual_date, actual_precision)
      select id, 'start', '开工', '2023-01-31', 'month',
             case when id % 5 > 0 then date '2023-01-31' end, case when id % 5 > 0 then 'month' end
        from project where code like 'ZZ-2023-%'`
    await tx`insert into investment (project_id, month, planned_wan, actual_wan)
      select id, '2023-04-01', round(total_wan / 10, 2), round(total_wan / 10 * (id % 11) / 10, 2)
        from project where code like 'ZZ-2023-%'`
    await tx`insert into report (project_id, month, reported_at)
      select id, '2023-04-01', '2023-05-05T00:00:00Z' from project
       where code like 'ZZ-2023-%' and id % 7 > 0`
  }
  await db.transact(author, write, at)
  const rows = await db.sql<{ id: number }[]>`
    select id from project where code like 'ZZ-2023-%' order by id`
  return rows.map(({ id }) => id)
}
