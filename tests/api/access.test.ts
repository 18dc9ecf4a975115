/*
 * Every route × every role × own and foreign rows. The routes come from the route table: a new one
 * fails until it is listed in api/access.ts and called here.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { access, type Permission, rolePermissions } from 'api/access'
import { createAccount } from 'api/account/write'
import { beginPairing, createDevice, newToken } from 'api/device/write'
import { own as ownRule } from 'api/light/rule/shipped'
import { PhotoStore } from 'api/photo/store'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { putLadder } from '../support/ladder.ts'
import {
  newPlan as addPlan,
  plannedMilestone as addPlanned,
  addPlanning,
  provenMilestone as addProven,
  newRevision as addRevision,
  smallTemplate,
} from '../support/milestone-city.ts'
import { type Login, logins } from '../support/people.ts'
import { pdf, uploaded } from '../support/photo.ts'

let site: TestApp
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-access-'))
  site = await openSmallCity({ ONEMAP_DATA: folder })
  await addPlanning(site.deps.db)
  await putLadder(site)
})
afterAll(async () => {
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

const newPlan = (project: number, state: 'draft' | 'submitted') =>
  addPlan(site.deps.db, project, state)
const newRevision = (project: number) => addRevision(site.deps.db, project)
const plannedMilestone = (project: number) => addPlanned(site.deps.db, project)
const provenMilestone = (project: number) => addProven(site.deps.db, project)

interface Call {
  path: string
  body?: unknown
  /** Of what is no JSON. */
  headers?: Record<string, string>
}
/** How a route is called for a project; routes that name none give everything that one may see. */
type Calls = Record<string, (project: number, login: Login | null) => Call | Promise<Call>>

const reason = '权限测试'
/** An upload that is complete, of somebody who may send one. */
const anUpload = async (login: Login | null) => {
  const mayNot = login === null || !rolePermissions[roles[login]].includes('photo:send')
  return mayNot ? randomUUID() : uploaded(site.as(login), pdf())
}
/** A photo that somebody has sent for a report of the project that is still to be filed. */
const aPhoto = async (project: number, login: Login | null) => {
  const sha256 = createHash('sha256').update(pdf()).digest('hex')
  await new PhotoStore(folder).put(sha256, 'full', pdf())
  const [photo] = await site.deps.db.transact(
    { actor: '测试', reason },
    (tx) => tx<{ id: number }[]>`
      insert into photo (key, kind, noun, report_key, project_id, name, type, sha256, kept_sha256,
                         size_bytes, sender, sender_id)
      values (gen_random_uuid(), 'file', 'report', gen_random_uuid(), ${project}, 'a.pdf',
              'application/pdf', ${sha256}, ${sha256}, 1, '测试',
              (select id from person where login = ${login ?? ''})) returning id`,
  )
  return photo?.id ?? 0
}
const calls: Calls = {
  'GET /city': () => ({ path: '/city' }),
  'GET /city/basemap': () => ({ path: '/city/basemap' }),
  'GET /unit': () => ({ path: '/unit' }),
  'GET /unit/boundary': () => ({ path: '/unit/boundary' }),
  'GET /park': () => ({ path: '/park' }),
  'GET /park/boundary': () => ({ path: '/park/boundary' }),
  'GET /project': () => ({ path: '/project?limit=1000' }),
  'GET /project/:id': (project) => ({ path: `/project/${project}` }),
  'GET /project/:id/history': (project) => ({ path: `/project/${project}/history` }),
  'POST /project': async (project) => {
    const [row] = await site.deps.db.sql`select unit_id from project where id = ${project}`
    const body = { code: randomUUID(), name: '权限测试项目', category: 'industry', reason }
    return { path: '/project', body: { ...body, unitId: row?.['unitId'] } }
  },
  'PATCH /project/:id': (project) => ({
    path: `/project/${project}`,
    body: { note: randomUUID(), reason },
  }),
  'GET /plan': () => ({ path: '/plan' }),
  'GET /milestone': (project) => ({ path: `/milestone?project=${project}` }),
  'PUT /milestone': (project) => ({
    path: '/milestone',
    body: { projectId: project, kind: 'production', forecastDate: '2024-03-31', reason },
  }),
  'GET /milestone/template': () => ({ path: '/milestone/template' }),
  'POST /milestone/template': () => ({ path: '/milestone/template', body: smallTemplate }),
  'GET /milestone/plan': (project) => ({ path: `/milestone/plan?project=${project}` }),
  'POST /milestone/plan': async (project) => {
    await newPlan(project, 'draft')
    const body = { key: randomUUID(), projectId: project, template: 'small', startOn: '2023-06-01' }
    return { path: '/milestone/plan', body }
  },
  'PUT /milestone/plan/:id': async (project) => ({
    path: `/milestone/plan/${await newPlan(project, 'draft')}`,
    body: { seen: 1, steps: [{ code: 'eia', limitDays: 30 }] },
  }),
  'POST /milestone/plan/:id/submission': async (project) => ({
    path: `/milestone/plan/${await newPlan(project, 'draft')}/submission`,
    body: { seen: 1 },
  }),
  'POST /milestone/plan/:id/decision': async (project) => ({
    path: `/milestone/plan/${await newPlan(project, 'submitted')}/decision`,
    body: { seen: 1, decision: 'refused', note: '再核对' },
  }),
  'GET /milestone/revision': (project) => ({ path: `/milestone/revision?project=${project}` }),
  'POST /milestone/:id/revision': async (project) => {
    const id = await plannedMilestone(project)
    const toDate = '2024-06-30'
    const body = { key: randomUUID(), toDate, causeCode: 'land', text: '征拆', seen: '2023-12-31' }
    return { path: `/milestone/${id}/revision`, body }
  },
  'POST /milestone/revision/:id/decision': async (project) => ({
    path: `/milestone/revision/${await newRevision(project)}/decision`,
    body: { decision: 'refused', note: '再核对' },
  }),
  'POST /milestone/:id/verification': async (project) => ({
    path: `/milestone/${await provenMilestone(project)}/verification`,
    body: { actualDate: '2023-04-01' },
  }),
  'POST /milestone/:id/correction': async (project) => ({
    path: `/milestone/${await plannedMilestone(project)}/correction`,
    body: { originalDate: '2023-12-31', seen: '2023-12-31', reason },
  }),
  'GET /milestone/ledger': (project) => ({ path: `/milestone/ledger?project=${project}` }),
  'GET /milestone/slip': () => ({ path: '/milestone/slip' }),
  'GET /milestone/slip/row': () => ({ path: '/milestone/slip/row?against=original' }),
  'GET /forecast': (project) => ({ path: `/forecast?project=${project}` }),
  'GET /forecast/year': () => ({ path: '/forecast/year?detail=true' }),
  'GET /holder': (project) => ({ path: `/holder?project=${project}` }),
  'GET /holder/total': () => ({ path: '/holder/total' }),
  'GET /hotspot': () => ({ path: '/hotspot' }),
  'GET /hotspot/history': () => ({ path: '/hotspot/history?periods=2' }),
  'GET /hotspot/measure': () => ({ path: '/hotspot/measure' }),
  'GET /investment': (project) => ({ path: `/investment?project=${project}` }),
  'GET /investment/curve': () => ({ path: '/investment/curve' }),
  'GET /investment/curve/row': () => ({ path: '/investment/curve/row?month=2023-04-01' }),
  'GET /report': () => ({ path: '/report?limit=1000' }),
  'POST /report': (project) => ({
    path: '/report',
    body: { key: randomUUID(), projectId: project, month: '2023-05-01', percent: 50 },
  }),
  'POST /report/:id/review': async (project) => {
    const [row] = await site.deps.db.sql`
      select id, key from report where project_id = ${project} order by month limit 1`
    const body = { key: row?.['key'] ?? randomUUID(), decision: 'verified' }
    return { path: `/report/${row?.['id'] ?? 999}/review`, body }
  },
  'GET /report/table': () => ({ path: '/report/table?month=2023-04-01' }),
  'GET /report/table/row': () => ({ path: '/report/table/row?month=2023-04-01&group=total' }),
  'GET /report/table.xlsx': () => ({ path: '/report/table.xlsx?month=2023-04-01' }),
  'GET /report/queue': () => ({ path: '/report/queue?month=2023-04-01' }),
  'GET /report/draft': (project) => ({ path: `/report/draft?project=${project}` }),
  'PUT /report/draft': (project) => ({
    path: '/report/draft',
    body: { projectId: project, month: '2023-02-01', fields: { key: randomUUID() } },
  }),
  'GET /photo': (project) => ({ path: `/photo?project=${project}` }),
  'POST /photo': async (project, login) => {
    const body = { key: randomUUID(), name: 'a.pdf', noun: 'project', rowId: project }
    return { path: '/photo', body: { ...body, upload: await anUpload(login) } }
  },
  'DELETE /photo/:id': async (project, login) => ({
    path: `/photo/${await aPhoto(project, login)}`,
    body: {},
  }),
  'GET /photo/:id/content': async (project, login) => ({
    path: `/photo/${await aPhoto(project, login)}/content`,
  }),
  'POST /photo/upload': () => ({ path: '/photo/upload', headers: { 'upload-length': '3' } }),
  'GET /photo/upload/:id': async (...[, login]) => ({
    path: `/photo/upload/${await anUpload(login)}`,
  }),
  'PATCH /photo/upload/:id': async (...[, login]) => ({
    path: `/photo/upload/${await anUpload(login)}`,
    headers: {
      'upload-offset': String(pdf().length),
      'content-type': 'application/offset+octet-stream',
    },
  }),
  'GET /issue': () => ({ path: '/issue?limit=200' }),
  'GET /issue/cause': () => ({ path: '/issue/cause' }),
  'PUT /issue/cause': () => ({ path: '/issue/cause', body: { code: 'land', name: '征地拆迁' } }),
  'GET /issue/rate': () => ({ path: '/issue/rate' }),
  'GET /issue/similar': () => ({ path: '/issue/similar?title=权限测试' }),
  'GET /issue/:id': async (project) => ({ path: `/issue/${await endedIssue(project)}` }),
  'POST /issue': (project) => ({
    path: '/issue',
    body: { key: randomUUID(), projectId: project, title: '权限测试', channel: 'meeting' },
  }),
  'PATCH /issue/:id': async (project) => ({
    path: `/issue/${await endedIssue(project)}`,
    body: { title: '权限测试' },
  }),
  'POST /issue/:id/step': async (project) => ({
    path: `/issue/${await endedIssue(project)}/step`,
    body: { key: randomUUID(), action: 'note', note: '权限测试', version: 0 },
  }),
  'GET /dispatch': () => ({ path: '/dispatch?limit=500' }),
  'GET /dispatch/:id': async (project) => ({ path: `/dispatch/${(await recalled(project)).id}` }),
  'POST /dispatch/proposal': (project) => ({
    path: '/dispatch/proposal',
    body: { projectIds: [project] },
  }),
  'POST /dispatch': async (project) => ({ path: '/dispatch', body: await order(project) }),
  'POST /dispatch/:id/recall': async (project) => ({
    path: `/dispatch/${(await recalled(project)).id}/recall`,
    body: { key: randomUUID(), reason },
  }),
  'POST /dispatch/task/:id/step': async (project) => ({
    path: `/dispatch/task/${(await recalled(project)).taskRows[0]?.id}/step`,
    body: { key: randomUUID(), action: 'acknowledge', seen: 'sent' },
  }),
  'GET /light/book': () => ({ path: '/light/book' }),
  'POST /light/preview': () => ({ path: '/light/preview', body: { rule: ownRule } }),
  'POST /light/adoption': () => ({
    path: '/light/adoption',
    body: { rule: ownRule, fromOn: '2023-06-01', reason },
  }),
  'GET /light/evidence': () => ({ path: '/light/evidence' }),
  'GET /body': () => ({ path: '/body' }),
  'GET /body/:id/item': () => ({ path: '/body/1/item' }),
  'PUT /body': () => ({
    path: '/body',
    body: {
      seen: 0,
      reason,
      bodies: [
        {
          code: 'a',
          name: '权限测试机构',
          level: 1,
          parentCode: null,
          mayClose: true,
          mayExtend: true,
          mayEscalate: true,
          escalateAfterWd: 5,
        },
      ],
    },
  }),
  'GET /inbox': () => ({ path: '/inbox' }),
  'GET /agenda': () => ({ path: '/agenda' }),
  'GET /agenda/row': (project) => ({ path: `/agenda/row?project=${project}` }),
  'POST /agenda/reminder': (project) => ({
    path: '/agenda/reminder',
    body: { noun: 'report', id: project },
  }),
  'GET /light/rule': () => ({ path: '/light/rule' }),
  'GET /map': () => ({ path: '/map' }),
  'GET /comparison': () => ({ path: '/comparison?from=2023-03-31' }),
  'POST /comparison/look': () => ({ path: '/comparison/look', body: {} }),
  'GET /map/replay': () => ({ path: '/map/replay?from=2023-05-01&to=2023-05-30' }),
  'GET /change': () => ({ path: '/change?limit=10000' }),
  'GET /audit': () => ({ path: '/audit' }),
  'GET /audit/file': () => ({ path: '/audit/file?kind=denied' }),
  'GET /audit/state': () => ({ path: '/audit/state' }),
  'POST /audit/print': () => ({ path: '/audit/print', body: { page: '/desk' } }),
  'POST /audit/verify': () => ({ path: '/audit/verify', body: {} }),
  'GET /notice': () => ({ path: '/notice' }),
  'POST /notice/read': () => ({ path: '/notice/read', body: { upTo: 1 } }),
  'GET /notice/preference': () => ({ path: '/notice/preference' }),
  'PUT /notice/preference': () => ({ path: '/notice/preference', body: { rows: [] } }),
  'GET /notice/webhook': () => ({ path: '/notice/webhook' }),
  'PUT /notice/webhook': () => ({
    path: '/notice/webhook',
    body: { name: '调度群', url: 'https://robot.invalid/send' },
  }),
  'POST /notice/webhook/:id/test': () => ({ path: '/notice/webhook/1/test', body: {} }),
  'GET /schedule': () => ({ path: '/schedule' }),
  // One delivery for whoever may send it again.
  'POST /schedule/delivery/:id/again': async () => {
    const [row] = await site.deps.db.transact({ actor: '权限测试', reason }, async (tx) => {
      await tx`
        insert into notice (key, person_id, kind, title, text, link, noun, row_id, at)
        values (${randomUUID()}, 1, 'account', '标题', '', '/desk', 'person', 1, app_now())`
      return tx<{ id: number }[]>`
        insert into delivery (notice_id, channel, token, state, created_at, next_at)
        select max(id), 'email', 'token', 'dead', app_now(), app_now() from notice returning id`
    })
    return { path: `/schedule/delivery/${row?.id}/again`, body: {} }
  },
  'POST /import': () => ({ path: '/import?fileName=a.csv&dryRun=true', body: 'x' }),
  'GET /session': () => ({ path: '/session' }),
  'GET /account': () => ({ path: '/account' }),
  'POST /account': () => ({ path: '/account', body: { login: nextLogin(), name: '新账号' } }),
  'PATCH /account/:id': async () => ({
    path: `/account/${await newPerson()}`,
    body: { title: '科员', reason },
  }),
  'POST /account/:id/invitation': async () => ({
    path: `/account/${await newPerson()}/invitation`,
    body: {},
  }),
  'PUT /account/:id/grant': async () => ({
    path: `/account/${await newPerson()}/grant`,
    body: { grants: [{ role: 'leader', scope: 'city', validFrom: '2023-01-01' }], reason },
  }),
  'PUT /account/:id/deputy': async () => ({
    path: `/account/${await newPerson()}/deputy`,
    body: { deputies: [], reason },
  }),
  'POST /account/:id/handover': async () => ({
    path: `/account/${await newPerson()}/handover`,
    body: { toPersonId: await newPerson(), reason },
  }),
  'GET /department': () => ({ path: '/department' }),
  'GET /device': () => ({ path: '/device' }),
  'POST /device': () => ({ path: '/device', body: { name: '大屏' } }),
  'DELETE /device/:id': async () => ({ path: `/device/${await newWall()}`, body: {} }),
  'POST /device/pairing': () => ({ path: '/device/pairing', body: {} }),
  'PUT /device/pairing/:code': async () => {
    const { code } = await beginPairing(site.deps.db.sql)
    return { path: `/device/pairing/${code}`, body: { name: '大屏' } }
  },
}
let people = 0
const nextLogin = () => {
  people += 1
  return `someone-${people}`
}
const author = { actor: '测试', reason }
const newPerson = () =>
  site.deps.db.transact(author, (tx) => createAccount(tx, { login: nextLogin(), name: '某人' }))
const newWall = () =>
  site.deps.db.transact(author, (tx) => createDevice(tx, '大屏', newToken(), '2023-05-31'))
/** An issue of a project that nobody can do anything about any more: who may, is of its rules. */
async function endedIssue(project: number): Promise<number> {
  const author = { actor: '测试', reason }
  const [row] = await site.deps.db.transact(
    author,
    (tx) => tx<{ id: number }[]>`
      insert into issue (key, project_id, title, channel, raiser_name, state, holder, held_since, received_at)
      values (${randomUUID()}, ${project}, '权限测试', 'meeting', '某人', 'not_accepted', 'none', app_now(), app_now())
      returning id`,
  )
  return row?.id ?? 0
}
/** To the unit of a project. */
async function order(project: number) {
  const [row] = await site.deps.db.sql`select unit_id from project where id = ${project}`
  const task = { owner: { kind: 'unit', id: row?.['unitId'] }, projectIds: [project] }
  const words = { title: '权限测试', demand: reason, origin: 'selection', dueOn: '2023-06-30' }
  return { key: randomUUID(), ...words, tasks: [task] }
}
/** An order that was sent and recalled: whoever sees it is told so, whatever the role. */
async function recalled(project: number) {
  const sent = await site.send('POST', '/api/dispatch', await order(project))
  const { id } = await sent.json()
  const body = { key: randomUUID(), reason }
  return (await site.send('POST', `/api/dispatch/${id}/recall`, body)).json()
}
/** Streams that do not end; api/event.test.ts reads them. */
const endless = ['GET /event']
/**
 * Of one's own session, or with a secret instead of one: what they let in and what they refuse is in
 * session*.test.ts, account.test.ts and device.test.ts.
 */
const door = [
  'POST /session',
  'POST /session/code',
  'DELETE /session',
  'POST /session/password',
  'POST /session/totp',
  'PUT /session/totp',
  'DELETE /session/totp',
  'POST /session/invitation',
  'POST /session/invitation/look',
  'GET /session/oidc/:provider',
  'GET /session/oidc/callback/:provider',
  'PUT /session/view-as',
  'POST /device/session',
  'GET /device/pairing/:secret',
  'POST /device/heartbeat',
]
const apart = new Set([...endless, ...door])

const routes = () =>
  inspectRoutes(site.app)
    .filter((route) => !route.isMiddleware)
    .map((route) => `${route.method} ${route.path}`)

test('every route says what it takes, and nothing else is listed', () => {
  const known = [...new Set(routes())].sort()
  expect(Object.keys(access).sort()).toEqual(known)
  expect([...Object.keys(calls), ...apart].sort()).toEqual(known)
})

async function call(login: Login | null, route: string, project: number) {
  const made: Call = (await calls[route]?.(project, login)) ?? { path: '' }
  const { path, body, headers } = made
  const method = route.split(' ')[0] as 'POST'
  const asking = site.as(login)
  if (path.startsWith('/photo/upload')) {
    return asking.request(`/api${path}`, {
      method,
      headers: { ...headers, 'tus-resumable': '1.0.0' },
    })
  }
  return body === undefined ? asking.get(`/api${path}`) : asking.send(method, `/api${path}`, body)
}

/** The roles of tests/support/people.ts, by login. */
const roles: Record<Login, keyof typeof rolePermissions> = {
  leader: 'leader',
  dispatcher: 'dispatcher',
  unit: 'unit_manager',
  park: 'park_manager',
  department: 'department',
  helper: 'helper',
  inspector: 'inspector',
  auditor: 'auditor',
  security: 'security',
  administrator: 'administrator',
  wall: 'device',
}
/** A project that is theirs, one that is not, and the names that they may never read. */
const own: Partial<Record<Login, { mine: number; foreign: number; hidden: string[] }>> = {
  unit: { mine: 3, foreign: 1, hidden: ['按期产业园', '落后标准厂房', '"htgy"', 'P8'] },
  park: { mine: 1, foreign: 3, hidden: ['落后标准厂房', '严重滞后大桥', '无声医院', 'P7'] },
  department: { mine: 5, foreign: 3, hidden: ['按期产业园', '严重滞后大桥', '"htgy"', 'P6'] },
  helper: { mine: 2, foreign: 3, hidden: ['按期产业园', '严重滞后大桥', '"htgy"', 'P7'] },
  inspector: { mine: 2, foreign: 1, hidden: ['按期产业园', '严重滞后大桥', '"htgy"', 'P7'] },
}

describe.each(Object.entries(access).filter(([route]) => !apart.has(route)))(
  '%s takes %s',
  (route, needed) => {
    test('nobody gets in without signing in', async () => {
      const answer = await call(null, route, 1)
      if (needed === 'public') expect(answer.status).toBeLessThan(400)
      else expect(answer.status).toBe(401)
    })
    test.each(logins)('%s', async (login) => {
      const isAllowed =
        needed === 'public' ||
        needed === 'signed-in' ||
        rolePermissions[roles[login]].includes(needed as Permission)
      const { mine = 2, foreign, hidden = [] } = own[login] ?? {}
      const answer = await call(login, route, mine)
      if (!isAllowed) {
        expect(answer.status).toBe(403)
        expect(await answer.json()).toMatchObject({ error: { code: 'FORBIDDEN' } })
        return
      }
      expect([400, 401, 403, 404]).not.toContain(answer.status)
      expect(answer.status).toBeLessThan(500)
      const text = await answer.text()
      for (const name of hidden) expect(text).not.toContain(name)
      if (foreign === undefined || (calls[route]?.length ?? 0) === 0) return
      const refused = await call(login, route, foreign)
      const told = await refused.text()
      for (const name of hidden) expect(told).not.toContain(name)
      if (refused.status === 200) expect(JSON.parse(told)).toEqual({ rows: [] })
      else expect([403, 404]).toContain(refused.status)
    })
  },
)

test.each(door.filter((route) => access[route] !== 'public'))(
  '%s asks who it is',
  async (route) => {
    const [method, path] = route.split(' ')
    const answer = await site.as(null).send(method as 'POST', `/api${path}`, {})
    expect(answer.status).toBe(401)
  },
)

describe('what people see of the map', () => {
  const names = async (login: Login) => {
    const map = await (await site.as(login).get('/api/map')).json()
    // What the matrix above has made is beside the point.
    return (map.columns.code as string[]).filter((code) => /^P\d$/.test(code))
  }
  test('is the projects of their scope', async () => {
    expect(await names('unit')).toEqual(['P3', 'P4', 'P5', 'P6'])
    expect(await names('park')).toEqual(['P1', 'P8'])
    expect(await names('department')).toEqual(['P5'])
    expect(await names('helper')).toEqual(['P2'])
    expect(await names('leader')).toHaveLength(8)
  })
  test('a version of one scope is none of another', async () => {
    const { version } = await (await site.as('unit').get('/api/map')).json()
    const tag = `W/"${version}"`
    const answer = await site.as('park').get(`/api/map?since=${version}`, { 'if-none-match': tag })
    expect(answer.status).toBe(200)
    expect((await answer.json()).partial).toBe(false)
  })
  test('tiles hold nothing else', async () => {
    const tile = (login: Login | null) => site.as(login).get('/tile/project/0/0/0.mvt')
    const bytes = async (login: Login) =>
      Buffer.from(await (await tile(login)).arrayBuffer()).toString('latin1')
    expect((await tile(null)).status).toBe(401)
    expect((await tile('administrator')).status).toBe(403)
    // Project 1 is the only one with a position.
    expect((await tile('park')).status).toBe(200)
    expect((await bytes('park')).length).toBeGreaterThan(0)
    expect((await tile('unit')).status).toBe(204)
    const park = async (login: Login) =>
      (await site.as(login).get('/tile/park/10/833/429.mvt')).status
    expect([await park('park'), await park('unit')]).toEqual([200, 204])
  })
})

test('who looks as somebody else does nothing in that name, not even what everybody may', async () => {
  const [person] = await site.deps.db.sql`select id from person where login = 'leader'`
  const security = site.as('security')
  const look = (personId: unknown) => security.send('PUT', '/api/session/view-as', { personId })
  expect((await look(person?.['id'])).status).toBe(200)
  expect((await security.get('/api/notice')).status).toBe(200)
  for (const [method, path, body] of [
    ['POST', '/api/notice/read', { upTo: 1 }],
    ['PUT', '/api/notice/preference', { rows: [] }],
    ['POST', '/api/issue', {}],
  ] as const) {
    const answer = await security.send(method, path, body)
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, 'FORBIDDEN'])
  }
  expect((await look(null)).status).toBe(200)
})

describe('what leaves a scope', () => {
  test('a manager cannot move a project to a place that is not theirs', async () => {
    const body = { unitId: 2, reason }
    const answer = await site.as('unit').send('PATCH', '/api/project/6', body)
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, 'OUT_OF_SCOPE'])
  })
  test('a project that is moved away is told as gone, to those who answered for it too', async () => {
    const before = await (await site.as('unit').get('/api/map')).json()
    const moved = await site.send('PATCH', '/api/project/4', { unitId: 2, reason })
    expect(moved.status).toBe(200)
    await expect
      .poll(async () => {
        const list = await (await site.as('unit').get(`/api/change?since=${before.seq}`)).json()
        return list.rows.map((row: { projectId: number }) => row.projectId)
      })
      .toContain(4)
    const path = `/api/map?since=${before.version}`
    const after = await (await site.as('unit').get(path)).json()
    expect([after.partial, after.gone]).toEqual([true, [4]])
  })
})

test('a box on the map is searched by the index, for a scope too', async () => {
  const { db } = site.deps
  const scope = { all: false, units: [], parks: [1], projects: [], departments: [] }
  const found = await db.read({ personId: null, scope }, async (tx) => {
    await tx`select set_config('enable_seqscan', 'off', true)`
    return tx<{ id: number }[]>`
      select project_in_area(st_makeenvelope(113, 27, 114, 28, 4326)) as id order by id`
  })
  expect(found.map(({ id }) => id)).toEqual([1])
  const plan = await db.sql.begin(async (tx) => {
    await tx`select set_config('enable_seqscan', 'off', true)`
    return tx`explain select id from project
      where location && st_makeenvelope(113, 27, 114, 28, 4326)
        and (app_sees_all() or park_id = any(app_scope('parks')))`
  })
  expect(JSON.stringify(plan)).toContain('project_location')
})
