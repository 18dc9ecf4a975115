import type { Clock } from 'api/clock'
import type { Database } from 'api/db/database'
import { openTestApp, type TestApp } from './app.ts'
import { openTestDatabase } from './database.ts'

const author = { actor: '测试数据', reason: '装载小城' }
const at = (text: string) => new Date(`${text}T09:00:00+08:00`)

/**
 * The whole site over a database of its own with a small city whose every light is known on
 * 2023-05-31; closing the site closes both. Ids follow the order of insertion: units 1 县 and 2 区,
 * park 1 in unit 2, projects 1–8 as named below.
 */
export async function openSmallCity(
  settings: Record<string, string> = {},
  clock?: Clock,
): Promise<TestApp> {
  const db = await openTestDatabase(clock)
  await loadSmallCity(db)
  const site = await openTestApp(db, settings)
  const close = async () => {
    await site.close()
    await db.close()
  }
  return { ...site, close }
}

async function loadSmallCity(db: Database): Promise<void> {
  await db.transact(author, loadPlaces, at('2022-12-31'))
  await db.transact(author, loadProjects, at('2023-01-05'))
  for (const month of [1, 2, 3, 4]) await reportMonth(db, month)
}

type Write = Parameters<Database['transact']>[1]

const loadPlaces: Write = async (tx) => {
  await tx`
    insert into unit (code, name, short_name, level, reports, ordinal, boundary, label_point) values
      ('430223', '攸县', '攸县', 'unit', true, 1,
       st_geomfromtext('MULTIPOLYGON(((113.2 26.9,113.6 26.9,113.6 27.3,113.2 27.3,113.2 26.9)))', 4326),
       st_setsrid(st_makepoint(113.4, 27.1), 4326)),
      ('430202', '荷塘区', '荷塘', 'unit', true, 2, null, null)`
  await tx`
    insert into park (code, name, unit_id, boundary) values ('htgy', '荷塘产业开发区', 2,
      st_geomfromtext('MULTIPOLYGON(((113.17 27.83,113.2 27.83,113.2 27.86,113.17 27.86,113.17 27.83)))', 4326))`
}

const loadProjects: Write = async (tx) => {
  await tx`
    insert into project (code, name, search_text, unit_id, park_id, parent_id, category, side_state,
                         total_wan, owner_enterprise, location, position_quality, provenance) values
      ('P1', '按期产业园', 'aqcyy', 2, 1, null, 'industry', null, 30000, '宏工科技',
       st_setsrid(st_makepoint(113.18, 27.84), 4326), 'site', 'published'),
      ('P2', '落后标准厂房', 'lhbzcf', 2, null, null, 'industry', null, 20000, null, null, 'none', 'synthetic'),
      ('P3', '严重滞后大桥', 'yzzhdq', 1, null, null, 'infrastructure', null, 10000, null, null, 'none', 'reported'),
      ('P4', '无声医院', 'wsyy', 1, null, null, 'livelihood', null, 5000, null, null, 'none', 'reported'),
      ('P5', '前期水库', 'qqsk', 1, null, null, 'ecology', null, 900000, null, null, 'none', 'reported'),
      ('P6', '已完工学校', 'ywgxx', 1, null, null, 'livelihood', null, 8000, null, null, 'none', 'reported'),
      ('P7', '暂停项目', 'ztxm', 2, null, null, 'industry', 'suspended', 100, null, null, 'none', 'reported'),
      ('P8', '按期产业园一期', 'aqcyyyq', 2, 1, 1, 'industry', null, 12000, null, null, 'none', 'reported')`
  await tx`update project set lead_department = '自然资源局' where code = 'P5'`
  await tx`
    insert into plan (project_id, year, kind, annual_wan)
    select id, 2023, case code when 'P5' then 'preliminary' else 'construction' end, 12000 from project`
  await tx`
    insert into investment (project_id, month, planned_wan)
    select id, make_date(2023, m, 1), 1000 from project, generate_series(1, 12) m where code <> 'P5'`
  await tx`
    insert into milestone (project_id, kind, name, original_date, original_precision, actual_date, actual_precision)
    values (1, 'start', '开工', '2023-01-31', 'month', '2023-01-15', 'day'),
           (2, 'start', '开工', '2023-01-31', 'month', '2023-01-20', 'day'),
           (3, 'start', '开工', '2023-01-31', 'month', '2023-02-01', 'day'),
           (4, 'start', '开工', '2023-01-31', 'month', '2023-02-01', 'day'),
           (6, 'finish', '竣工', '2023-03-31', 'month', '2023-03-20', 'day'),
           (1, 'finish', '竣工', '2023-12-31', 'year', '2023-11-30', 'day')`
}

/** Done per month in 万元 of the plan's 1,000: on time, 20 % behind, 50 % behind, silent since February. */
async function reportMonth(db: Database, month: number): Promise<void> {
  const monthText = `2023-0${month}-01`
  await db.transact(
    author,
    async (tx) => {
      await tx`
        insert into report (project_id, month, percent, progress_text, reported_at)
        select id, ${monthText}::date, ${month * 8}, '形象进度', app_now() from project
         where id in (1, 2, 3, 6, 7, 8) or (id = 4 and ${month}::int <= 2)`
      await tx`
        update investment set actual_wan = case project_id when 2 then 800 when 3 then 500 else 1000 end
         where month = ${monthText}::date
           and (project_id in (1, 2, 3, 6, 7, 8) or (project_id = 4 and ${month}::int <= 2))`
    },
    at(`2023-0${month + 1}-04`),
  )
}
