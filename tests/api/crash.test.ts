import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { openAllConnections, prepareCut } from '../support/cut.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
})
afterAll(() => site.close())

const create = (code: string) =>
  site.send('POST', '/api/project', {
    code,
    name: `写入 ${code}`,
    unitId: 1,
    category: 'industry',
    reason: '崩溃测试',
  })

test('a database that is killed between and during writes comes back without losing what was acknowledged', async () => {
  const acknowledged: string[] = []
  const write = async (code: string) => {
    const { status } = await create(code)
    expect([201, 503]).toContain(status)
    if (status === 201) acknowledged.push(code)
  }
  for (let i = 0; i < 20; i += 1) await write(`K${i}`)
  expect(acknowledged).toHaveLength(20)
  const cut = await prepareCut(db)
  await openAllConnections(db)
  let during: Promise<void>[] = []
  // Killed inside it, this transaction cannot succeed, wherever the others are.
  const torn = db.transact({ actor: '测试员', reason: '崩溃测试' }, async (tx) => {
    await tx`update project set note = '没有提交' where id = 1`
    during = Array.from({ length: 5 }, (_, i) => write(`K${20 + i}`))
    await cut()
    await tx`select 1`
  })
  await expect(torn).rejects.toThrow()
  await Promise.all(during)
  for (let i = 25; i < 45; i += 1) await write(`K${i}`)
  await vi.waitFor(async () => expect((await site.get('/health/ready')).status).toBe(200), {
    timeout: 120_000,
    interval: 200,
  })
  const stored = await db.sql<{ code: string }[]>`select code from project where code like 'K%'`
  expect(stored.map((row) => row.code)).toEqual(expect.arrayContaining(acknowledged))
  const [kept] = await db.sql<{ note: string | null }[]>`select note from project where id = 1`
  expect(kept?.note).toBeNull()
  const again = await site.send('PATCH', '/api/project/1', { note: '恢复后', reason: '崩溃测试' })
  expect(again.status).toBe(200)
})
