import { readFile } from 'node:fs/promises'
import type { Database } from 'api/db/database'
import { connect } from 'api/db/sql'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { databaseUrl } from '../support/database.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

/** Ends the database under the feet of every connection: kill -9 of the embedded one, else of all backends. */
async function cutDown(): Promise<void> {
  const target = inject('database')
  if (target?.kind === 'embedded') {
    process.kill(await childOf(target.parent), 'SIGKILL')
    return
  }
  const admin = connect((await databaseUrl(db)) ?? '', { max: 1, applicationName: 'onemap-test' })
  await admin`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`
  await admin.end()
}

async function childOf(parent: number): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  for (const pid of children.trim().split(' ').map(Number)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (command.includes('embedded-process')) return pid
  }
  throw new Error('no embedded database runs')
}

test('a database that is killed between and during writes comes back without losing what was acknowledged', async () => {
  const acknowledged: string[] = []
  const statuses: number[] = []
  let cut = false
  let down: Promise<void> | undefined
  for (let i = 0; i < 40; i += 1) {
    const code = `K${i}`
    const writing = site.send('POST', '/api/project', {
      code,
      name: `写入 ${i}`,
      unitId: 1,
      category: 'industry',
      reason: '崩溃测试',
    })
    if (i === 20) down = cutDown()
    const response = await writing
    statuses.push(response.status)
    if (response.status === 201) acknowledged.push(code)
    else cut = true
  }
  await down
  expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([])
  await vi.waitFor(async () => expect((await site.get('/health/ready')).status).toBe(200), {
    timeout: 60_000,
    interval: 200,
  })
  const stored = await db.sql<{ code: string }[]>`select code from project where code like 'K%'`
  expect(stored.map((row) => row.code)).toEqual(expect.arrayContaining(acknowledged))
  expect(acknowledged.length).toBeGreaterThanOrEqual(20)
  const again = await site.send('PATCH', '/api/project/1', { note: '恢复后', reason: '崩溃测试' })
  expect(again.status).toBe(200)
  if (db.kind === 'embedded') expect(cut).toBe(true)
}, 120_000)
