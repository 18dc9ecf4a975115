/*
 * Notices when things end in the middle: none is lost, none is in the page twice, and a mail that goes
 * out twice has the same Message-ID.
 */
import type { Database } from 'api/db/database'
import { type Delivering, deliverDue } from 'api/notice/deliver'
import { createMailer } from 'api/notice/mail'
import { type NoticeInput, notify } from 'api/notice/write'
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { openAllConnections, prepareCut } from '../support/cut.ts'
import { databaseUrl, openTestDatabase } from '../support/database.ts'
import { headOf, type MailServer, openMailServer } from '../support/mail-server.ts'
import { openRobotServer, type RobotServer } from '../support/robot-server.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'

const minute = 60_000
const start = Date.parse('2023-05-31T10:00:00+08:00')
const author = { actor: '测试', reason: '' }
let db: Database
let mail: MailServer
let robot: RobotServer
beforeAll(async () => {
  db = await openTestDatabase()
  mail = await openMailServer()
  robot = await openRobotServer()
})
afterAll(async () => {
  await db.close()
  await mail.close()
  await robot.close()
})
beforeEach(async () => {
  mail.mails.length = 0
  robot.heard.length = 0
  await db.sql`truncate notice, person, change, setting, schedule_run, notice_webhook restart identity cascade`
  await db.transact(author, async (tx) => {
    await tx`insert into setting (key, value) values ('notice_mail', 'true')`
    await tx`insert into person (login, name, email) values ('wang', '王五', 'wang@example.org')`
    await tx`insert into notice_webhook (name) values ('攸县群')`
    await tx`
      insert into notice_webhook_secret (webhook_id, url, secret)
      values (1, ${robot.url}, 'a-secret-of-sixteen-or-more')`
  })
})

const notices = (count: number): NoticeInput[] =>
  Array.from({ length: count }, (_, i) => ({
    key: `k${i}`,
    personId: 1,
    kind: 'issue_assigned',
    title: `第${i}件`,
    text: '',
    link: '/desk',
    noun: 'issue',
    rowId: i + 1,
  }))
/** Until it is through: whoever tells a thing after a crash tells it under the same key. */
async function tell(some: NoticeInput[], at: number): Promise<void> {
  await vi.waitFor(() => db.transact(author, (tx) => notify(tx, some), new Date(at)), {
    timeout: 60_000,
    interval: 100,
  })
}
const mailIds = () => mail.mails.map((one) => headOf(one, 'Message-ID'))
const robotKeys = () => robot.heard.map(({ headers }) => String(headers['idempotency-key']))

/** Everything that was told is in the page once, and has reached the outside under one name each. */
async function expectAll(count: number): Promise<void> {
  const [stored] = await db.sql<{ rows: number; keys: number }[]>`
    select count(*)::integer as rows, count(distinct key)::integer as keys from notice`
  expect(stored).toEqual({ rows: count, keys: count })
  const states = await db.sql<{ state: string; count: number }[]>`
    select state, count(*)::integer as count from delivery group by state`
  expect(states).toEqual([{ state: 'sent', count: 2 * count }])
  expect(new Set(mailIds()).size).toBe(count)
  expect(new Set(robotKeys()).size).toBe(count)
}

test('a database that ends between sending and recording: nothing is lost, nothing sent under another name', async () => {
  const mailer = createMailer({ ONEMAP_SMTP_URL: mail.url, ONEMAP_MAIL_FROM: 'map@example.org' })
  const given: Delivering = {
    db,
    env: { ONEMAP_URL: undefined, ONEMAP_WEBHOOK_HOSTS: [robot.host] },
    mailer,
    log: { warn: () => {} },
    random: () => 0,
  }
  const count = 12
  await tell(notices(count), start)
  await openAllConnections(db)
  const cut = await prepareCut(db)
  let sent = 0
  let done: Promise<void> | undefined
  const cutting: Delivering = {
    ...given,
    mailer: {
      send: async (one) => {
        await mailer?.send(one)
        sent += 1
        // Not waited for: it meets whatever is being recorded.
        if (sent === 3) done = cut()
      },
    },
  }
  for (let at = start; ; at += minute) {
    // What the cut meets in the middle fails, and is taken up when its lease is over.
    await deliverDue(cutting, new Date(at)).catch(() => {})
    const left = await vi.waitFor(
      () => db.sql`select id from delivery where state in ('waiting', 'failed') limit 1`,
      { timeout: 60_000, interval: 100 },
    )
    if (left.length === 0) break
    if (at > start + 60 * minute) throw new Error('still waiting after an hour')
  }
  await done
  await expectAll(count)
})

test.runIf(inject('database')?.kind === 'server')(
  'servers that are killed while they send: nothing is lost or doubled in the page; a mail twice has one name',
  async () => {
    const url = (await databaseUrl(db)) ?? ''
    const rounds = 4
    const perRound = 8
    const serve = (round: number): ServerProcess =>
      startServer({
        DATABASE_URL: url,
        // Beyond every lease of the servers that were killed.
        ONEMAP_CLOCK: new Date(start + round * 5 * minute).toISOString(),
        ONEMAP_SMTP_URL: mail.url,
        ONEMAP_MAIL_FROM: 'map@example.org',
        ONEMAP_WEBHOOK_HOSTS: robot.host,
        LOG_LEVEL: 'silent',
      })
    const all = notices(rounds * perRound)
    for (let round = 0; round < rounds; round++) {
      await tell(all.slice(round * perRound, (round + 1) * perRound), start + round * 5 * minute)
      const servers = [serve(round), serve(round)]
      const before = mail.mails.length
      // At another point each time: after 1, 4, 7, 10 mails of the round, while others are on their way.
      await expect
        .poll(() => mail.mails.length - before, { timeout: 60_000, interval: 1 })
        .toBeGreaterThan(round * 3)
      for (const { child } of servers) child.kill('SIGKILL')
      await Promise.all(servers.map(({ ended }) => ended))
    }
    const due = async (channel: string) => {
      const [row] = await db.sql<{ count: number }[]>`
        select count(*)::integer as count from delivery
         where state in ('waiting', 'failed') and channel like ${channel}`
      return row?.count ?? 0
    }
    // A robot takes 20 a minute: the clock is put on until it has heard everything.
    for (let round = rounds; (await due('%')) > 0; round++) {
      if (round > rounds + 10) throw new Error('not through after ten servers')
      const server = serve(round)
      await expect.poll(() => due('email'), { timeout: 60_000 }).toBe(0)
      await server.ready
      await server.stop()
    }
    await expectAll(rounds * perRound)
    const doubles = mailIds().length - rounds * perRound
    // Each of two servers had at most five mails on their way when it was killed.
    expect(doubles).toBeLessThanOrEqual(rounds * 10)
  },
)
