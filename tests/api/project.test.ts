import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import { ProjectDetail, ProjectHistory, ProjectList } from 'api/project/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const list = async (query: string) =>
  ProjectList.parse(await (await site.get(`/api/project?${query}`)).json())
const codes = async (query: string) => (await list(query)).rows.map((row) => row.code)
const detail = async (id: number, query = '') =>
  ProjectDetail.parse(await (await site.get(`/api/project/${id}?${query}`)).json())
const failure = async (response: Response) => {
  const { error } = ApiError.parse(await response.json())
  return [response.status, error.code, error.details?.[0]?.field]
}

test('lights and stages of the small city', async () => {
  const { rows } = await list('')
  expect(rows.map((row) => [row.code, row.stage, row.light.state, row.counted])).toEqual([
    ['P1', 'building', 'green', true],
    ['P2', 'building', 'amber', true],
    ['P3', 'building', 'red', true],
    ['P4', 'building', 'stale', true],
    ['P5', 'preliminary', 'stale', true],
    ['P6', 'finished', 'finished', true],
    ['P7', 'suspended', 'none', true],
    ['P8', 'ready', 'green', false],
  ])
})

describe('filters', () => {
  test.each([
    ['unit=1', ['P3', 'P4', 'P5', 'P6']],
    ['park=1', ['P1', 'P8']],
    ['category=ecology', ['P5']],
    ['stage=finished', ['P6']],
    ['light=red', ['P3']],
    ['light=green&park=1&limit=1&offset=1', ['P8']],
    ['provenance=synthetic', ['P2']],
    ['minWan=10000&maxWan=20000', ['P2', 'P3', 'P8']],
    ['text=落后', ['P2']],
    ['text=p3', ['P3']],
    ['text=宏工', ['P1']],
    ['text=AQCYY', ['P1', 'P8']],
    ['text=宏工 产业', ['P1']],
    ['text=宏工 大桥', []],
    ['text=ＡＱcyy', ['P1', 'P8']],
    ['text=%25', []],
    ['text=_', []],
    ['listed=true&unit=2', ['P1', 'P2', 'P7', 'P8']],
    ['listed=false', []],
    ['limit=2&offset=3', ['P4', 'P5']],
  ])('%s', async (query, expected) => {
    expect(await codes(query)).toEqual(expected)
  })

  test('the total counts what the page leaves out', async () => {
    expect((await list('unit=1&limit=1')).total).toBe(4)
    expect((await list('light=green&limit=1')).total).toBe(2)
  })
})

test('a fact dated later is not shown before its day', async () => {
  const project = await detail(1)
  const finish = project.milestones.find((milestone) => milestone.kind === 'finish')
  expect(finish).toMatchObject({ originalDate: '2023-12-31', actualDate: null })
  expect(project.stage).toBe('building')
})

test('parent and children name each other', async () => {
  expect((await detail(1)).children).toEqual([{ id: 8, name: '按期产业园一期' }])
  expect((await detail(8)).parent).toEqual({ id: 1, name: '按期产业园' })
})

describe('a change', () => {
  test('is kept field by field with author and reason, and the past stays as it was', async () => {
    const response = await site.send('PATCH', '/api/project/2', {
      name: '落后标准厂房(二期)',
      totalWan: 25_000,
      reason: '概算调整',
    })
    expect(response.status).toBe(200)
    const history = ProjectHistory.parse(await (await site.get('/api/project/2/history')).json())
    expect(history.rows[0]).toMatchObject({
      noun: 'project',
      actor: '王调度',
      reason: '概算调整',
      to: null,
      changes: [
        { field: 'name', before: '落后标准厂房', after: '落后标准厂房(二期)' },
        { field: 'totalWan', before: 20_000, after: 25_000 },
      ],
    })
    expect((await detail(2, 'asOf=2023-05-30')).totalWan).toBe(20_000)
    expect((await detail(2)).totalWan).toBe(25_000)
    expect(await codes('text=lhbzcfeq')).toEqual(['P2'])
  })

  test('to what already is so writes nothing', async () => {
    const before = await db.sql`select count(*) as n from project_history`
    await site.send('PATCH', '/api/project/2', { totalWan: 25_000, reason: '重复' })
    expect([...(await db.sql`select count(*) as n from project_history`)]).toEqual([...before])
  })

  test('a position comes with its quality and goes with it', async () => {
    const at = { type: 'Point', coordinates: [113.15, 27.82] }
    await site.send('PATCH', '/api/project/3', { location: at, reason: '定位' })
    expect(await detail(3)).toMatchObject({ location: at, positionQuality: 'site' })
    await site.send('PATCH', '/api/project/3', { positionQuality: 'surveyed', reason: '实测' })
    expect(await detail(3)).toMatchObject({ location: at, positionQuality: 'surveyed' })
    await site.send('PATCH', '/api/project/3', { location: null, reason: '撤回' })
    expect(await detail(3)).toMatchObject({ location: null, positionQuality: 'none' })
  })

  test.each([
    ['unit', { unitId: 99 }, [422, 'UNIT_MISSING', 'unitId']],
    ['park', { parkId: 99 }, [422, 'PARK_MISSING', 'parkId']],
    ['parent', { parentId: 99 }, [422, 'PARENT_MISSING', 'parentId']],
    ['own parent', { parentId: 1 }, [422, 'PARENT_CYCLE', 'parentId']],
    ['own grandparent', { parentId: 8 }, [422, 'PARENT_CYCLE', 'parentId']],
    ['code of another', { code: 'P2' }, [409, 'PROJECT_CODE_TAKEN', 'code']],
    [
      'latitude first',
      { location: { type: 'Point', coordinates: [27.8, 113.1] } },
      [422, 'POSITION_INVALID', 'location'],
    ],
    [
      'a position without quality',
      { positionQuality: 'none' },
      [422, 'POSITION_QUALITY_MISMATCH', 'positionQuality'],
    ],
  ])('refused: %s', async (_, patch, expected) => {
    const before = await detail(1)
    const response = await site.send('PATCH', '/api/project/1', { ...patch, reason: '错误' })
    expect(await failure(response)).toEqual(expected)
    expect(await detail(1)).toEqual(before)
  })
})

describe('two people change one project', () => {
  const patch = (body: object) => site.send('PATCH', '/api/project/3', { reason: '核对', ...body })

  test('different fields merge, whatever each saw of the other', async () => {
    const seen = { industry: null, note: null }
    expect((await patch({ industry: '交通', seen })).status).toBe(200)
    expect((await patch({ note: '雨季停工', seen })).status).toBe(200)
    expect(await detail(3)).toMatchObject({ industry: '交通', note: '雨季停工' })
  })

  test('the same field is refused with what is stored, until it was seen', async () => {
    expect((await patch({ totalWan: 11_000, seen: { totalWan: 10_000 } })).status).toBe(200)
    const late = { totalWan: 12_000, note: '两处改', seen: { totalWan: 10_000, note: '雨季停工' } }
    const refusal = await patch(late)
    const { error } = ApiError.parse(await refusal.json())
    expect([refusal.status, error.code]).toEqual([409, 'PROJECT_CHANGED'])
    expect(error.details).toEqual([
      { field: 'totalWan', value: 11_000, code: 'CHANGED', message: '别人刚改为“11000”' },
    ])
    expect(await detail(3)).toMatchObject({ totalWan: 11_000, note: '雨季停工' })
    // Both want the same: nothing is lost.
    expect((await patch({ totalWan: 11_000, seen: { totalWan: 10_000 } })).status).toBe(200)
    expect((await patch({ ...late, seen: { totalWan: 11_000 } })).status).toBe(200)
    expect((await detail(3)).totalWan).toBe(12_000)
  })
})

test('a new project is there at once, and its code only once', async () => {
  const input = {
    code: 'N1',
    name: '新材料产业园',
    unitId: 2,
    category: 'industry',
    location: { type: 'Point', coordinates: [113.2, 27.85] },
    reason: '新增',
  }
  const made = await site.send('POST', '/api/project', input)
  expect(made.status).toBe(201)
  expect(ProjectDetail.parse(await made.json())).toMatchObject({
    code: 'N1',
    stage: 'reserve',
    light: { state: 'none' },
    positionQuality: 'site',
    provenance: 'reported',
  })
  expect(await codes('text=xclcyy')).toEqual(['N1'])
  expect(await failure(await site.send('POST', '/api/project', input))).toEqual([
    409,
    'PROJECT_CODE_TAKEN',
    'code',
  ])
})

test('a past day has the borders that were known then', async () => {
  const borders = async (path: string) => {
    const { features } = await (await site.get(path)).json()
    return features.map((feature: { properties: { name: string } }) => feature.properties.name)
  }
  await db.transact({ actor: '测试', reason: '补边界' }, async (tx) => {
    await tx`update unit set boundary = (select boundary from unit where id = 1) where id = 2`
    await tx`update park set boundary = null`
  })
  expect(await borders('/api/unit/boundary')).toEqual(['攸县', '荷塘区'])
  expect(await borders('/api/unit/boundary?asOf=2023-05-30')).toEqual(['攸县'])
  expect(await borders('/api/park/boundary')).toEqual([])
  expect(await borders('/api/park/boundary?asOf=2023-05-30')).toEqual(['荷塘产业开发区'])
})
