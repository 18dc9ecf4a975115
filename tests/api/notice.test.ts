import type { Asker, Database } from 'api/db/database'
import { NoticeList } from 'api/notice/contract'
import { type NoticeInput, notify } from 'api/notice/write'
import { wholeCity } from 'api/person/viewer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

const program = { actor: '测试', reason: '' }
let site: TestApp
let db: Database
let people: Record<Login, number>
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  const rows = await db.sql<{ login: Login; id: number }[]>`select login, id from person`
  people = Object.fromEntries(rows.map(({ login, id }) => [login, id])) as typeof people
  await db.transact(program, async (tx) => {
    await tx`insert into setting (key, value) values ('notice_mail', 'true')`
    await tx`update person set email = login || '@example.org' where login in ('unit', 'park')`
  })
})
afterAll(() => site.close())
beforeEach(() => db.sql`truncate notice, notice_preference, deputy cascade`)

const told = (key: string, login: Login, change: Partial<NoticeInput> = {}): NoticeInput => ({
  key,
  personId: people[login],
  kind: 'issue_assigned',
  title: `新交办的问题 ${key}`,
  text: '请于 2023-06-02 前签收',
  link: '/desk?issue=1',
  noun: 'issue',
  rowId: 1,
  ...change,
})
const write = (notices: NoticeInput[], by?: Asker) =>
  db.transact(by ? { ...program, by } : program, (tx) => notify(tx, notices))
const list = async (login: Login, query = '') =>
  NoticeList.parse(await (await site.as(login).get(`/api/notice${query}`)).json())
const titles = ({ rows }: NoticeList) => rows.map(({ title }) => title.split(' ')[1])

describe('telling', () => {
  test('the same key is one notice, however often and by whomever it is told', async () => {
    const asker = { personId: people.unit, scope: { ...wholeCity, all: false } }
    expect(await write([told('a', 'unit'), told('a', 'unit'), told('b', 'park')], asker)).toBe(2)
    expect(await write([told('a', 'unit')])).toBe(0)
    const racing = Array.from({ length: 5 }, () => write([told('c', 'unit')]))
    expect((await Promise.all(racing)).toSorted()).toEqual([0, 0, 0, 0, 1])
    expect(titles(await list('unit'))).toEqual(['c', 'a'])
    expect(titles(await list('park'))).toEqual(['b'])
  })

  test('what is told in a transaction that fails is not told', async () => {
    const failing = db.transact(program, async (tx) => {
      await notify(tx, [told('a', 'unit')])
      throw new Error('taken back')
    })
    await expect(failing).rejects.toThrow('taken back')
    expect(await list('unit')).toMatchObject({ unread: 0, rows: [] })
    expect(await write([told('a', 'unit')])).toBe(1)
  })

  test('only the addressee sees it, the leader of the whole city does not', async () => {
    await write([told('a', 'unit')])
    expect(titles(await list('leader'))).toEqual([])
    const rows = await db.read(
      { personId: people.leader, scope: wholeCity },
      (tx) => tx`
      select id from notice`,
    )
    expect(rows).toHaveLength(0)
  })

  test('a request can neither write notices past the one function, nor read what goes out, nor secrets', async () => {
    const by = { personId: people.leader, scope: wholeCity }
    const attempts = [
      "insert into notice (key, person_id, kind, title, text, link, noun, row_id, at) values ('x', 1, 'a', 'a', '', '/', 'a', 1, now())",
      "update notice set title = 'x'",
      'delete from notice',
      'select * from delivery',
      'select * from notice_webhook_secret',
      "update notice_webhook set name = 'x'",
      'select * from schedule_run',
    ]
    for (const statement of attempts) {
      const attempt = db.transact({ ...program, by }, (tx) => tx.unsafe(statement))
      await expect(attempt, statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('whoever stands in for the addressee is told too, and for whom', async () => {
    await db.transact(
      program,
      (tx) => tx`
      insert into deputy (person_id, for_person_id, valid_from, valid_to) values
        (${people.helper}, ${people.unit}, '2023-05-31', '2023-06-02'),
        (${people.park}, ${people.unit}, '2023-05-01', '2023-05-30')`,
    )
    expect(await write([told('a', 'unit')])).toBe(2)
    expect(await write([told('a', 'unit')])).toBe(0)
    expect((await list('helper')).rows).toMatchObject([{ forPerson: '李县长' }])
    expect((await list('unit')).rows).toMatchObject([{ forPerson: null }])
    expect((await list('park')).rows).toEqual([])
  })

  test('people whose account is closed, and walls, are told nothing', async () => {
    await db.transact(
      program,
      (tx) => tx`
      update person set disabled_at = app_now() where login = 'inspector'`,
    )
    expect(await write([told('a', 'inspector'), told('b', 'wall'), told('c', 'unit')])).toBe(1)
  })
})

describe('reading', () => {
  test('unread ones come first, then the newest; pages follow without a gap or a double', async () => {
    await write(Array.from({ length: 7 }, (_, i) => told(String(i), 'unit')))
    const all = await list('unit')
    const ids = all.rows.filter(({ title }) => /[256]$/.test(title)).map(({ id }) => id)
    const read = await site.as('unit').send('POST', '/api/notice/read', { ids })
    expect(await read.json()).toEqual({ unread: 4 })
    const seen: (string | undefined)[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: NoticeList = await list('unit', `?limit=2${next && `&after=${next}`}`)
      expect(page.unread).toBe(4)
      seen.push(...titles(page))
      next = page.next
    }
    expect(seen).toEqual(['4', '3', '1', '0', '6', '5', '2'])
  })

  test('all up to the newest that was seen are marked: what came meanwhile stays unread', async () => {
    await write([told('a', 'unit'), told('b', 'unit')])
    const upTo = Math.max(...(await list('unit')).rows.map(({ id }) => id))
    await write([told('c', 'unit')])
    const read = await site.as('unit').send('POST', '/api/notice/read', { upTo })
    expect(await read.json()).toEqual({ unread: 1 })
  })

  test('nobody marks what is told to others', async () => {
    await write([told('a', 'unit')])
    const [row] = (await list('unit')).rows
    await site.send('POST', '/api/notice/read', { ids: [row?.id] })
    await site.send('POST', '/api/notice/read', { upTo: row?.id })
    expect((await list('unit')).unread).toBe(1)
  })

  test.each(['?after=x', '?after=2-1', '?limit=0', '?limit=201'])(
    '%s is refused',
    async (query) => {
      expect((await site.get(`/api/notice${query}`)).status).toBe(400)
    },
  )
})

test('a change of a notice reaches the addressee and nobody else, and says nothing of whom', async () => {
  await site.deps.live.since(0, 1)
  const from = site.deps.live.seq
  await write([told('a', 'unit')])
  const changes = async (login: Login) => {
    const answer = await site.as(login).get(`/api/change?since=${from}`)
    const { last, rows } = await answer.json()
    return { last, notices: rows.filter(({ noun }: { noun: string }) => noun === 'notice') }
  }
  await expect.poll(async () => (await changes('unit')).notices.length).toBe(1)
  expect((await changes('unit')).notices[0]).not.toHaveProperty('personId')
  expect((await changes('leader')).notices).toEqual([])
  expect((await changes('dispatcher')).last).toBe(site.deps.live.seq)
  const asker = { personId: people.leader, scope: wholeCity }
  const seen = await db.read(asker, (tx) => tx`select id from change where noun = 'notice'`)
  expect(seen).toHaveLength(0)
})

describe('preferences', () => {
  const channels = async () =>
    (await db.sql<{ channel: string }[]>`select channel from delivery order by channel`).map(
      ({ channel }) => channel,
    )

  test('the usual channels hold until somebody chooses; the choice holds for its kind alone', async () => {
    await write([told('a', 'unit')])
    expect(await channels()).toEqual(['email'])
    const chosen = { rows: [{ kind: 'issue_assigned', email: false, webhook: true }] }
    const answer = await site.as('unit').send('PUT', '/api/notice/preference', chosen)
    const { rows, email, mailOn } = await answer.json()
    expect(rows).toContainEqual(chosen.rows[0])
    expect([email, mailOn]).toEqual(['unit@example.org', true])
    await write([told('b', 'unit'), told('c', 'unit', { kind: 'issue_due' })])
    expect(await channels()).toEqual(['email', 'email'])
    await write([told('d', 'park')])
    expect(await channels()).toEqual(['email', 'email', 'email'])
  })

  test('a city sets its own usual channels', async () => {
    const value = { issue_assigned: { email: false, webhook: false } }
    await db.sql`insert into setting (key, value) values ('notice_channel', ${db.sql.json(value)})`
    await write([told('a', 'unit'), told('b', 'unit', { kind: 'issue_due' })])
    expect(await channels()).toEqual(['email'])
    const answer = await (await site.as('unit').get('/api/notice/preference')).json()
    expect(answer.rows).toContainEqual({ kind: 'issue_assigned', email: false, webhook: false })
    await db.sql`delete from setting where key = 'notice_channel'`
  })

  test('nobody is mailed without an address', async () => {
    await write([told('a', 'dispatcher')])
    expect(await channels()).toEqual([])
  })

  test('an unknown kind is named', async () => {
    const body = { rows: [{ kind: 'weather', email: true, webhook: true }] }
    const answer = await site.as('unit').send('PUT', '/api/notice/preference', body)
    const { error } = await answer.json()
    expect([answer.status, error.details[0].field, error.details[0].value]).toEqual([
      400,
      'rows.0.kind',
      'weather',
    ])
  })
})

describe('robots', () => {
  const put = (body: object) => site.as('administrator').send('PUT', '/api/notice/webhook', body)
  const key = 'very-secret-key-in-the-address'
  const robot = {
    name: '攸县群',
    url: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`,
    secret: 'secret-of-the-signature',
    unitId: 1,
  }

  test('are made and changed by name, and their secrets never come back', async () => {
    const first = await (await put(robot)).json()
    const second = await (await put(robot)).json()
    expect(second).toEqual(first)
    const { name, unitId } = robot
    const changed = await (await put({ name, unitId, active: false })).json()
    expect(changed).toMatchObject({ id: first.id, active: false })
    const [kept] = await db.sql`select url, secret from notice_webhook_secret`
    expect(kept).toMatchObject({ url: robot.url, secret: robot.secret })
    const text = await (await site.as('administrator').get('/api/notice/webhook')).text()
    const history = JSON.stringify(await db.sql`select * from notice_webhook_history`)
    for (const shown of [JSON.stringify([first, changed]), text, history]) {
      expect(shown).not.toContain(key)
      expect(shown).not.toContain(robot.secret)
    }
  })

  const refused: [string, object, number, string][] = [
    ['without an address', { name: '新群' }, 422, 'url'],
    ['by http', { ...robot, url: 'http://qyapi.weixin.qq.com/x' }, 422, 'url'],
    ['of this machine', { ...robot, url: 'https://127.0.0.1/x' }, 422, 'url'],
    ['of this machine, otherwise written', { ...robot, url: 'https://0x7f.1/x' }, 422, 'url'],
    ['of the network behind', { ...robot, url: 'https://[fd00::1]/x' }, 422, 'url'],
    ['with a password', { ...robot, url: 'https://a:b@example.org/x' }, 422, 'url'],
    ['of no web', { ...robot, url: 'file:///etc/passwd' }, 422, 'url'],
    ['of a unit and a park', { ...robot, parkId: 1 }, 400, 'parkId'],
    ['with a short secret', { ...robot, secret: 'short' }, 400, 'secret'],
  ]
  test.each(refused)('%s is refused', async (_, body, status, field) => {
    const answer = await put(body)
    const { error } = await answer.json()
    expect([answer.status, error.details[0].field]).toEqual([status, field])
    expect(error.message).not.toContain('a:b')
  })
})
