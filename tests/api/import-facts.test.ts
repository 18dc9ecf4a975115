import type { Database } from 'api/db/database'
import type { ImportReport } from 'api/import/contract'
import { wgs84ToGcj02 } from 'geo/gcj02'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { collection, feature, LIST, loadImportCity } from '../support/import-city.ts'
import { type Options, rowCodes, runImport, square } from '../support/import-run.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await loadImportCity(db)
  await run(LIST, { at: '2023-01-05' })
})
afterAll(() => db.close())

const run = (text: string, options: Options & { name?: string } = {}) => {
  const { name, ...rest } = options
  return runImport(db, text, { ...rest, ...(name === undefined ? {} : { fileName: name }) })
}
const outcomes = (report: ImportReport) => report.rows.map(({ outcome }) => outcome)
const codes = rowCodes

describe('rows that belong to a project', () => {
  test('monthly investment, long and wide', async () => {
    const long = await run(
      '项目编码,月份,本月计划投资（万元）,本月完成投资（万元）\nA1,2023年1月,1000,900.5\nA1,2023-02,1000,—\nXX,2023-01,1,1\n',
      { partial: true },
    )
    expect(long.noun).toBe('investment')
    expect(outcomes(long)).toEqual(['created', 'created', 'refused'])
    expect(codes(long)[2]).toEqual(['PROJECT_UNKNOWN'])
    const wide = await run(
      '项目名称,填报单位,2023年1月完成（万元）,2023年2月完成（万元）\n轨道装备园,石峰区,10,20\n',
      { as: 'investment' },
    )
    expect(outcomes(wide)).toEqual(['created'])
    const rows = await db.sql`
      select p.code, i.month, i.fund_source, i.planned_wan, i.actual_wan
        from investment i join project p on p.id = i.project_id order by p.code, i.month`
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['A1', '2023-01-01', 'total', 1000, 900.5],
      ['A1', '2023-02-01', 'total', 1000, null],
      ['A2', '2023-01-01', 'total', null, 10],
      ['A2', '2023-02-01', 'total', null, 20],
    ])
  })

  test('monthly reports carry their investment', async () => {
    const text =
      '项目编码,填报月份,形象进度,工程进度,本月完成投资（万元）,存在问题,填报人\nA2,2023年3月,主体封顶,45%,300,用地未批,张三\n'
    const report = await run(text, { at: '2023-04-03' })
    expect({ noun: report.noun, outcomes: outcomes(report) }).toEqual({
      noun: 'report',
      outcomes: ['created'],
    })
    const [row] = await db.sql`
      select r.percent, r.progress_text, r.problem, r.status, r.reporter, r.reported_at, i.actual_wan
        from report r join investment i on i.project_id = r.project_id and i.month = r.month`
    expect({ ...row }).toEqual({
      percent: 45,
      progressText: '主体封顶',
      problem: '用地未批',
      status: 'submitted',
      reporter: '张三',
      reportedAt: '2023-04-03T01:00:00.000Z',
      actualWan: 300,
    })
    expect(outcomes(await run(text))).toEqual(['unchanged'])
  })

  test('milestones with their four dates, plans of another year', async () => {
    const milestone = await run(
      '项目编码,节点,原计划日期,调整后日期,实际日期,原因\nA2,封顶,2023-05,2023-06,,天气\nA2,投产,2024年,,,\n',
    )
    expect({ noun: milestone.noun, outcomes: outcomes(milestone) }).toEqual({
      noun: 'milestone',
      outcomes: ['created', 'created'],
    })
    const plan = await run('项目编码,年度,年度计划投资（万元）,计划类型\nA2,2024,500,前期\n', {
      as: 'plan',
    })
    expect(outcomes(plan)).toEqual(['created'])
    const rows = await db.sql`
      select year, kind, annual_wan from plan l join project p on p.id = l.project_id
       where p.code = 'A2' order by year`
    expect(rows.map((row) => Object.values(row))).toEqual([
      [2023, 'construction', 35_000],
      [2024, 'preliminary', 500],
    ])
  })

  test('a plan without a year is refused', async () => {
    const report = await run('项目编码,年度计划投资（万元）\nA2,1\n', { as: 'plan' })
    expect(codes(report)).toEqual([['YEAR_UNKNOWN']])
  })
})

describe('areas', () => {
  test('a boundary from a web map is converted; the same file again changes nothing', async () => {
    const shifted = square(113.3, 27.8, 0.1)
    const gcj = {
      ...shifted,
      coordinates: shifted.coordinates.map((ring) =>
        ring.map(([x, y]) => wgs84ToGcj02([x ?? 0, y ?? 0])),
      ),
    }
    const text = collection(feature(gcj, { 编码: '430281', 名称: '醴陵市' }))
    const options = { as: 'unit', crs: 'gcj02', name: 'x.geojson' } as const
    expect((await run(text, options)).counts.created).toBe(1)
    const [row] = await db.sql<{ west: number }[]>`
      select st_xmin(boundary) as west from unit where code = '430281'`
    expect(row?.west).toBeCloseTo(113.3, 8)
    expect(outcomes(await run(text, options))).toEqual(['unchanged'])
  })

  test('a boundary at fault is refused with its place, and nothing is written', async () => {
    const open = {
      type: 'Polygon',
      coordinates: [
        [
          [113, 27],
          [114, 27],
          [114, 28],
          [113, 28],
        ],
      ],
    }
    const text = collection(feature(open, { 编码: 'X', 名称: '坏边界' }))
    const report = await run(text, { as: 'unit', name: 'x.geojson' })
    expect(codes(report)).toEqual([['GEOMETRY_INVALID']])
    expect(report.rows[0]?.findings[0]?.message).toContain('ring_not_closed')
    expect(await db.sql`select from unit where code = 'X'`).toHaveLength(0)
  })

  test('polygons that overlap are refused by PostGIS’s own words', async () => {
    const overlap = {
      type: 'MultiPolygon',
      coordinates: [square(113, 27, 0.2).coordinates, square(113.1, 27.1, 0.2).coordinates],
    }
    const text = collection(feature(overlap, { 编码: 'Y', 名称: '叠边界' }))
    const report = await run(text, { as: 'unit', name: 'x.geojson' })
    expect(codes(report)).toEqual([['GEOMETRY_INVALID']])
  })
})
