import type { Database } from 'api/db/database'
import type { ImportNoun, ImportReport } from 'api/import/contract'
import { importFile } from 'api/import/import-file'
import { importRows } from 'api/import/import-rows'
import { gaussKruger } from 'geo/cgcs2000'
import { wgs84ToGcj02 } from 'geo/gcj02'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await run(UNITS, { as: 'unit', name: '单位.geojson' })
  await run(PARKS, { as: 'park', name: '园区.geojson' })
})
afterAll(() => db.close())

const author = { actor: '测试员', reason: '导入测试' }
const square = (west: number, south: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
})
const feature = (geometry: unknown, properties: object) => ({
  type: 'Feature',
  geometry,
  properties,
})
const collection = (...features: unknown[]) =>
  JSON.stringify({ type: 'FeatureCollection', features })

const UNITS = collection(
  feature(null, { 编码: '430200', 名称: '株洲市', 简称: '株洲', 级别: '市' }),
  feature(square(113.1, 27.8, 0.1), {
    编码: '430202',
    名称: '荷塘区',
    简称: '荷塘',
    上级: '430200',
  }),
  feature(square(113.2, 27.8, 0.1), {
    编码: '430204',
    名称: '石峰区',
    简称: '石峰',
    上级: '430200',
  }),
  feature(null, { 编码: '430290', 名称: '株洲经开区', 上级: '株洲市' }),
)
const PARKS = collection(
  feature(square(113.12, 27.82, 0.02), { 编码: 'JS', 名称: '金山工业园', 填报单位: '荷塘区' }),
)

interface RunOptions {
  as?: ImportNoun
  name?: string
  crs?: string
  year?: number
  partial?: boolean
  dryRun?: boolean
  at?: string
}

function run(
  text: string,
  { name = '表.csv', at, ...options }: RunOptions = {},
): Promise<ImportReport> {
  const bytes = new TextEncoder().encode(text)
  const when = at === undefined ? {} : { at: new Date(`${at}T09:00:00+08:00`) }
  return importFile(db, { bytes, fileName: name, author, ...options, ...when })
}

const outcomes = (report: ImportReport) => report.rows.map(({ outcome }) => outcome)
const codes = (report: ImportReport) =>
  report.rows.map((row) => row.findings.map(({ code }) => code))
const fileCodes = (report: ImportReport) => report.findings.map(({ code }) => code)

async function historyRows(): Promise<number> {
  const [row] = await db.sql<{ rows: number }[]>`select count(*) as rows from change`
  return row?.rows ?? 0
}

test('units and parks carry parent, boundary and label point', async () => {
  const units = await db.sql`
    select u.code, p.code as parent, u.level, u.reports, st_npoints(u.boundary) as points,
           st_contains(u.boundary, u.label_point) as inside
      from unit u left join unit p on p.id = u.parent_id order by u.code`
  expect(units.map((row) => ({ ...row }))).toEqual([
    { code: '430200', parent: null, level: 'city', reports: false, points: null, inside: null },
    { code: '430202', parent: '430200', level: 'unit', reports: true, points: 5, inside: true },
    { code: '430204', parent: '430200', level: 'unit', reports: true, points: 5, inside: true },
    { code: '430290', parent: '430200', level: 'unit', reports: true, points: null, inside: null },
  ])
  expect(outcomes(await run(UNITS, { as: 'unit', name: '单位.geojson' }))).toEqual(
    Array.from({ length: 4 }, () => 'unchanged'),
  )
})

const LIST = `株洲市2023年重点项目计划表
,,,,,,,,,,,单位：万元
序号,项目编码,项目名称,县市区,园区,类别,总投资（亿元）,2023年计划投资,计划开工时间,实际竣工时间,坐标,备注,幸运数字
1,A1,精密零部件产业园,荷塘区,金山工业园,产业发展,3.5,"12,000",2023年3月,—,"113.13,27.83",一期,7
2,A2,轨道装备园,石峰,,产业,11,35000,5月底,2023.4,"113.25E 27.85N",,8
3,,无编码水库,株洲经开区,,生态环保,0.5,1200万,二季度,,,,9
`

describe('a list of projects', () => {
  test('is created with its plans and milestones', async () => {
    const report = await run(LIST, { at: '2023-01-05' })
    expect({ counts: report.counts, written: report.written, crs: report.crs }).toEqual({
      counts: { rows: 3, created: 3, changed: 0, unchanged: 0, refused: 0 },
      written: true,
      crs: 'auto:wgs84',
    })
    expect(fileCodes(report)).toEqual(['HEADER_UNKNOWN', 'BLANK_MARKS', 'CRS_ASSUMED'])
    const rows = await db.sql`
      select p.code, p.name, p.search_text, u.name as unit, k.name as park, p.category, p.total_wan,
             l.year, l.kind, l.annual_wan, st_x(p.location) as lon, p.position_quality, p.note
        from project p join unit u on u.id = p.unit_id left join park k on k.id = p.park_id
             join plan l on l.project_id = p.id
       where p.code in ('A1', 'A2') or p.name = '无编码水库' order by p.id`
    expect(rows.map((row) => Object.values(row))).toEqual([
      [
        'A1',
        '精密零部件产业园',
        'jmlbjcyy',
        '荷塘区',
        '金山工业园',
        'industry',
        35_000,
        2023,
        'construction',
        12_000,
        113.13,
        'site',
        '一期',
      ],
      [
        'A2',
        '轨道装备园',
        'gdzby',
        '石峰区',
        null,
        'industry',
        110_000,
        2023,
        'construction',
        35_000,
        113.25,
        'site',
        null,
      ],
      [
        expect.stringMatching(/^M-[0-9a-f]{12}$/),
        '无编码水库',
        'wbmsk',
        '株洲经开区',
        null,
        'ecology',
        5000,
        2023,
        'construction',
        1200,
        null,
        'none',
        null,
      ],
    ])
    const dates = await db.sql`
      select p.name, m.kind, m.original_date, m.original_precision, m.actual_date, m.actual_precision
        from milestone m join project p on p.id = m.project_id order by m.project_id, m.kind`
    expect(dates.map((row) => Object.values(row))).toEqual([
      ['精密零部件产业园', 'start', '2023-03-31', 'month', null, null],
      ['轨道装备园', 'finish', null, null, '2023-04-30', 'month'],
      ['轨道装备园', 'start', '2023-05-31', 'month', null, null],
      ['无编码水库', 'start', '2023-06-30', 'quarter', null, null],
    ])
  })

  test('the same file again changes nothing and leaves no history', async () => {
    const before = await historyRows()
    const report = await run(LIST)
    expect(outcomes(report)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(fileCodes(report)).toContain('SAME_FILE')
    expect(await historyRows()).toBe(before)
  })

  test('a later list changes field by field; blanks erase nothing, a planned date is revised', async () => {
    const report = await run(
      '项目编码,项目名称,总投资（万元）,备注,计划开工时间\nA1,精密零部件产业园（一期）,36000,,2023年6月\n',
      { as: 'project', at: '2023-02-01' },
    )
    expect(report.rows[0]).toMatchObject({
      outcome: 'changed',
      changes: [
        { label: '名称', before: '精密零部件产业园', after: '精密零部件产业园（一期）' },
        { field: 'totalWan', label: '总投资', before: 35_000, after: 36_000 },
        {
          field: 'milestone.start.revisedDate',
          label: '开工调整后日期',
          before: null,
          after: '2023-06-30',
        },
        { label: '开工调整后日期精度', before: null, after: '月' },
      ],
    })
    expect(codes(report)).toEqual([['RENAMED', 'PLAN_DATE_MOVED']])
    const [row] = await db.sql`
      select p.note, m.original_date, m.revised_date from project p
        join milestone m on m.project_id = p.id where p.code = 'A1'`
    expect({ ...row }).toEqual({
      note: '一期',
      originalDate: '2023-03-31',
      revisedDate: '2023-06-30',
    })
  })

  test('a dry run tells the same and writes nothing', async () => {
    const before = await historyRows()
    const text = '项目编码,项目名称,总投资（万元）\nA1,精密零部件产业园（一期）,40000\n'
    const report = await run(text, { as: 'project', dryRun: true })
    expect(report.rows[0]?.changes).toEqual([
      { field: 'totalWan', label: '总投资', before: 36_000, after: 40_000 },
    ])
    expect(report.written).toBe(false)
    expect(await historyRows()).toBe(before)
  })
})

describe('refusals', () => {
  const text = `项目编码,项目名称,填报单位,类别,总投资（万元）,2023年计划投资,经度,纬度
B1,好项目,荷塘区,产业,100,50万,,
B2,坏单位,某区,产业,100,,,
B3,坏金额,荷塘区,产业,约三亿,20,,
B4,无类别,荷塘区,,1,,,
B5,写反坐标,荷塘区,产业,1,,27.83,113.13
B1,重复编码,荷塘区,产业,1,,,
B7,好项目,荷塘区,产业,1,,,
`
  test('one refused row keeps the whole file out', async () => {
    const report = await run(text)
    expect(report.written).toBe(false)
    expect(codes(report)).toEqual([
      [],
      ['UNIT_UNKNOWN'],
      ['MONEY_VAGUE', 'MONEY_UNIT_UNKNOWN'],
      ['FIELD_MISSING'],
      ['POSITION_SWAPPED'],
      ['DUPLICATE_ROW'],
      ['DUPLICATE_ROW'],
    ])
    expect(report.rows[2]?.findings[0]).toEqual({
      row: 4,
      field: 'totalWan',
      value: '约三亿',
      code: 'MONEY_VAGUE',
      message:
        '第 4 行：列“总投资(万元)”的“约三亿”不是确数：请填写带单位的数，如 3亿元 或 30000万元',
      level: 'refuse',
    })
    expect(await db.sql`select from project where code = 'B1'`).toHaveLength(0)
  })

  test('--partial writes the rest', async () => {
    const report = await run(text, { partial: true })
    expect(report.counts).toEqual({ rows: 7, created: 1, changed: 0, unchanged: 0, refused: 6 })
    const rows = await db.sql<{ code: string }[]>`select code from project where code like 'B%'`
    expect(rows.map(({ code }) => code)).toEqual(['B1'])
  })

  test('a code that contradicts the name is refused, a name in two units needs its unit', async () => {
    const clash = await run('项目编码,项目名称,填报单位,类别\nZZ,轨道装备园,石峰区,产业\n', {
      as: 'project',
    })
    expect(codes(clash)).toEqual([['CODE_CONFLICT']])
    await run('项目名称,填报单位,类别\n垃圾站,荷塘区,民生\n垃圾站,石峰区,民生\n', { as: 'project' })
    const open = await run('项目名称,备注\n垃圾站,甲\n', { as: 'project' })
    expect(codes(open)).toEqual([['PROJECT_AMBIGUOUS']])
  })

  test('parents that are each other’s are refused; a parent may stand below its child', async () => {
    const head = '项目编码,项目名称,填报单位,类别,上级项目\n'
    const cycle = await run(`${head}C1,甲总,荷塘区,产业,C2\nC2,乙总,荷塘区,产业,C1\n`)
    expect(codes(cycle)).toEqual([['PARENT_CYCLE'], ['PARENT_CYCLE']])
    const nested = await run(`${head}D1,零碳园一期,荷塘区,产业,零碳园\nD2,零碳园,荷塘区,产业,\n`)
    expect(nested.counts.created).toBe(2)
    const rows = await db.sql`
      select c.code, p.code as parent from project c join project p on p.id = c.parent_id`
    expect(rows.map((row) => Object.values(row))).toEqual([['D1', 'D2']])
    expect(
      outcomes(await run(`${head}D1,零碳园一期,荷塘区,产业,零碳园\nD2,零碳园,荷塘区,产业,\n`)),
    ).toEqual(['unchanged', 'unchanged'])
  })
})

test('a row whose parent is refused is refused with it, and one project has one row', async () => {
  const report = await run(
    '项目编码,项目名称,填报单位,类别,上级项目\nF1,孤儿,荷塘区,产业,F2\nF2,坏总,某区,产业,\n',
    { partial: true },
  )
  expect(codes(report)).toEqual([['PARENT_REFUSED'], ['UNIT_UNKNOWN']])
  const twice = await run('项目编码,项目名称,填报单位,备注\nA2,,,一\n,轨道装备园,石峰区,二\n', {
    as: 'project',
  })
  expect(codes(twice)).toEqual([[], ['DUPLICATE_ROW']])
})

test('arithmetic that contradicts itself is flagged, and imported as it stands', async () => {
  const report =
    await run(`项目编码,项目名称,填报单位,类别,总投资（亿元）,2023年计划投资（亿元）,累计完成投资（亿元）,完成率,计划开工时间,计划竣工时间
E1,算术一,荷塘区,产业,800,366.1,196.62,65.17%,2023年3月,2023年12月
E2,算术二,荷塘区,产业,800,366.1,196.62,53.7%,2023年3月,2024年
E3,算术三,荷塘区,产业,1,2,,,2024年3月,2023年12月
合计,,,,1601,734.2,394,,,
`)
  expect(codes(report)).toEqual([
    ['RATE_MISMATCH'],
    [],
    ['ANNUAL_OVER_TOTAL', 'FINISH_BEFORE_START'],
  ])
  expect(report.rows[0]?.findings[0]?.message).toContain('占年度计划 53.71%')
  expect(report.findings.map(({ code, field }) => [code, field])).toEqual([
    ['COMPARED_ONLY', 'doneWan'],
    ['TOTALS_ROW', null],
    ['TOTAL_MISMATCH', 'doneWan'],
  ])
  expect(report.counts.created).toBe(3)
})

test('near-duplicates are offered, phases kept apart', async () => {
  const report = await run(
    '项目名称,填报单位,类别\n精密零部件产业园一期项目,荷塘区,产业\n精密零部件产业园（二期）,荷塘区,产业\n',
    { as: 'project', dryRun: true },
  )
  expect(report.rows.map(({ similar }) => similar.map(({ code }) => code))).toEqual([['A1'], []])
  expect(codes(report)).toEqual([['SIMILAR'], []])
})

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

test('rows of a program go the same way', async () => {
  const rows = [
    {
      code: 'R1',
      name: '程序行',
      unit: '430202',
      category: 'industry',
      totalWan: 1.5,
      actualStart: '2023-02',
      lon: 113.15,
      lat: 27.85,
      positionQuality: 'surveyed',
      provenance: 'synthetic',
    },
  ]
  const report = await importRows(db, 'project', rows, { author })
  expect({ crs: report.crs, outcomes: outcomes(report), findings: report.findings }).toEqual({
    crs: 'wgs84',
    outcomes: ['created'],
    findings: [],
  })
  await expect(importRows(db, 'project', [{ colour: 'red' }], { author })).rejects.toMatchObject({
    code: 'FIELD_UNKNOWN',
  })
})
