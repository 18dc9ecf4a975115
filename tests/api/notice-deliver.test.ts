import { createHmac } from 'node:crypto'
import type { Database } from 'api/db/database'
import { type Delivering, deliverDue, pauseMs } from 'api/notice/deliver'
import { expireDeliveries } from 'api/notice/job'
import { createMailer } from 'api/notice/mail'
import { type NoticeInput, notify } from 'api/notice/write'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { headOf, type MailServer, openMailServer, textOf } from '../support/mail-server.ts'
import { openRobotServer, type RobotServer } from '../support/robot-server.ts'

const start = Date.parse('2023-05-31T10:00:00+08:00')
const minute = 60_000
const day = 86_400_000
const secret = 'a-secret-of-sixteen-or-more'
let db: Database
let mail: MailServer
let robot: RobotServer
let person: number
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  mail = await openMailServer()
  robot = await openRobotServer()
  await db.sql`truncate notice, person, unit, change, setting, notice_webhook restart identity cascade`
  await db.transact({ actor: '测试', reason: '' }, async (tx) => {
    await tx`insert into setting (key, value) values ('notice_mail', 'true')`
    const [row] = await tx<{ id: number }[]>`
      insert into person (login, name, email) values ('wang', '王五', 'wang@example.org') returning id`
    person = row?.id ?? 0
  })
})
afterEach(async () => {
  await mail.close()
  await robot.close()
})

const at = (ms: number) => new Date(start + ms)
const told = (key: string, change: Partial<NoticeInput> = {}): NoticeInput => ({
  key,
  personId: person,
  kind: 'issue_assigned',
  title: '新交办的问题：用地指标',
  text: '请于 2023-06-02 前签收',
  link: '/desk?issue=1',
  noun: 'issue',
  rowId: 1,
  ...change,
})
const tell = (notices: NoticeInput[], ms = 0) =>
  db.transact({ actor: '测试', reason: '' }, (tx) => notify(tx, notices), at(ms))
const delivering = (change: Partial<Delivering> = {}): Delivering => ({
  db,
  mailer: createMailer({ ONEMAP_SMTP_URL: mail.url, ONEMAP_MAIL_FROM: '一张图 <map@example.org>' }),
  env: { ONEMAP_URL: 'https://map.example.org', ONEMAP_WEBHOOK_HOSTS: [robot.host] },
  log: { warn: () => {} },
  random: () => 0,
  ...change,
})
const deliver = (ms: number, change?: Partial<Delivering>) => deliverDue(delivering(change), at(ms))
/** Everything that is due at one moment, in as many claims as it takes. */
async function deliverAll(ms: number, change: Partial<Delivering> = {}): Promise<void> {
  while ((await deliver(ms, change)) > 0);
}
const addRobot = (name = '攸县群', place: { unitId?: number } = {}) =>
  db.transact({ actor: '测试', reason: '' }, async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      insert into notice_webhook (name, unit_id) values (${name}, ${place.unitId ?? null}) returning id`
    await tx`
      insert into notice_webhook_secret (webhook_id, url, secret)
      values (${row?.id ?? 0}, ${robot.url}, ${secret})`
    return row?.id ?? 0
  })
interface Row {
  state: string
  attempts: number
  nextAt: string
  lastError: string | null
}
const rows = () =>
  db.sql<Row[]>`select state, attempts, next_at, last_error from delivery order by id`
const contentOf = ({ body }: { body: string }): string => JSON.parse(body).markdown.content

describe('by mail', () => {
  test('a notice goes out once, with its link, and under an id that follows from its key', async () => {
    await tell([told('a')])
    expect(await deliver(0)).toBe(1)
    expect(await deliver(0)).toBe(0)
    await tell([told('a')])
    expect(await deliver(minute)).toBe(0)
    expect(mail.mails).toHaveLength(1)
    const [sent = ''] = mail.mails
    expect(headOf(sent, 'To')).toBe('wang@example.org')
    expect(headOf(sent, 'Message-ID')).toMatch(/^<[0-9a-f]{64}@example\.org>$/)
    expect(headOf(sent, 'Auto-Submitted')).toBe('auto-generated')
    expect(textOf(sent)).toContain('请于 2023-06-02 前签收')
    expect(textOf(sent)).toContain('https://map.example.org/desk?issue=1')
  })

  test('a server that is down is tried again, later each time, and the mail keeps its id', async () => {
    await tell([told('a')])
    const { url } = mail
    const down = {
      mailer: createMailer({
        ONEMAP_SMTP_URL: 'smtp://127.0.0.1:1',
        ONEMAP_MAIL_FROM: 'map@example.org',
      }),
    }
    expect(await deliver(0, down)).toBe(1)
    const [failed] = await rows()
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, nextAt: at(minute).toISOString() })
    expect(failed?.lastError).toMatch(/^邮件没有发出（/)
    expect(await deliver(minute - 1, down)).toBe(0)
    expect(await deliver(minute, down)).toBe(1)
    expect((await rows())[0]?.nextAt).toBe(at(3 * minute).toISOString())
    expect(await deliver(3 * minute)).toBe(1)
    expect(mail.mails).toHaveLength(1)
    expect(url).toBe(mail.url)
    expect((await rows())[0]).toMatchObject({ state: 'sent', lastError: null })
  })

  test('an address that is refused for good is given up at once, one that is refused for now is not', async () => {
    await tell([told('a')])
    mail.refuse = { code: 450, say: 'later' }
    await deliver(0)
    expect((await rows())[0]).toMatchObject({ state: 'failed' })
    mail.refuse = { code: 550, say: 'no such mailbox' }
    await deliver(minute)
    expect((await rows())[0]).toMatchObject({ state: 'dead', attempts: 2 })
    expect((await rows())[0]?.lastError).toContain('550')
  })

  test('what does not get through for three days is given up and kept', async () => {
    await tell([told('a')])
    mail.refuse = { code: 450, say: 'later' }
    for (let ms = 0; ms < 4 * day; ms += 3_600_000) await deliverAll(ms)
    const [row] = await rows()
    expect(row?.state).toBe('dead')
    expect(row?.attempts).toBeGreaterThan(15)
  })

  test('without mail nothing is made ready, and what mail has left behind expires', async () => {
    await tell([told('a')])
    expect(await deliver(0, { mailer: null })).toBe(0)
    await expireDeliveries(db, at(2 * day))
    expect((await rows())[0]).toMatchObject({ state: 'waiting' })
    await expireDeliveries(db, at(4 * day))
    expect((await rows())[0]).toMatchObject({ state: 'dead', lastError: '发送渠道已停用' })
    await db.sql`update setting set value = 'false' where key = 'notice_mail'`
    await tell([told('b')])
    expect(await rows()).toHaveLength(1)
  })
})

describe('by a group robot', () => {
  test('the message has the form of 企业微信, and its signature holds', async () => {
    await addRobot()
    await tell([told('a', { title: '新 [问题]<@all>' })])
    await deliverAll(0)
    const [heard] = robot.heard
    expect(heard?.path).toBe('/cgi-bin/webhook/send?key=0123-very-secret-key')
    expect(JSON.parse(heard?.body ?? '')).toEqual({
      msgtype: 'markdown',
      markdown: {
        content:
          '**新 ［问题］＜@all＞**\n>请于 2023-06-02 前签收\n[查看](https://map.example.org/desk?issue=1)',
      },
    })
    const stamp = heard?.headers['x-onemap-timestamp']
    expect(Number(stamp)).toBe(start / 1000)
    expect(heard?.headers['x-onemap-signature']).toBe(
      createHmac('sha256', secret).update(`${stamp}.${heard?.body}`).digest('hex'),
    )
    expect(heard?.headers['idempotency-key']).toMatch(/^[0-9a-f]{64}$/)
  })

  test('the same words for several people are one message; other words are another', async () => {
    await addRobot()
    const [li] = await db.transact(
      { actor: '测试', reason: '' },
      (tx) => tx<{ id: number }[]>`
      insert into person (login, name) values ('li', '李四') returning id`,
    )
    await tell([told('a'), told('b', { personId: li?.id ?? 0 }), told('c', { title: '另一件事' })])
    await deliverAll(0)
    expect(robot.heard).toHaveLength(2)
  })

  test('a robot of a unit hears of its own rows only', async () => {
    await db.transact({ actor: '测试', reason: '' }, async (tx) => {
      await tx`
        insert into unit (code, name, short_name, level) values
          ('1', '攸县', '攸县', 'unit'), ('2', '荷塘区', '荷塘', 'unit')`
      await tx`
        insert into project (code, name, unit_id, category) values
          ('P1', '甲', 1, 'industry'), ('P2', '乙', 2, 'industry')`
    })
    await addRobot('攸县群', { unitId: 1 })
    await tell([
      told('a', { noun: 'project', rowId: 1, title: '甲' }),
      told('b', { noun: 'project', rowId: 2, title: '乙' }),
      told('c', { noun: 'meeting', rowId: 9, title: '丙' }),
    ])
    await deliverAll(0)
    expect(robot.heard.map(contentOf)).toEqual([expect.stringContaining('甲')])
  })

  const faults = [
    [{ status: 500 }, 'HTTP 500'],
    [{ status: 302, location: 'http://127.0.0.1/elsewhere' }, 'HTTP 302'],
    [
      {
        status: 200,
        body: { errcode: 93000, errmsg: 'invalid webhook url, key=0123-very-secret-key' },
      },
      'errcode 93000：invalid webhook url, key=…',
    ],
    ['hang up', 'ECONNRESET'],
    ['hang', '对方在 0.2 秒内没有回答'],
  ] as const
  test.each(faults)(
    '%j is a failure that is told without secrets, and tried again',
    async (manner, said) => {
      await addRobot()
      robot.next = [manner]
      await tell([told('a')])
      await deliverAll(0, manner === 'hang' ? { robotTimeoutMs: 200 } : {})
      const failed = (await rows()).find(({ state }) => state === 'failed')
      expect(failed?.lastError).toContain(said)
      expect(failed?.lastError).not.toContain('secret')
      await deliverAll(minute)
      expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent'])
      const keys = robot.heard.map(({ headers }) => headers['idempotency-key'])
      expect(keys).toHaveLength(2)
      expect(new Set(keys).size).toBe(1)
    },
  )

  test('a robot is told at most 20 messages a minute, in their order', async () => {
    await addRobot()
    await tell(Array.from({ length: 45 }, (_, i) => told(`a${i}`, { title: `第${i}件` })))
    await deliverAll(0)
    expect(robot.heard).toHaveLength(20)
    await deliverAll(minute - 1)
    expect(robot.heard).toHaveLength(20)
    await deliverAll(minute)
    await deliverAll(2 * minute)
    expect(robot.heard.map(contentOf)).toEqual(
      Array.from({ length: 45 }, (_, i) => expect.stringContaining(`第${i}件`)),
    )
  })

  test('a robot that has been asked too often is left alone for a minute', async () => {
    await addRobot()
    robot.next = [{ status: 200, body: { errcode: 45009, errmsg: 'api freq out of limit' } }]
    await tell([told('a')])
    await deliverAll(0)
    await tell([told('b', { title: '另一件事' })], 1000)
    await deliverAll(30_000)
    expect(robot.heard).toHaveLength(1)
    await deliverAll(minute)
    expect(robot.heard).toHaveLength(3)
    expect((await rows()).every(({ state }) => state === 'sent')).toBe(true)
  })

  test('private addresses are asked only where the installation allows them', async () => {
    await addRobot()
    await tell([told('a')])
    const env = { ONEMAP_URL: undefined, ONEMAP_WEBHOOK_HOSTS: [] }
    await deliver(0, { env })
    expect(robot.heard).toHaveLength(0)
    expect((await rows()).find(({ state }) => state === 'failed')?.lastError).toContain('https://')
    const secure = [
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://localhost/x',
      'https://[::ffff:10.0.0.1]/x',
      'https://2130706433/x',
    ]
    for (const [i, url] of secure.entries()) {
      await db.sql`update notice_webhook_secret set url = ${url}`
      await db.sql`update delivery set next_at = ${at(0)}, state = 'failed' where channel = 'webhook'`
      await deliver((i + 2) * minute, { env })
      const failed = (await rows()).find(({ state }) => state === 'failed')
      expect([url, failed?.lastError]).toEqual([url, expect.stringContaining('内网')])
    }
  })
})

test('servers that look at the same time send each message once', async () => {
  await addRobot()
  await tell(Array.from({ length: 15 }, (_, i) => told(`a${i}`, { title: `第${i}件` })))
  const server = async () => {
    while ((await deliver(0)) > 0);
  }
  await Promise.all([server(), server(), server()])
  const ids = mail.mails.map((one) => headOf(one, 'Message-ID'))
  expect([ids.length, new Set(ids).size]).toEqual([15, 15])
  const keys = robot.heard.map(({ headers }) => headers['idempotency-key'])
  expect([keys.length, new Set(keys).size]).toEqual([15, 15])
})

test('what a server had claimed when it ended is sent by another, under the same id', async () => {
  await tell([told('a')])
  const ended = { send: () => Promise.reject(new Error('the process has ended')) }
  await expect(deliver(0, { mailer: ended })).rejects.toThrow('ended')
  expect(await deliver(minute)).toBe(0)
  expect(await deliver(2 * minute)).toBe(1)
  expect(mail.mails).toHaveLength(1)
  expect((await rows())[0]).toMatchObject({ state: 'sent', attempts: 2 })
})

test('pauses grow, never beyond half as long again as six hours', () => {
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), unit, unit, (attempts, a, b) => {
      const pause = pauseMs(attempts, () => a)
      expect(pause).toBeGreaterThanOrEqual(minute)
      expect(pause).toBeLessThanOrEqual(9 * 60 * minute)
      // Even the luckiest next pause is no shorter than the unluckiest this time, until the limit.
      expect(pauseMs(attempts + 1, () => b)).toBeGreaterThanOrEqual(
        Math.min(pause, 6 * 60 * minute),
      )
    }),
  )
})
