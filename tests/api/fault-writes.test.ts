/* A few rounds of what `npm run bench -- fault` plays 200 times on a server and 50 on the embedded database. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { faultRounds } from '../support/fault-rounds.ts'
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts'

const kind = inject('database')?.kind ?? 'server'
let stage: FaultStage
beforeAll(async () => {
  stage = await openFaultStage(kind)
})
afterAll(() => stage.close())

test('kill -9 of server and database in the middle of writes: what was acknowledged is stored, once', async () => {
  // The API is killed, then the database; on a server, which starts sooner, both once more.
  const fixed = [0.3, 0, 0.8, 0.9, 0.1, 0.6, 0.5, 0]
  let nth = 0
  const report = await faultRounds(
    stage,
    kind === 'server' ? 4 : 2,
    () => fixed[nth++ % fixed.length] ?? 0,
  )
  expect(report.faults).toEqual([])
  expect(report.killed.api).toBeGreaterThan(0)
  expect(report.killed.database).toBeGreaterThan(0)
}, 600_000)
