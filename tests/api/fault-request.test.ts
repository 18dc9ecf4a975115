import type { Database } from 'api/db/database'
import { readEnv, withoutPassword } from 'api/env'
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

const bridge = { code: 'F1', name: '桥', unitId: 1, category: 'infrastructure', reason: '测试' }

async function refusal(response: Response): Promise<[number, string, string, string | undefined]> {
  const { error } = await response.json()
  return [response.status, error.code, error.message, error.details?.[0]?.field]
}

describe('what a request cannot mean is refused with its field, and nothing is written', () => {
  const create = async (fields: object) =>
    refusal(await site.send('POST', '/api/project', { ...bridge, ...fields }))

  test('a null character, which PostgreSQL cannot store', async () => {
    expect(await create({ note: '桥\u0000' })).toEqual([
      400,
      'TEXT_INVALID',
      '文字里有不能保存的字符（空字符 U+0000），请删去',
      undefined,
    ])
    const [status, code] = await refusal(await site.get('/api/project?text=%00'))
    expect([status, code]).toEqual([400, 'TEXT_INVALID'])
  })
  test.each([1e11, 1e17, 1e300, -1])('an amount of %d 万元', async (totalWan) => {
    const [status, code, , field] = await create({ totalWan })
    expect([status, code, field]).toEqual([400, 'INVALID', 'totalWan'])
  })
  test('latitude before longitude, in Chinese', async () => {
    expect(await create({ location: { type: 'Point', coordinates: [27.8, 113.1] } })).toEqual([
      422,
      'POSITION_INVALID',
      '坐标 [27.8, 113.1] 像是纬度在前：应经度在前，如 [113.1, 27.8]',
      'location',
    ])
  })
  test('a place off the globe, in Chinese', async () => {
    expect(await create({ location: { type: 'Point', coordinates: [999, 27] } })).toEqual([
      422,
      'POSITION_INVALID',
      '坐标 [999, 27] 不在地球上：应为 [经度, 纬度]，经度 -180 到 180，纬度 -90 到 90',
      'location',
    ])
  })
  test.each(['', 'text/plain', 'application/x-www-form-urlencoded'])(
    'a body of type "%s" is not read as no fields',
    async (type) => {
      const body = JSON.stringify(bridge)
      const init = { method: 'POST', body, headers: { 'content-type': type } }
      const [status, code] = await refusal(await site.request('/api/project', init))
      expect([status, code]).toEqual([415, 'BODY_NOT_JSON'])
    },
  )
  test('a moment that is none says how to write one', async () => {
    expect(await refusal(await site.get('/api/project?asOf=2023-02-31'))).toEqual([
      400,
      'INVALID',
      '请求有误，asOf：应为日期（2023-03-31）或带时区的时刻（2023-03-31T09:00:00+08:00）',
      'asOf',
    ])
  })
  test('a body nested a hundred thousand deep', async () => {
    const body = '['.repeat(100_000) + ']'.repeat(100_000)
    const headers = { 'content-type': 'application/json' }
    const response = await site.request('/api/project', { method: 'POST', body, headers })
    expect(response.status).toBe(400)
  })
  test('afterwards no project was made', async () => {
    const [row] = await db.sql<{ count: number }[]>`select count(*)::int from project`
    expect(row?.count).toBe(8)
    expect((await site.get('/health/ready')).status).toBe(200)
  })
})

describe('the address of a database', () => {
  const refused = (url: string) => {
    try {
      readEnv({ DATABASE_URL: url })
      return null
    } catch (error) {
      return (error as Error).message
    }
  }
  test('a password with unencoded signs is explained, not shown', () => {
    const message = refused('postgres://me:p/ss@w#rd@db:port/onemap')
    expect(message).toContain('ENV_INVALID: DATABASE_URL is "postgres://me:***@db:port/onemap"')
    expect(message).toContain('percent-encoded')
  })
  test('a % that encodes nothing is explained', () => {
    expect(refused('postgres://me:p%zz@db/onemap')).toMatch(
      /^ENV_INVALID: DATABASE_URL is "postgres:\/\/me:\*\*\*@db\/onemap": .*%25/,
    )
  })
  test('another kind of database does not repeat the password', () => {
    expect(refused('mysql://me:secret@db/x')).not.toContain('secret')
  })
  test.each([
    'postgres://me:a%40b@db:5433/onemap',
    'postgresql://db',
    'postgres://a:5432,b:5433/onemap',
    'postgres:///onemap?host=/run/postgresql',
  ])('%s is taken', (url) => expect(refused(url)).toBeNull())
  test('the shown form keeps user, host and name', () => {
    expect(withoutPassword('postgres://me:a:b@c@db:5432/x')).toBe('postgres://me:***@db:5432/x')
    expect(withoutPassword('postgres://db/x')).toBe('postgres://db/x')
  })
})
