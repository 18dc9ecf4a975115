import type { Database } from 'api/db/database'
import type { ImportReport } from 'api/import/contract'
import { importRows } from 'api/import/import-rows'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { LIST, loadImportCity, UNITS } from '../support/import-city.ts'
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
const outcomes = (report: ImportReport) => report.rows.map(({ outcome }) => outcome)
const codes = rowCodes
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

  test('a later list changes field by field; blanks erase nothing, a planned date stays', async () => {
    const report = await run(
      '项目编码,项目名称,总投资（万元）,备注,计划开工时间\nA1,精密零部件产业园（一期）,36000,,2023年6月\n',
      { as: 'project', at: '2023-02-01' },
    )
    expect(report.rows[0]).toMatchObject({
      outcome: 'changed',
      changes: [
        { label: '名称', before: '精密零部件产业园', after: '精密零部件产业园（一期）' },
        { field: 'totalWan', label: '总投资', before: 35_000, after: 36_000 },
      ],
    })
    expect(codes(report)).toEqual([['RENAMED', 'ORIGINAL_KEPT']])
    expect(report.rows[0]?.findings[1]?.message).toMatch(
      /第 2 行.*2023-03-31（只到月）.*2023-06-30（只到月）.*提出调整/,
    )
    const [row] = await db.sql`
      select p.note, m.original_date, m.revised_date from project p
        join milestone m on m.project_id = p.id where p.code = 'A1'`
    expect({ ...row }).toEqual({
      note: '一期',
      originalDate: '2023-03-31',
      revisedDate: null,
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
  const report = await importRows(db, 'project', rows, {
    author: { actor: '测试员', reason: '导入测试' },
  })
  expect({ crs: report.crs, outcomes: outcomes(report), findings: report.findings }).toEqual({
    crs: 'wgs84',
    outcomes: ['created'],
    findings: [],
  })
  await expect(
    importRows(db, 'project', [{ colour: 'red' }], {
      author: { actor: '测试员', reason: '导入测试' },
    }),
  ).rejects.toMatchObject({
    code: 'FIELD_UNKNOWN',
  })
})
