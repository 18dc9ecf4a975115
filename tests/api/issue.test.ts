import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { ApiError } from 'api/http/contract'
import {
  type IssueAction,
  IssueDetail,
  IssueList,
  IssueRate,
  SimilarList,
} from 'api/issue/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  for (const [code, name] of [
    ['land', '征地拆迁'],
    ['power', '水电气路配套'],
  ]) {
    await site.send('PUT', '/api/issue/cause', { code, name })
  }
})
afterAll(() => site.close())
beforeEach(async () => {
  await db.sql.begin(async (tx) => {
    // The triggers that keep the record refuse even this.
    await tx`set local session_replication_role = replica`
    await tx`truncate issue, issue_history, issue_step restart identity cascade`
  })
})

const input = (given: object = {}) => ({
  key: randomUUID(),
  projectId: 2,
  title: '高压线杆 3 基未迁改',
  channel: 'inspection',
  cause: 'land',
  ...given,
})
const raise = async (given: object = {}, login: Login = 'helper') => {
  const answer = await site.as(login).send('POST', '/api/issue', input(given))
  expect(answer.status, await answer.clone().text()).toBe(201)
  return IssueDetail.parse(await answer.json())
}
const find = async (id: number, login: Login = 'dispatcher') =>
  IssueDetail.parse(await (await site.as(login).get(`/api/issue/${id}`)).json())
const list = async (query: string, login: Login = 'dispatcher') =>
  IssueList.parse(await (await site.as(login).get(`/api/issue?${query}`)).json())
const post = async (login: Login, id: number, action: IssueAction, given: object = {}) => {
  const { version } = await find(id)
  const body = { key: randomUUID(), action, version, ...given }
  return site.as(login).send('POST', `/api/issue/${id}/step`, body)
}
const code = async (response: Response) => [
  response.status,
  ApiError.parse(await response.json()).error.code,
]

type Done = [login: Login, action: IssueAction, given?: object]
const toDepartment: Done[] = [
  ['dispatcher', 'screen'],
  ['dispatcher', 'assign', { departmentId: 1 }],
]
const finished: Done[] = [
  ...toDepartment,
  ['department', 'accept'],
  ['department', 'begin'],
  ['department', 'finish', { note: '杆线已迁改', evidence: '株自资函〔2023〕12 号' }],
]
async function steps(id: number, all: Done[]): Promise<IssueDetail> {
  for (const [login, action, given] of all) {
    const answer = await post(login, id, action, given)
    expect([action, answer.status, await answer.clone().text()].slice(0, 2)).toEqual([action, 200])
  }
  return find(id)
}

describe('an issue', () => {
  test('goes from the one who raised it through the offices and back, each in their own name', async () => {
    const { id } = await raise()
    const end = await steps(id, [
      ...finished,
      ['dispatcher', 'verify'],
      ['helper', 'confirm', { rating: 5, note: '已通电' }],
      ['dispatcher', 'archive'],
    ])
    expect(end).toMatchObject({ state: 'archived', holder: 'none', rating: 5, dueAt: null })
    expect(end.steps.map(({ action, byName, holderName }) => [action, byName, holderName])).toEqual(
      [
        ['raise', '何专员', null],
        ['screen', '王调度', null],
        ['assign', '王调度', '自然资源局'],
        ['accept', '刘科长', '自然资源局'],
        ['begin', '刘科长', '自然资源局'],
        ['finish', '刘科长', null],
        ['verify', '王调度', null],
        ['confirm', '何专员', null],
        ['archive', '王调度', null],
      ],
    )
    expect(end.steps[5]).toMatchObject({ note: '杆线已迁改', evidence: '株自资函〔2023〕12 号' })
  })

  test('tells each one what can be done now', async () => {
    const { id, actions } = await raise()
    expect(actions).toEqual(['note'])
    expect((await find(id)).actions).toEqual(['screen', 'refuse', 'merge', 'note'])
    await steps(id, toDepartment)
    expect((await find(id, 'department')).actions).toEqual(['accept', 'return', 'note'])
    expect((await find(id, 'inspector')).actions).toEqual([])
  })

  test('is one, however often it is sent; with other words it is refused', async () => {
    const body = input({ location: { type: 'Point', coordinates: [113.18, 27.84] } })
    const send = (given: object = {}) => site.send('POST', '/api/issue', { ...body, ...given })
    const answers = await Promise.all(Array.from({ length: 5 }, () => send()))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    expect((await list('')).total).toBe(1)
    expect(await code(await send({ title: '另一件事' }))).toEqual([409, 'ISSUE_CHANGED'])
    expect(await code(await send({ location: null }))).toEqual([409, 'ISSUE_CHANGED'])
  })

  test.each([
    ['of nothing', { projectId: undefined }, [422, 'ISSUE_OF_NOTHING']],
    ['with a place beside its project', { unitId: 1 }, [422, 'ISSUE_PLACE']],
    ['of nobody’s project', { projectId: 999 }, [404, 'PROJECT_NOT_FOUND']],
    ['of an unknown cause', { cause: '天气' }, [422, 'CAUSE_UNKNOWN']],
    [
      'at no place on earth',
      { location: { type: 'Point', coordinates: [27, 113] } },
      [422, 'POSITION_INVALID'],
    ],
    ['without a title', { title: ' ' }, [400, 'INVALID']],
  ])('%s is refused', async (_, given, expected) => {
    expect(await code(await site.send('POST', '/api/issue', input(given)))).toEqual(expected)
  })

  test('takes one of two steps at a time; the other is told the state', async () => {
    const { id } = await raise()
    const assign = () => post('dispatcher', id, 'assign', { departmentId: 1 })
    await steps(id, [['dispatcher', 'screen']])
    const { version } = await find(id)
    const body = { action: 'assign', version, departmentId: 1 }
    const both = await Promise.all(
      [1, 2].map(() => site.send('POST', `/api/issue/${id}/step`, { ...body, key: randomUUID() })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const { error } = ApiError.parse(await both.find(({ status }) => status === 409)?.json())
    expect(error.code).toBe('ISSUE_STATE')
    expect(error.details?.[0]).toMatchObject({ field: 'state', value: 'assigned' })
    expect(await code(await assign())).toEqual([409, 'ISSUE_STATE'])
  })

  test('takes a step once, however often it is sent', async () => {
    const { id, version } = await raise()
    const body = { key: randomUUID(), action: 'screen', version }
    const send = (given: object = {}) =>
      site.send('POST', `/api/issue/${id}/step`, { ...body, ...given })
    const answers = await Promise.all(Array.from({ length: 5 }, () => send()))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await find(id)).steps).toHaveLength(2)
    expect(await code(await send({ action: 'note', note: '补充' }))).toEqual([
      409,
      'ISSUE_KEY_REUSED',
    ])
  })

  test('is stepped only by those whose step it is', async () => {
    const { id } = await raise()
    await steps(id, finished)
    expect(await code(await post('department', id, 'verify'))).toEqual([403, 'ISSUE_FORBIDDEN'])
    expect(await code(await post('wall', id, 'verify'))).toEqual([403, 'FORBIDDEN'])
    await steps(id, [['dispatcher', 'verify']])
    expect(await code(await post('dispatcher', id, 'confirm'))).toEqual([403, 'ISSUE_FORBIDDEN'])
  })

  test('of somebody outside is confirmed by who took it in; the telephone is not for lookers-on', async () => {
    const outside = { raiserName: '株洲某公司 张经理', raiserPhone: '13800000000' }
    const { id } = await raise(outside, 'dispatcher')
    expect((await find(id, 'inspector')).raiserPhone).toBeNull()
    const end = await steps(id, [...finished, ['dispatcher', 'verify'], ['dispatcher', 'confirm']])
    expect(end).toMatchObject({ raiserName: '株洲某公司 张经理', raiserPhone: '13800000000' })
    expect(end).toMatchObject({ state: 'confirmed', isExternal: true })
  })

  test('changed by two at a time: other words are both kept, the same are not overwritten', async () => {
    const { id } = await raise()
    const edit = (given: object) => site.send('PATCH', `/api/issue/${id}`, given)
    const seen = { title: '高压线杆 3 基未迁改', severity: 'normal' }
    expect((await edit({ title: '高压线杆 4 基未迁改', seen })).status).toBe(200)
    expect((await edit({ severity: 'urgent', seen })).status).toBe(200)
    expect(await code(await edit({ title: '线杆', seen }))).toEqual([409, 'ISSUE_CHANGED'])
    expect(await find(id)).toMatchObject({ title: '高压线杆 4 基未迁改', severity: 'urgent' })
    const others = await site.as('inspector').send('PATCH', `/api/issue/${id}`, { title: '我的' })
    expect(await code(others)).toEqual([403, 'ISSUE_FORBIDDEN'])
  })
})

describe('who sees an issue', () => {
  test('the office that holds it, with its project; nobody beyond the scope', async () => {
    const { id } = await raise()
    const sees = async (login: Login) => (await site.as(login).get(`/api/issue/${id}`)).status
    const seen = async () => [await sees('department'), await sees('unit'), await sees('inspector')]
    expect(await seen()).toEqual([404, 404, 200])
    expect((await site.as('department').get('/api/project/2')).status).toBe(404)
    await steps(id, toDepartment)
    expect(await seen()).toEqual([200, 404, 200])
    expect((await site.as('department').get('/api/project/2')).status).toBe(200)
    expect((await list('', 'unit')).total).toBe(0)
  })

  test('a sensitive one only who raised or holds it', async () => {
    const { id } = await raise({ sensitive: true })
    const sees = async (login: Login) => (await site.as(login).get(`/api/issue/${id}`)).status
    expect([await sees('helper'), await sees('inspector')]).toEqual([200, 404])
    const rows = await db.read(
      { personId: 7, scope: { all: false, units: [], parks: [], projects: [2], departments: [] } },
      (tx) => tx`select id from issue_step union all select id from issue_history`,
    )
    expect(rows).toHaveLength(0)
  })
})

describe('the list', () => {
  test('finds by every filter, soonest due first, page by page', async () => {
    const ids: number[] = []
    for (const given of [
      { projectId: 3, title: '征地未完成' },
      { projectId: undefined, parkId: 1, title: '园区缺电', cause: 'power' },
      { projectId: undefined, enterprise: '宏工科技', title: '贷款' },
      { projectId: 2, title: '杆线' },
    ]) {
      ids.push((await raise(given, 'dispatcher')).id)
    }
    await steps(ids[3] as number, toDepartment)
    const found = async (query: string, login: Login = 'dispatcher') =>
      (await list(query, login)).rows.map(({ id }) => ids.indexOf(id))
    // Four office hours come before one working day.
    expect(await found('')).toEqual([3, 0, 1, 2])
    expect(await found('unit=1')).toEqual([0])
    expect(await found('unit=2')).toEqual([3, 1])
    expect(await found('park=1')).toEqual([1])
    expect(await found('project=2')).toEqual([3])
    expect(await found('department=1')).toEqual([3])
    expect(await found('cause=power')).toEqual([1])
    expect(await found('state=collected')).toEqual([0, 1, 2])
    expect(await found('text=大桥')).toEqual([0])
    expect(await found('text=宏工')).toEqual([2])
    expect(await found('month=2023-05-01&open=true')).toEqual([3, 0, 1, 2])
    expect(await found('month=2023-04-01')).toEqual([])
    expect(await found('overdue=true')).toEqual([])
    expect(await found('mine=true')).toEqual([0, 1, 2])
    expect(await found('mine=true', 'department')).toEqual([3])
    const pages: number[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = await list(`limit=1${next === '' ? '' : `&cursor=${next}`}`)
      expect(page.total).toBe(4)
      pages.push(...page.rows.map(({ id }) => ids.indexOf(id)))
      next = page.next
    }
    expect(pages).toEqual([3, 0, 1, 2])
    expect(await code(await site.get('/api/issue?cursor=x'))).toEqual([400, 'CURSOR_INVALID'])
  })

  test('offers what may be the same, and keeps both pasts when one goes into the other', async () => {
    const first = await raise({ projectId: 3 }, 'dispatcher')
    const second = await raise({ projectId: 3, title: '红线内 20 亩未交地' }, 'dispatcher')
    const alike = async (query: string) => {
      const answer = await site.get(`/api/issue/similar?${query}`)
      return SimilarList.parse(await answer.json()).rows.map(({ id }) => id)
    }
    expect(await alike('project=3&cause=land')).toEqual([second.id, first.id])
    expect(await alike('project=3&title=高压线杆尚未迁改')).toEqual([first.id])
    expect(await alike('project=2&cause=land')).toEqual([])
    const own = await post('dispatcher', second.id, 'merge', { intoId: second.id })
    expect(await code(own)).toEqual([422, 'ISSUE_MERGE'])
    await steps(second.id, [['dispatcher', 'merge', { intoId: first.id }]])
    expect((await find(second.id)).mergedInto).toEqual({ id: first.id, name: first.title })
    expect((await find(first.id)).merged).toEqual([{ id: second.id, name: second.title }])
    expect((await find(second.id)).steps).toHaveLength(2)
    expect(await alike('project=3&cause=land')).toEqual([first.id])
  })

  test('counts done, verified and confirmed apart, over the month of receipt', async () => {
    const [one, two, three] = [await raise(), await raise(), await raise()]
    await raise({ title: '不归我们管' })
    await steps(one.id, finished)
    await steps(two.id, [
      ...finished,
      ['dispatcher', 'verify'],
      ['helper', 'reopen', { note: '没修好' }],
    ])
    await steps(three.id, [...finished, ['dispatcher', 'verify'], ['helper', 'confirm']])
    const rate = IssueRate.parse(await (await site.get('/api/issue/rate')).json())
    expect(rate.month).toEqual([
      {
        month: '2023-05-01',
        received: 4,
        done: 2,
        verified: 1,
        confirmed: 1,
        open: 4,
        reopened: 1,
        extended: 0,
      },
    ])
    expect(rate.open.at(-1)).toEqual({ days: 0, issues: 4 })
  })
})
