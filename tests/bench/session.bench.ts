/**
 * Signing in: a wrong password beside an unknown login and a person without a password, which must
 * take the same time; and what each request costs to find out who asks.
 */

import { readEnv } from 'api/env'
import { createLive } from 'api/event/live'
import { passwordHash } from 'api/session/hash'
import { openSession } from 'api/session/open-session'
import { storePassword } from 'api/session/password'
import { createSessions } from 'api/session/sessions'
import { createSite } from 'api/site'
import { pino } from 'pino'
import { openBenchDatabase } from './bench-database.ts'
import { measure, sideBySide } from './measure.ts'

const runs = 60
/** Medians this far apart, as a share, would tell who has an account. */
const apart = 0.1
const password = 'Correct-Horse-7-Battery'

const bench = await openBenchDatabase('session')
if (bench) {
  const { db } = bench
  const log = pino({ level: 'warn' })
  const live = await createLive(db, log)
  const parts = { db, env: readEnv({ ONEMAP_TRUST_PROXY: 'true' }), log, live }
  const deps = { ...parts, sessions: createSessions(parts) }
  const site = createSite(deps)
  try {
    await db.transact({ actor: 'bench', reason: 'bench' }, async (tx) => {
      await tx`insert into person (login, name) values ('known', '甲'), ('uninvited', '乙')`
    })
    await storePassword(db.sql, 1, await passwordHash.make(password))
    let nth = 0
    /** Each from an address of its own, so that nothing is locked. */
    const signIn = async (login: string, word: string, expected: number) => {
      nth += 1
      const { status } = await site.request('/api/session', {
        method: 'POST',
        body: JSON.stringify({ login, password: word }),
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `10.${nth >> 16}.${(nth >> 8) & 255}.${nth & 255}`,
        },
      })
      if (status !== expected) throw new Error(`${login}: ${status} instead of ${expected}`)
    }
    const [known, ...others] = await sideBySide(
      [
        { name: 'wrong password', fn: () => signIn('known', 'nonsense', 401) },
        { name: 'unknown login', fn: () => signIn('nobody', 'nonsense', 401) },
        { name: 'no password yet', fn: () => signIn('uninvited', 'nonsense', 401) },
      ],
      runs,
    )
    for (const { name, median } of others) {
      const share = Math.abs(median / (known?.median ?? 0) - 1)
      if (share <= apart) continue
      console.log(`${name} is told apart by ${(share * 100).toFixed(0)} % of the time`)
      process.exitCode = 1
    }
    await measure('right password, signed in', runs, () => signIn('known', password, 200))
    const cookie = await openSession(deps, 1)
    const ask = () => site.request('/api/light/rule', { headers: { cookie } })
    await measure('request, session kept', runs, ask)
    await measure('request, session looked up', runs, () => {
      deps.sessions.forget()
      return ask()
    })
  } finally {
    await live.close()
    await bench.drop()
  }
}
