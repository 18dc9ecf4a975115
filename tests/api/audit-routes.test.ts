import { chainAudit } from 'api/audit/append'
import type { AuditEntry, AuditState } from 'api/audit/contract'
import { AuditList } from 'api/audit/contract'
import { cellOf } from 'api/audit/file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  await chain()
})
afterAll(() => site.close())

async function chain(): Promise<void> {
  await site.deps.db.sql`select publish_change()`
  await chainAudit(site.deps.db)
}

/** The newest entries that the auditor sees, once all is chained. */
async function entries(query = ''): Promise<AuditEntry[]> {
  await chain()
  const answer = await site.as('auditor').get(`/api/audit?${query}`)
  expect(answer.status).toBe(200)
  return AuditList.parse(await answer.json()).rows
}

const reason = '留痕接口测试'
const patch = (login: Login, project: number, body: object) =>
  site.as(login).send('PATCH', `/api/project/${project}`, { ...body, reason })

test('a change is told with who, why and field by field', async () => {
  expect((await patch('dispatcher', 1, { totalWan: 31_000, note: '增资' })).status).toBe(200)
  const [entry] = await entries(`text=${encodeURIComponent(reason)}`)
  expect(entry).toMatchObject({
    kind: 'change',
    actor: '王调度',
    personId: 2,
    noun: 'project',
    rowId: 1,
    op: 'update',
    project: '按期产业园',
    reason,
    changes: expect.arrayContaining([
      { field: 'totalWan', before: 30_000, after: 31_000 },
      { field: 'note', before: null, after: '增资' },
    ]),
  })
})

test('a deletion tells what there was, a right tells that it is administration', async () => {
  await site.deps.db.transact({ actor: '管理员', reason: '撤销' }, async (tx) => {
    await tx`delete from role_grant where person_id = 1`
  })
  const [entry] = await entries('noun=role_grant')
  expect(entry).toMatchObject({ kind: 'administration', op: 'delete', noun: 'role_grant' })
  expect(entry?.changes).toContainEqual({ field: 'role', before: 'leader', after: null })
})

describe('refused requests', () => {
  test('are recorded with person, route and what was answered; repeats are counted', async () => {
    for (let time = 0; time < 20; time += 1) await patch('leader', 1, { note: 'x' })
    await patch('unit', 1, { note: 'x' })
    await site.as(null).send('PATCH', '/api/project/1', {})
    const denied = await entries('kind=denied')
    expect(
      denied.map(({ actor, detail }) => [actor, detail?.['route'], detail?.['status']]),
    ).toEqual([
      ['未登录', 'PATCH /project/:id', 401],
      ['李县长', 'PATCH /project/:id', 404],
      ['周市长', 'PATCH /project/:id', 403],
    ])
    expect(denied[2]?.detail?.['code']).toBe('FORBIDDEN')
  })

  test('of a flood from everywhere write little', async () => {
    const before = (await entries('kind=denied&limit=200')).length
    for (let time = 0; time < 300; time += 1) {
      await site.as(null).send('PATCH', `/api/project/${time}`, {})
    }
    expect((await entries('kind=denied&limit=200')).length - before).toBeLessThan(3)
  })

  test('reading what is not there is none', async () => {
    const before = (await entries('kind=denied')).length
    expect((await site.get('/api/project/999')).status).toBe(404)
    expect((await site.send('PUT', '/api/nothing', {})).status).toBe(404)
    expect(await entries('kind=denied')).toHaveLength(before)
  })
})

describe('files', () => {
  test('a workbook that is taken away is recorded with its name', async () => {
    expect((await site.get('/api/report/table.xlsx?month=2023-04-01')).status).toBe(200)
    const [entry] = await entries('kind=export')
    expect(entry).toMatchObject({ actor: '王调度', personId: 2 })
    expect(entry?.detail).toMatchObject({
      route: 'GET /report/table.xlsx',
      query: 'month=2023-04-01',
      file: expect.stringContaining('投资完成情况.xlsx'),
    })
  })

  test('the record itself is one: no cell is a formula, and it tells of itself', async () => {
    await patch('dispatcher', 2, { note: '=HYPERLINK("http://x")' })
    await site.send('PATCH', '/api/project/2', { note: '新', reason: '=1+1' })
    await chain()
    const answer = await site.as('auditor').get('/api/audit/file?noun=project&row=2')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = bytes.toString()
    expect(text).toContain(",'=1+1,")
    expect(text.split('\r\n').length).toBeGreaterThan(2)
    const [entry] = await entries('kind=export')
    expect(entry).toMatchObject({ actor: '孙审计', detail: { query: 'noun=project&row=2' } })
  })

  test('a printed page is recorded by its address, which has to be one of ours', async () => {
    const print = (page: string) => site.send('POST', '/api/audit/print', { page })
    expect((await print('/desk?unit=2')).status).toBe(201)
    expect((await print('https://elsewhere.example')).status).toBe(400)
    const [entry] = await entries('kind=print')
    expect(entry).toMatchObject({ actor: '王调度', detail: { page: '/desk?unit=2' } })
  })

  test('cells', () => {
    expect(['=a', '+1', '-1', '@x', '\tx', '\rx', 'a,b', 'a"b', '普通'].map(cellOf)).toEqual([
      "'=a",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      `"'\rx"`,
      '"a,b"',
      '"a""b"',
      '普通',
    ])
    expect([cellOf(-5), cellOf(null)]).toEqual(['-5', ''])
  })
})

test('an import is recorded with its figures, a trial too', async () => {
  const run = (dryRun: boolean) =>
    site.request(`/api/import?fileName=a.csv&as=unit&dryRun=${dryRun}`, {
      method: 'POST',
      body: '单位编码,单位名称\n430299,新区',
      headers: { 'content-type': 'application/octet-stream' },
    })
  await (await run(true)).text()
  await (await run(false)).text()
  const told = await entries('kind=import')
  expect(told.map(({ actor, reason: why, detail }) => [actor, why, detail?.['written']])).toEqual([
    ['王调度', '导入 a.csv', true],
    ['王调度', '试导 a.csv', false],
  ])
})

describe('the list', () => {
  test('pages without gap or repeat', async () => {
    await chain()
    const all: number[] = []
    let before = ''
    for (;;) {
      const answer = await site.as('auditor').get(`/api/audit?limit=50${before}`)
      const { rows, next } = AuditList.parse(await answer.json())
      all.push(...rows.map(({ n }) => n))
      if (next === null) break
      before = `&before=${next}`
    }
    expect(all).toEqual(Array.from({ length: all.length }, (_, at) => all.length - at))
  })

  const filters: [query: string, holds: (entry: AuditEntry) => boolean][] = [
    ['person=2', ({ personId }) => personId === 2],
    ['noun=report', ({ noun }) => noun === 'report'],
    ['noun=project&row=3', ({ noun, rowId }) => noun === 'project' && rowId === 3],
    ['project=3', ({ projectId }) => projectId === 3],
    ['kind=change', ({ kind }) => kind === 'change'],
    ['from=2023-03-01&to=2023-03-31', ({ at }) => at.startsWith('2023-03')],
    [`text=${encodeURIComponent('装载小城')}`, ({ reason: why }) => why === '装载小城'],
  ]
  test.each(filters)('by %s', async (query, holds) => {
    const rows = await entries(`${query}&limit=200`)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((row) => !holds(row))).toEqual([])
  })

  test('a sign of a pattern is text', async () => {
    expect(await entries('text=%25%25')).toEqual([])
  })
})

describe('the database keeps it apart', () => {
  const scope = { all: true, units: [], parks: [], projects: [], departments: [] }
  test('a request that has not asked for the record sees none of it', async () => {
    const { db } = site.deps
    const rows = await db.read({ personId: 2, scope }, (tx) => tx`select from audit`)
    expect(rows).toHaveLength(0)
  })
  test.each(['audit', 'audit_event'])('a request cannot write to %s', async (table) => {
    const write = site.deps.db.transact(
      { actor: 'x', reason: 'x', by: { personId: 2, scope } },
      (tx) => tx`delete from ${tx(table)}`,
    )
    await expect(write).rejects.toThrow('permission denied')
  })
})

test('a check runs in the background and stands in the record', async () => {
  const state = async (): Promise<AuditState> =>
    (await site.as('auditor').get('/api/audit/state')).json()
  await chain()
  const before = await state()
  expect((await site.as('auditor').send('POST', '/api/audit/verify', {})).status).toBe(200)
  await expect.poll(async () => (await state()).running, { timeout: 30_000 }).toBeNull()
  await chain()
  const after = await state()
  expect(after.checked).toMatchObject({ n: before.head?.n, hash: before.head?.hash, damage: null })
  expect(after).toMatchObject({ algorithm: 'sha256', keepDays: 365, waiting: 0 })
  const [entry] = await entries('kind=verify')
  expect(entry).toMatchObject({ actor: '孙审计', reason: '核对留痕：完好' })
})
