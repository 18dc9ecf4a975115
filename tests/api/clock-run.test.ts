import type { Database } from 'api/db/database'
import { connect, type Sql } from 'api/db/sql'
import { startClock } from 'api/db/start-clock'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'

let db: Database
const holders: Sql[] = []
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(async () => {
  for (const holder of holders) await holder.end()
  await db.close()
})

/** The clock of a server that starts now, and what it said. */
async function start(setting: string | undefined, packStart?: Date) {
  const url = await databaseUrl(db)
  const holder = url ? connect(url, { max: 1, applicationName: 'onemap clock' }) : null
  if (holder) holders.push(holder)
  const said: string[] = []
  const wish = { setting, packStart, say: (sentence: string) => said.push(sentence) }
  const clock = await startClock(db.sql, holder, wish)
  return { clock, said, stop: () => holder?.end() }
}

const unit = async (at: string) =>
  db.transact(
    { actor: '测试', reason: '时钟' },
    (tx) =>
      tx`insert into unit (code, name, short_name, level, reports, ordinal)
         values (${at}, ${at}, '县', 'unit', true, 1)`,
    new Date(at),
  )
const minutes = (a: Date, b: string) => Math.abs(a.getTime() - Date.parse(b)) / 60_000

test('servers that run at the same time go by one simulated clock; the next after them begins anew', async ({
  skip,
}) => {
  const first = await start('2023-05-31')
  if (db.kind === 'embedded') skip('one server only')
  await new Promise((resolve) => setTimeout(resolve, 300))
  const second = await start('2023-05-31')
  const apart = first.clock.now().getTime() - second.clock.now().getTime()
  expect(Math.abs(apart)).toBeLessThan(150)
  const third = await start('2023-07-01')
  expect(minutes(third.clock.now(), '2023-05-31T09:00:00+08:00')).toBeLessThan(5)
  expect(third.said).toEqual([expect.stringMatching(/^ONEMAP_CLOCK gives way to the clock of /)])
  await Promise.all([first, second, third].map((one) => one.stop()))
  await vi.waitFor(async () => {
    const alone = await start('2023-07-01')
    await alone.stop()
    expect(minutes(alone.clock.now(), '2023-07-01T09:00:00+08:00')).toBeLessThan(5)
  })
})

test('a setting that lies before the last change is said to give way', async () => {
  await unit('2023-06-15T00:00:00Z')
  const { clock, said, stop } = await start('2023-05-31')
  await stop()
  expect(minutes(clock.now(), '2023-06-15T00:00:00Z')).toBeLessThan(5)
  expect(said).toEqual([
    'ONEMAP_CLOCK is 2023-05-31, before the last change: the clock begins there, at 2023-06-15T00:00:00.000Z',
  ])
})

test('the real time is refused where it lies before the last change', async () => {
  expect((await start('now')).clock.simulated).toBe(false)
  await unit('2190-01-01T00:00:00Z')
  await expect(start('now')).rejects.toThrow(
    /^CLOCK_BEHIND: this machine's clock says .* last change in the database is of 2190-01-01T/,
  )
})
