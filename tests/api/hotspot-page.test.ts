import { HotspotMeasures, Hotspots } from 'api/hotspot/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judge } from 'web/hotspot/judge.ts'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp

/** Sixty projects in four knots, those of the first one ever later, with money of every size. */
beforeAll(async () => {
  site = await openSmallCity()
  await site.deps.db.transact(
    { actor: '测试数据', reason: '热点' },
    async (tx) => {
      await tx`
        insert into project (code, name, search_text, unit_id, category, total_wan, location, position_quality, provenance)
        select 'K' || i, '项目' || i, '', 1, 'industry', 20000,
               st_setsrid(st_makepoint(113 + (i % 4) * 0.1 + (i % 7) * 0.004, 27 + (i % 5) * 0.004), 4326), 'site', 'reported'
          from generate_series(1, 60) i`
      await tx`
        insert into plan (project_id, year, kind, annual_wan)
        select id, 2023, 'construction', 3000 + 700 * (substr(code, 2)::int % 11) from project where code ~ '^K'`
      await tx`
        insert into investment (project_id, month, planned_wan, actual_wan)
        select id, make_date(2023, m, 1), 250,
               case when substr(code, 2)::int % 4 = 0 then 20 + substr(code, 2)::int % 3
                    else 250 - substr(code, 2)::int % 9 end
          from project, generate_series(1, 3) m where code ~ '^K'`
      await tx`
        insert into report (project_id, month, reported_at)
        select id, make_date(2023, m, 1), app_now() from project, generate_series(1, 3) m where code ~ '^K'`
    },
    new Date('2023-04-05T09:00:00+08:00'),
  )
})
afterAll(() => site.close())

test('the page’s own judgement is the server’s, whatever measure, ground, radius and weights', async () => {
  const measures = await site.get('/api/hotspot/measure')
  const { columns } = HotspotMeasures.parse(await measures.json())
  let hot = 0
  for (const measure of ['lag', 'issue']) {
    for (const basis of ['cell', 'project']) {
      for (const wish of ['weighted=true', 'weighted=false', 'bandKm=1', 'bandKm=12']) {
        const answer = await site.get(`/api/hotspot?measure=${measure}&basis=${basis}&${wish}`)
        const server = Hotspots.parse(await answer.json())
        const page = judge(columns, server.rule)
        const place = (sites: { id: string }[]) => sites.map(({ id }) => id)
        expect([page.enough, page.projects]).toEqual([server.enough, server.projects])
        expect(place(page.sites)).toEqual(place(server.sites))
        for (const [at, one] of page.sites.entries()) {
          const other = server.sites[at]
          expect([one.state, one.projects, one.around, one.group !== null]).toEqual([
            other?.state,
            other?.projects,
            other?.around,
            other?.place !== null,
          ])
          expect(one.lon).toBeCloseTo(other?.lon ?? Number.NaN, 4)
          if (one.z === null) expect(other?.z).toBeNull()
          else expect(one.z).toBeCloseTo(other?.z ?? Number.NaN, 2)
          if (one.adjustedP !== null) expect(one.adjustedP).toBeCloseTo(other?.adjustedP ?? 2, 3)
        }
        expect(page.places).toBe(server.places.length)
        hot += page.places
      }
    }
  }
  expect(hot).toBeGreaterThan(0)
})
