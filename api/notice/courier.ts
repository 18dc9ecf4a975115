import type { Database } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Running } from '../schedule/timer.ts'
import { type Delivering, deliverDue } from './deliver.ts'
import { createMailer } from './mail.ts'

/** How soon after its commit a notice goes out; how often due ones are looked for. */
const lookMs = 5000

/**
 * Sends notices out as long as the server runs, and says in setting notice_mail whether there is mail,
 * so that none is made ready where it would never go.
 */
export async function startCourier({ db, env, log }: Deps): Promise<Running> {
  const mailer = createMailer(env)
  await db.transact(
    { actor: '通知', reason: '邮件设置' },
    (tx) => tx`
      insert into setting (key, value) values ('notice_mail', ${tx.json(mailer !== null)})
      on conflict (key) do update set value = excluded.value where setting.value <> excluded.value`,
  )
  const given: Delivering = { db, env, log, mailer, random: Math.random }
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const look = () => {
    running = deliverAll(given, () => stopped)
      .catch((error: unknown) => log.warn({ err: error }, 'notices are sent out later'))
      .then(() => {
        if (stopped) return
        timer = setTimeout(look, lookMs)
        timer.unref()
      })
  }
  look()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return running
    },
  }
}

async function deliverAll(given: Delivering, stopped: () => boolean): Promise<void> {
  while (!stopped() && (await isDue(given.db))) {
    if ((await deliverDue(given, given.db.clock.now())) === 0) return
  }
}

/** Asked often: no transaction of its own, which would wake whoever follows the changes. */
async function isDue({ sql, clock }: Database): Promise<boolean> {
  const [row] = await sql<{ due: boolean }[]>`
    select exists (select from delivery where state in ('waiting', 'failed') and next_at <= ${clock.now()}) as due`
  return row?.due ?? false
}
