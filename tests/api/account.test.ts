import { Account, AccountList, HandoverResult, Invitation } from 'api/account/contract'
import { chainAudit } from 'api/audit/append'
import type { Database } from 'api/db/database'
import { InvitationOf, SessionState } from 'api/session/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { givePassword, password } from '../support/accounts.ts'
import type { TestApp } from '../support/app.ts'
import { openBrowser, refusal } from '../support/browser.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let site: TestApp
let db: Database
beforeAll(async () => {
  site = await openSmallCity({ ONEMAP_TRUST_PROXY: 'true' })
  db = site.deps.db
})
afterAll(() => site.close())
afterEach(() => {
  vi.useRealTimers()
})

const administrator = () => site.as('administrator')
const security = () => site.as('security')
async function idOf(login: Login): Promise<number> {
  const [row] = await db.sql<{ id: number }[]>`select id from person where login = ${login}`
  return row?.id ?? 0
}
const accountOf = async (answer: Promise<Response>) => Account.parse(await (await answer).json())
const accounts = async () =>
  AccountList.parse(await (await administrator().get('/api/account')).json()).rows

describe('an account', () => {
  test('is made without rights, invited, takes its password, and signs in', async () => {
    const made = await accountOf(
      administrator().send('POST', '/api/account', { login: 'newcomer', name: '新来的' }),
    )
    expect(made).toMatchObject({ grants: [], hasPassword: false, invitedUntil: null })
    const answer = await administrator().send('POST', `/api/account/${made.id}/invitation`, {})
    const { link, purpose } = Invitation.parse(await answer.json())
    expect(purpose).toBe('invitation')
    const token = link.split('#')[1] ?? ''
    expect(link).toBe(`http://localhost/join#${token}`)
    expect((await accounts()).find(({ id }) => id === made.id)?.invitedUntil).not.toBeNull()
    expect(JSON.stringify(await db.sql`select * from auth_verification`)).not.toContain(token)

    const browser = openBrowser(site, '10.0.3.1')
    const look = await browser.send('POST', '/api/session/invitation/look', { token })
    expect(InvitationOf.parse(await look.json())).toMatchObject({
      login: 'newcomer',
      name: '新来的',
      purpose: 'invitation',
    })
    const use = (word: string) =>
      browser.send('POST', '/api/session/invitation', { token, password: word })
    expect(await refusal(use('newcomer-2023!'))).toEqual([422, 'PASSWORD_WEAK'])
    expect((await use(password)).status).toBe(200)
    expect(await refusal(use(password))).toEqual([410, 'INVITATION_INVALID'])
    await browser.send('POST', '/api/session', { login: 'newcomer', password })
    const state = SessionState.parse(await (await browser.request('/api/session')).json())
    expect(state.me).toMatchObject({ login: 'newcomer', permissions: [] })
    expect((await accounts()).find(({ id }) => id === made.id)).toMatchObject({
      hasPassword: true,
      invitedUntil: null,
      sessions: 1,
    })
  })

  test('with a forgotten password gets another; the open sessions end, and two at once take it once', async () => {
    const id = await givePassword(site.deps, 'helper')
    const browser = openBrowser(site, '10.0.3.2')
    await browser.send('POST', '/api/session', { login: 'helper', password })
    const answer = await administrator().send('POST', `/api/account/${id}/invitation`, {})
    const { link, purpose } = Invitation.parse(await answer.json())
    expect(purpose).toBe('reset')
    const token = link.split('#')[1] ?? ''
    const use = () =>
      browser.send('POST', '/api/session/invitation', {
        token,
        password: 'Another-Horse-1-Battery',
      })
    const statuses = (await Promise.all([use(), use()])).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 410])
    const state = SessionState.parse(await (await browser.request('/api/session')).json())
    expect(state.me).toBeNull()
  })

  test('its invitation ends after three days, and with the next one', async () => {
    const id = await idOf('leader')
    const invite = async () =>
      Invitation.parse(
        await (await administrator().send('POST', `/api/account/${id}/invitation`, {})).json(),
      ).link.split('#')[1] ?? ''
    const look = (token: string) =>
      openBrowser(site).send('POST', '/api/session/invitation/look', { token })
    const first = await invite()
    const second = await invite()
    expect(await refusal(look(first))).toEqual([410, 'INVITATION_INVALID'])
    expect((await look(second)).status).toBe(200)
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(now + 3.1 * 86_400_000)
    expect(await refusal(look(second))).toEqual([410, 'INVITATION_INVALID'])
  })

  test('shows that it is locked, and is unlocked', async () => {
    const id = await givePassword(site.deps, 'park')
    const browser = openBrowser(site, '10.0.3.3')
    const signIn = (word: string) =>
      browser.send('POST', '/api/session', { login: 'park', password: word })
    for (let n = 0; n < 5; n++) await signIn('nonsense')
    expect((await accounts()).find((one) => one.id === id)?.lockedUntil).not.toBeNull()
    const change = { unlock: true, reason: '本人来电' }
    const after = await accountOf(administrator().send('PATCH', `/api/account/${id}`, change))
    expect(after.lockedUntil).toBeNull()
    expect((await signIn(password)).status).toBe(200)
  })

  const refused: [what: string, status: number, code: string, ask: () => Promise<Response>][] = [
    [
      'a login that is taken, in other letters',
      409,
      'LOGIN_TAKEN',
      () => administrator().send('POST', '/api/account', { login: 'Leader', name: '另一人' }),
    ],
    [
      'a login with a blank in it',
      400,
      'INVALID',
      () => administrator().send('POST', '/api/account', { login: 'a b', name: '另一人' }),
    ],
    [
      'nobody',
      404,
      'ACCOUNT_NOT_FOUND',
      () => administrator().send('PATCH', '/api/account/9999', { name: '无', reason: '测试' }),
    ],
    [
      'to disable oneself',
      409,
      'OWN_ACCOUNT',
      async () =>
        administrator().send('PATCH', `/api/account/${await idOf('administrator')}`, {
          disabled: true,
          reason: '测试',
        }),
    ],
    [
      'to grant by an administrator',
      403,
      'FORBIDDEN',
      () => administrator().send('PUT', '/api/account/3/grant', { grants: [], reason: '测试' }),
    ],
    [
      'to make accounts by who grants',
      403,
      'FORBIDDEN',
      () => security().send('POST', '/api/account', { login: 'x1', name: '某人' }),
    ],
    [
      'to grant to oneself',
      403,
      'OWN_GRANT',
      async () =>
        security().send('PUT', `/api/account/${await idOf('security')}/grant`, {
          grants: [],
          reason: '测试',
        }),
    ],
  ]
  test.each(refused)('%s: %i %s', async (_, status, code, ask) => {
    expect(await refusal(ask())).toEqual([status, code])
  })
})

describe('rights', () => {
  const grant = (id: number, grants: object[], reason = '任命') =>
    security().send('PUT', `/api/account/${id}/grant`, { grants, reason })

  test('are the list that is sent; those that stay keep their row and its past', async () => {
    const id = await idOf('inspector')
    const [before] = await db.sql`select id from role_grant where person_id = ${id}`
    const own = { role: 'inspector', scope: 'own', validFrom: '2022-01-01' }
    const unit = { role: 'unit_manager', scope: 'unit', unitId: 2, validFrom: '2023-06-01' }
    const account = await accountOf(grant(id, [own, unit]))
    expect(account.grants.map(({ role, unitId }) => [role, unitId])).toEqual([
      ['inspector', null],
      ['unit_manager', 2],
    ])
    await accountOf(grant(id, [own]))
    const rows = await db.sql`select id from role_grant where person_id = ${id}`
    expect([...rows]).toEqual([before])
    const [past] = await db.sql`
      select actor, actor_id, reason from role_grant_history
       where person_id = ${id} and role = 'unit_manager'`
    expect(past).toEqual({ actor: '钱安全', actorId: await idOf('security'), reason: '任命' })
  })

  const refused: [what: string, code: string, status: number, grants: object[]][] = [
    [
      'two of the three administrators',
      'GRANTS_APART',
      422,
      [
        { role: 'auditor', scope: 'city', validFrom: '2023-01-01' },
        { role: 'administrator', scope: 'own', validFrom: '2023-01-01' },
      ],
    ],
    [
      'a unit without one',
      'INVALID',
      400,
      [{ role: 'unit_manager', scope: 'unit', validFrom: '2023-01-01' }],
    ],
    [
      'the city for a park',
      'INVALID',
      400,
      [{ role: 'park_manager', scope: 'city', validFrom: '2023-01-01' }],
    ],
    [
      'an end before the beginning',
      'INVALID',
      400,
      [{ role: 'leader', scope: 'city', validFrom: '2023-02-01', validTo: '2023-01-01' }],
    ],
    ['a wall', 'INVALID', 400, [{ role: 'device', scope: 'city', validFrom: '2023-01-01' }]],
    [
      'a unit that is none',
      'REFERENCE_MISSING',
      422,
      [{ role: 'unit_manager', scope: 'unit', unitId: 99, validFrom: '2023-01-01' }],
    ],
  ]
  test.each(refused)('%s is refused: %s', async (_, code, status, grants) => {
    expect(await refusal(grant(await idOf('inspector'), grants))).toEqual([status, code])
  })

  test('a deputy holds them between two days, in addition to the own', async () => {
    const leader = await idOf('leader')
    const deputies = [
      { personId: await idOf('inspector'), validFrom: '2023-05-01', validTo: '2023-05-31' },
    ]
    const put = (list: object[]) =>
      security().send('PUT', `/api/account/${leader}/deputy`, { deputies: list, reason: '出差' })
    expect((await accountOf(put(deputies))).deputies).toMatchObject([{ name: '赵巡查' }])
    const seen = await (await site.as('inspector').get('/api/project')).json()
    expect(seen.rows).toHaveLength(8)
    await put([])
    const after = await (await site.as('inspector').get('/api/project')).json()
    expect(after.rows).toHaveLength(1)
    expect(await refusal(put([{ ...deputies[0], personId: leader }]))).toEqual([422, 'DEPUTY_SELF'])
  })
})

test('a change of staff moves rights and projects in one step, from today on', async () => {
  const [from, to] = [await idOf('unit'), await idOf('helper')]
  await db.transact({ actor: '测试', reason: '准备' }, async (tx) => {
    await tx`insert into project_person (project_id, person_id, duty)
             values (1, ${from}, 'owner'), (2, ${from}, 'helper'), (3, ${from}, 'contact')`
    await tx`insert into deputy (person_id, for_person_id, valid_from, valid_to)
             values (${to}, ${from}, '2023-05-01', '2023-06-30')`
    await tx`
      insert into issue (key, title, channel, raiser_id, lead_person_id, state, holder, held_since, received_at)
      values (gen_random_uuid(), '他提出的', 'meeting', ${from}, null, 'screened', 'manager', app_now(), app_now()),
             (gen_random_uuid(), '他承办的', 'meeting', ${to}, ${from}, 'in_hand', 'lead', app_now(), app_now()),
             (gen_random_uuid(), '已了结的', 'meeting', ${from}, ${from}, 'not_accepted', 'none', app_now(), app_now())`
    await tx`insert into body (code, name, level, chair_id) values ('zb', '专班', 3, ${from})`
    await tx`
      insert into dispatch (key, number, year, serial, title, demand, origin, priority, due_on, sender_id, sent_at)
      values (gen_random_uuid(), '2023-99', 2023, 99, '督办', '限期解决', 'meeting', 'urgent', '2023-06-10', 1, app_now())`
    await tx`
      insert into dispatch_task (dispatch_id, person_id, first_due_on, due_on)
      select id, ${from}, due_on, due_on from dispatch where number = '2023-99'`
  })
  const handover = { toPersonId: to, reason: '岗位调整' }
  const answer = await security().send('POST', `/api/account/${from}/handover`, handover)
  const { moved } = HandoverResult.parse(await answer.json())
  expect(moved.map(({ name, count }) => [name, count])).toEqual([
    ['角色', 1],
    ['代理', 1],
    ['项目', 3],
    ['在办问题', 2],
    ['在办调度单', 1],
    ['协调机构席位', 1],
  ])
  const issues = await db.sql`
    select title, raiser_id, lead_person_id from issue order by id`
  expect([...issues]).toEqual([
    { title: '他提出的', raiserId: to, leadPersonId: null },
    { title: '他承办的', raiserId: to, leadPersonId: to },
    { title: '已了结的', raiserId: from, leadPersonId: from },
  ])
  const grants = await db.sql`
    select person_id, valid_from, valid_to from role_grant where role = 'unit_manager' order by id`
  expect([...grants]).toEqual([
    { personId: from, validFrom: '2022-01-01', validTo: '2023-05-30' },
    { personId: to, validFrom: '2023-05-31', validTo: null },
  ])
  expect(await refusal(site.as('unit').get('/api/project'))).toEqual([403, 'FORBIDDEN'])
  const projects = await db.sql`
    select project_id, duty from project_person where person_id = ${to} order by project_id`
  expect([...projects]).toEqual([
    { projectId: 1, duty: 'owner' },
    { projectId: 2, duty: 'helper' },
    { projectId: 3, duty: 'contact' },
  ])
  const apart = security().send('POST', `/api/account/${await idOf('auditor')}/handover`, {
    toPersonId: await idOf('administrator'),
    reason: '测试',
  })
  expect(await refusal(apart)).toEqual([422, 'GRANTS_APART'])
})

describe('looking as another person', () => {
  test('shows what that person sees, and lets nothing be written', async () => {
    const park = await idOf('park')
    const admin = administrator()
    const look = (personId: number | null) =>
      admin.send('PUT', '/api/session/view-as', { personId })
    expect(await refusal(admin.get('/api/project'))).toEqual([403, 'FORBIDDEN'])
    expect((await look(park)).status).toBe(200)
    const { me } = SessionState.parse(await (await admin.get('/api/session')).json())
    expect(me).toMatchObject({ id: park, name: '陈主任', viewedBy: '吴管理' })
    const rows = (await (await admin.get('/api/project')).json()).rows
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(['按期产业园', '按期产业园一期'])
    const write = admin.send('PATCH', '/api/project/1', { totalWan: 1, reason: '测试' })
    expect(await refusal(write)).toEqual([403, 'FORBIDDEN'])
    expect((await look(null)).status).toBe(200)
    expect(await refusal(admin.get('/api/project'))).toEqual([403, 'FORBIDDEN'])
    await chainAudit(db)
    const events = await db.sql<{ detail: { personId: number | null } }[]>`
      select detail from audit where detail ->> 'event' = 'view_as' order by n`
    expect(events.map(({ detail }) => detail.personId)).toEqual([park, null])
  })

  test('is for administrators only', async () => {
    const look = site.as('dispatcher').send('PUT', '/api/session/view-as', { personId: 1 })
    expect(await refusal(look)).toEqual([403, 'FORBIDDEN'])
    const nobody = security().send('PUT', '/api/session/view-as', { personId: 9999 })
    expect(await refusal(nobody)).toEqual([422, 'PERSON_UNKNOWN'])
  })
})
