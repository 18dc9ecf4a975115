/**
 * Brings notices out of the house, by mail and to group robots. A delivery is claimed in one short
 * transaction, sent outside any, and recorded in another. Two servers never claim the same one while
 * its lease lasts, and sending takes less time than that; a server that ends between sending and
 * recording leaves it to be sent once more, under the same Message-ID or idempotency-key.
 */
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import type { Env } from '../env.ts'
import type { Mailer } from './mail.ts'
import { SendFailure } from './outside.ts'
import { tellRobot } from './robot.ts'

/** What a claim holds takes at most 4 × 10 s (a robot's messages go one after another) or 15 s. */
const leaseMs = 120_000
const perRobot = 4
const mailsAtOnce = 5
/** 企业微信 refuses a robot's 21st message within a minute. */
const perRobotMinute = 20
const quietMs = 60_000
/** Tried again after 1, 2, 4 … minutes, at most 6 hours, each up to half as long again. */
const firstPauseMs = 60_000
const longestPauseMs = 6 * 3_600_000
/** Given up after three days. */
export const patienceMs = 3 * 86_400_000
const program = { actor: '通知', reason: '对外发送' }

export interface Delivering {
  db: Database
  mailer: Mailer | null
  env: Pick<Env, 'ONEMAP_URL' | 'ONEMAP_WEBHOOK_HOSTS'>
  log: Pick<Logger, 'warn'>
  /** Between 0 and 1. */
  random: () => number
  /** How long a robot's server may take, in ms. */
  robotTimeoutMs?: number
}

export const robotTimeoutMs = 10_000

interface Claimed {
  id: number
  channel: 'email' | 'webhook'
  webhookId: number | null
  token: string
  attempts: number
  createdAt: string
  title: string
  text: string
  link: string
  email: string | null
  url: string | null
  secret: string | null
}

/**
 * Sends what is due at `now`, as much as one claim takes; returns how many were tried: 0 when nothing
 * is due.
 */
export async function deliverDue(given: Delivering, now: Date): Promise<number> {
  const claimed = await given.db.transact(program, (tx) => claim(tx, given, now), now)
  const byRobot = new Map<string, Claimed[]>()
  for (const one of claimed) {
    // Mails wait for no other.
    const line = one.webhookId === null ? `mail ${one.id}` : `robot ${one.webhookId}`
    byRobot.set(line, [...(byRobot.get(line) ?? []), one])
  }
  await Promise.all(
    [...byRobot.values()].map(async (line) => {
      for (const one of line) await deliver(given, one, now)
    }),
  )
  return claimed.length
}

/**
 * The conditions stand in the update too: a row that another server has claimed since this statement
 * began is looked at anew, and left.
 */
async function claim(tx: Transaction, { mailer }: Delivering, now: Date): Promise<Claimed[]> {
  const until = new Date(now.getTime() + leaseMs)
  const rows = await tx<Claimed[]>`
    with robot as materialized (
      select s.webhook_id from notice_webhook_secret s join notice_webhook w on w.id = s.webhook_id
       where w.active and (s.quiet_until is null or s.quiet_until <= ${now}) for update of s skip locked
    ), mail as materialized (
      select id from delivery
       where channel = 'email' and ${mailer !== null} and state in ('waiting', 'failed') and next_at <= ${now}
       order by next_at, id limit ${mailsAtOnce} for update skip locked
    ), due as (
      select id from mail
      union all
      select d.id from robot r cross join lateral (
        select id from delivery
         where webhook_id = r.webhook_id and state in ('waiting', 'failed') and next_at <= ${now}
         order by id
         limit least(${perRobot}, greatest(0, ${perRobotMinute} - (
           select count(*) from delivery t
            where t.webhook_id = r.webhook_id and t.tried_at > ${now}::timestamptz - interval '1 minute')))) d
    ), mine as (
      update delivery d set attempts = attempts + 1, tried_at = ${now}, next_at = ${until}
        from due where d.id = due.id and d.state in ('waiting', 'failed') and d.next_at <= ${now}
      returning d.*
    )
    select m.id, m.channel, m.webhook_id, m.token, m.attempts, m.created_at,
           n.title, n.text, n.link, p.email, s.url, s.secret
      from mine m join notice n on n.id = m.notice_id join person p on p.id = n.person_id
      left join notice_webhook_secret s on s.webhook_id = m.webhook_id
     order by m.id`
  return [...rows]
}

async function deliver(given: Delivering, one: Claimed, now: Date): Promise<void> {
  try {
    await send(given, one, now)
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error
    await given.db.transact(program, (tx) => recordFailure(tx, given, one, { error, now }), now)
    return
  }
  await given.db.transact(
    program,
    (tx) => tx`
      update delivery set state = 'sent', sent_at = ${now}, last_error = null where id = ${one.id}`,
    now,
  )
}

async function send(given: Delivering, one: Claimed, now: Date): Promise<void> {
  const { mailer, env } = given
  const link = env.ONEMAP_URL === undefined ? null : new URL(one.link, env.ONEMAP_URL).href
  if (one.channel === 'webhook') {
    const robot = { url: one.url ?? '', secret: one.secret ?? '' }
    const { title, text, token } = one
    const hosts = env.ONEMAP_WEBHOOK_HOSTS
    const timeoutMs = given.robotTimeoutMs ?? robotTimeoutMs
    return tellRobot(robot, { title, text, link }, { token, now, hosts, timeoutMs })
  }
  if (one.email === null) throw new SendFailure('收件人没有邮箱', { final: true })
  await mailer?.send({
    to: one.email,
    subject: one.title,
    text: [one.text, link].filter((part) => part !== null && part !== '').join('\n\n'),
    token: one.token,
  })
}

async function recordFailure(
  tx: Transaction,
  { random }: Delivering,
  one: Claimed,
  { error, now }: { error: SendFailure; now: Date },
): Promise<void> {
  const next = new Date(now.getTime() + pauseMs(one.attempts, random))
  const over = error.final || next.getTime() > Date.parse(one.createdAt) + patienceMs
  await tx`
    update delivery set state = ${over ? 'dead' : 'failed'}, next_at = ${over ? now : next}, last_error = ${error.message}
     where id = ${one.id} and attempts = ${one.attempts} and state <> 'sent'`
  if (error.quiet && one.webhookId !== null) {
    await tx`
      update notice_webhook_secret set quiet_until = ${new Date(now.getTime() + quietMs)}
       where webhook_id = ${one.webhookId}`
  }
}

/** How long to wait after the given number of attempts. */
export function pauseMs(attempts: number, random: () => number): number {
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1))
  return Math.round(pause * (1 + random() / 2))
}
