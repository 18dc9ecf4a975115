import type { Database } from 'api/db/database'
import type { Job } from 'api/schedule/jobs'
import { runJobs } from 'api/schedule/run'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
let ran: string[]
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  ran = []
  await db.sql`truncate schedule_run`
})

const at = (text: string) => new Date(`2023-06-01T${text}+08:00`)
const job = (name: string, run: Job['run'] = async () => {}): Job => ({
  name,
  run: async (database, now) => {
    ran.push(`${name} ${now.toISOString().slice(11, 16)}`)
    await run(database, now)
  },
})
interface Run {
  job: string
  successAt: string | null
  failureAt: string | null
  failures: number
  lastError: string | null
  leasedUntil: string | null
}
const runs = () =>
  db.sql<Run[]>`
    select job, success_at, failure_at, failures, last_error, leased_until from schedule_run order by job`

test('a job runs once in each minute, whoever asks', async () => {
  const jobs = [job('a'), job('b')]
  for (const holder of ['one', 'two']) await runJobs(db, at('09:00:05'), { jobs, holder })
  await runJobs(db, at('09:00:59'), { jobs })
  await runJobs(db, at('09:01:00'), { jobs })
  expect(ran).toEqual(['a 01:00', 'b 01:00', 'a 01:01', 'b 01:01'])
})

test('servers that begin at the same moment share the jobs', async () => {
  const jobs = ['a', 'b', 'c', 'd'].map((name) => job(name))
  await Promise.all(
    ['one', 'two', 'three'].map((holder) => runJobs(db, at('09:00:00'), { jobs, holder })),
  )
  expect(ran.toSorted()).toEqual(['a 01:00', 'b 01:00', 'c 01:00', 'd 01:00'])
})

test('one that fails is kept with its words and stops no other; success ends the row of failures', async () => {
  let broken = true
  const jobs = [
    job('a', async () => {
      if (broken) throw new Error('no table of that name')
    }),
    job('b'),
  ]
  await runJobs(db, at('09:00:00'), { jobs })
  await runJobs(db, at('09:01:00'), { jobs })
  expect(ran).toEqual(['a 01:00', 'b 01:00', 'a 01:01', 'b 01:01'])
  const [failed, other] = await runs()
  expect(failed).toMatchObject({ successAt: null, failures: 2, leasedUntil: null })
  expect(failed?.lastError).toBe('Error: no table of that name')
  expect(failed?.failureAt).toBe(at('09:01:00').toISOString())
  expect(other).toMatchObject({ failures: 0, successAt: at('09:01:00').toISOString() })
  broken = false
  await runJobs(db, at('09:02:00'), { jobs })
  expect((await runs())[0]).toMatchObject({ failures: 0, lastError: null })
})

test('a job that a killed server has begun is run by another when its lease is over', async () => {
  await db.sql`
    insert into schedule_run (job, holder, started_at, leased_until)
    values ('a', 'killed', ${at('09:00:00')}, ${at('09:02:00')})`
  const jobs = [job('a')]
  await runJobs(db, at('09:01:00'), { jobs })
  expect(ran).toEqual([])
  await runJobs(db, at('09:02:00'), { jobs })
  expect(ran).toEqual(['a 01:02'])
})

test('a clock that begins earlier than it ended stops no job', async () => {
  await db.sql`
    insert into schedule_run (job, holder, started_at, leased_until)
    values ('a', 'before', ${at('19:00:00')}, ${at('19:02:00')})`
  await runJobs(db, at('09:00:00'), { jobs: [job('a')] })
  expect(ran).toEqual(['a 01:00'])
})

test('a server that stops ends the job that runs and begins no other', async () => {
  const stopping = new AbortController()
  const jobs = [job('a', async () => stopping.abort()), job('b')]
  await runJobs(db, at('09:00:00'), { jobs, stopping: stopping.signal })
  expect(ran).toEqual(['a 01:00'])
  expect((await runs())[0]?.successAt).toBe(at('09:00:00').toISOString())
})

test('the jobs of this server run on an empty database', async () => {
  await runJobs(db, at('09:00:00'))
  const all = await runs()
  expect(all.length).toBeGreaterThan(0)
  for (const run of all) expect([run.job, run.lastError]).toEqual([run.job, null])
})
