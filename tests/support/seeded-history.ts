import type { Database } from 'api/db/database'
import type { Transaction } from 'api/db/sql'
import { seedProjects } from './seeded-projects.ts'

const author = { actor: '测试员', reason: '三年的月报' }
export const historyYears = [2021, 2022, 2023] as const

/**
 * 549 projects with a plan for each of three years, reports and money for each month up to April 2023
 * (told over the first six days of the next month), a few corrections a month later, and on every
 * working day some projects with another total or forecast: the same ones each time.
 */
export async function seedHistory(db: Database, count: number): Promise<void> {
  const begin = new Date('2020-12-31T09:00:00+08:00')
  await seedProjects(db, count, begin)
  for (const year of historyYears) {
    await db.transact(author, (tx) => addYear(tx, year), at(`${year}-01-03`))
    for (let month = 1; month <= (year === 2023 ? 4 : 12); month += 1)
      await addMonth(db, year, month)
  }
}

const at = (day: string) => new Date(`${day}T10:00:00+08:00`)

async function addYear(tx: Transaction, year: number): Promise<void> {
  await tx`
    insert into plan (project_id, year, kind, annual_wan)
    select id, ${year}, 'construction', round(total_wan / 4, 2) from project
    on conflict (project_id, year) do nothing`
  await tx`
    insert into investment (project_id, month, planned_wan)
    select id, make_date(${year}, m, 1), round(total_wan / 48, 2) from project, generate_series(1, 12) m
    on conflict (project_id, month, fund_source) do nothing`
}

async function addMonth(db: Database, year: number, month: number): Promise<void> {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const next = new Date(Date.UTC(year, month, 1))
  const day = (offset: number) =>
    new Date(next.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  for (let told = 0; told < 28; told += 1) {
    if ([0, 6].includes(new Date(`${day(told)}T00:00:00Z`).getUTCDay()) && told > 5) continue
    await db.transact(
      author,
      async (tx) => {
        if (told < 6) await tellMonth(tx, first, told)
        if (told === 20) await correctMonth(tx, first)
        await tx`
          update project set total_wan = total_wan + 1, note = ${day(told)}
           where id % 97 = ${(told * 7 + month * 11) % 97}`
      },
      at(day(told)),
    )
  }
}

async function tellMonth(tx: Transaction, month: string, part: number): Promise<void> {
  await tx`
    insert into report (project_id, month, percent, reported_at)
    select id, ${month}::date, 10, app_now() from project where id % 6 = ${part} and id % 17 > 0
    on conflict (project_id, month) do nothing`
  await tx`
    update investment set actual_wan = round(planned_wan * (1 + (project_id * 7 + extract(month from month)::int) % 11) / 9, 2)
     where month = ${month}::date and project_id % 6 = ${part} and project_id % 17 > 0`
}

const correctMonth = (tx: Transaction, month: string) => tx`
  update investment set actual_wan = round(actual_wan * 0.95, 2)
   where month = ${month}::date and project_id % 23 = 0 and actual_wan is not null`
