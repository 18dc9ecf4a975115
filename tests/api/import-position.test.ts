import type { Database } from 'api/db/database'
import { gaussKruger } from 'geo/cgcs2000'
import { wgs84ToGcj02 } from 'geo/gcj02'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { loadImportCity } from '../support/import-city.ts'
import { type Options, rowCodes, runImport } from '../support/import-run.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await loadImportCity(db)
})
afterAll(() => db.close())

const run = (text: string, options: Options & { name?: string } = {}) => {
  const { name, ...rest } = options
  return runImport(db, text, { ...rest, ...(name === undefined ? {} : { fileName: name }) })
}
const codes = rowCodes

describe('positions', () => {
  const points: [number, number][] = Array.from({ length: 12 }, (_, index) => [
    113.1003 + index * 0.0002,
    27.81 + index * 0.005,
  ])
  const table = (name: string, head: string, cells: (readonly [number, number])[]) =>
    `项目名称,填报单位,类别,${head}\n${cells
      .map(([x, y], index) => `${name}${index}号,荷塘区,产业,${x},${y}`)
      .join('\n')}`

  test('Gauss–Krüger metres land right: with zone number, without, and northing first', async () => {
    const grid = gaussKruger(3, 38)
    const metres = points.map((at) => grid.forward(at))
    const prefixed = metres.map(({ eastingM, northingM }) => [eastingM + 38e6, northingM] as const)
    const turned = metres.map(({ eastingM, northingM }) => [northingM, eastingM + 38e6] as const)
    const bare = metres.map(({ eastingM, northingM }) => [northingM, eastingM] as const)
    for (const [name, cells, crs] of [
      ['带号', prefixed, 'auto:gk3-38'],
      ['倒序', turned, 'auto:gk3-38'],
      ['缺省', bare, 'auto:gk3-cm114'],
    ] as const) {
      const report = await run(table(name, 'X坐标,Y坐标', [...cells]))
      expect({
        crs: report.crs,
        counts: report.counts.created,
        flags: codes(report).flat(),
      }).toEqual({
        crs,
        counts: 12,
        flags: [],
      })
      const rows = await db.sql<{ lon: number; lat: number }[]>`
        select st_x(location) as lon, st_y(location) as lat from project
         where name like ${`${name}%`} order by id`
      rows.forEach(({ lon, lat }, index) => {
        expect([lon, lat]).toEqual(points[index]?.map((value) => expect.closeTo(value, 8)))
      })
    }
  })

  test('boundaries speak for GCJ-02 where points lie along them', async () => {
    // 571 m east of a line of points just inside the eastern edge is outside it.
    // Of those beside the southern edge too, a reading as BD-09 lies outside as well.
    const along = points.map(([lon, lat], index): [number, number] => [
      lon + 0.0973,
      index < 6 ? 27.804 : lat,
    ])
    const report = await run(
      table(
        '偏移',
        '经度,纬度',
        along.map((at) => [...wgs84ToGcj02(at)]),
      ),
      {
        dryRun: true,
      },
    )
    expect(report.crs).toBe('auto:gcj02')
    expect(report.findings.find(({ code }) => code === 'CRS_DECIDED')?.message).toContain(
      '12 个落在所填单位内',
    )
    expect(codes(report).flat()).toEqual([])
    const open = points.map(([lon, lat]): [number, number] => [lon + 0.0973, lat])
    const tied = await run(
      table(
        '难分',
        '经度,纬度',
        open.map((at) => [...wgs84ToGcj02(at)]),
      ),
    )
    expect(new Set(codes(tied).flat())).toEqual(new Set(['CRS_UNDECIDED']))
    expect(tied.rows[0]?.findings[0]?.message).toContain('请用 --crs gcj02 或 --crs bd09 指明')
  })

  test('a point outside its unit is told with the system that would bring it inside', async () => {
    const [lon, lat] = wgs84ToGcj02([113.199, 27.85])
    const text = `项目名称,填报单位,类别,经度,纬度\n界外,荷塘区,产业,${lon},${lat}\n`
    const report = await run(text, { crs: 'wgs84', dryRun: true })
    expect(codes(report)).toEqual([['POINT_OUTSIDE_UNIT']])
    expect(report.rows[0]?.findings[0]?.message).toMatch(
      /落在石峰区，不在所填的荷塘区；按 gcj02.* 会落在荷塘区内/,
    )
  })

  test('a single pair of metres is not enough to decide, and is refused', async () => {
    const report = await run(
      '项目名称,填报单位,类别,X坐标,Y坐标\n孤点,株洲经开区,产业,3079000,413000\n',
    )
    expect(codes(report)).toEqual([['CRS_UNDECIDED']])
  })

  test('a system that nobody can convert is refused; a column of systems holds row by row', async () => {
    const head = '项目名称,填报单位,类别,经度,纬度,坐标系\n'
    const [lon, lat] = wgs84ToGcj02([113.15, 27.85])
    const rows = `各行甲,荷塘区,产业,${lon},${lat},GCJ-02\n各行乙,荷塘区,产业,113.15,27.85,西安80\n`
    const report = await run(head + rows, { partial: true })
    expect(codes(report)).toEqual([[], ['CRS_UNKNOWN']])
    const [row] = await db.sql`
      select st_x(location) as lon, st_y(location) as lat, position_crs from project where name = '各行甲'`
    expect({ ...row }).toEqual({
      lon: expect.closeTo(113.15, 8),
      lat: expect.closeTo(27.85, 8),
      positionCrs: 'gcj02',
    })
  })
})
