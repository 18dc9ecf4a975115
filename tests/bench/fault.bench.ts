/**
 * kill -9 of the API and of the database in the middle of writes: 200 rounds on a server, 50 on the
 * embedded database (FAULT_ROUNDS: as many on both;
 * FAULT_SEED: at other points). Ends with status 1 when anything acknowledged is lost, anything is there twice, or a clock runs back.
 */
import { random } from 'geo/random'
import { postgresPrograms } from '../packages.mjs'
import { faultRounds } from '../support/fault-rounds.ts'
import { openFaultStage } from '../support/fault-stage.ts'

const seed = process.env['FAULT_SEED'] ?? '1'
const rounds = { server: 200, embedded: 50 }

for (const kind of ['server', 'embedded'] as const) {
  if (kind === 'server' && !postgresPrograms()) {
    console.log('server: not played, PostgreSQL with PostGIS is missing')
    continue
  }
  const stage = await openFaultStage(kind)
  const began = performance.now()
  try {
    const count = Number(process.env['FAULT_ROUNDS'] ?? rounds[kind])
    const numbers = random(seed)
    const report = await faultRounds(stage, count, () => numbers.uniform())
    const { killed, acknowledged, repeated, faults } = report
    const total = Object.values(acknowledged).reduce((sum, one) => sum + one, 0)
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    console.log(
      `${kind}: ${count} rounds in ${minutes} min (seed ${seed}): API killed ${killed.api} times, database ${killed.database}`,
    )
    console.log(`  acknowledged ${total}: ${JSON.stringify(acknowledged)}; sent again ${repeated}`)
    console.log(faults.length === 0 ? '  nothing lost, nothing twice' : faults.join('\n'))
    if (faults.length > 0) process.exitCode = 1
  } finally {
    await stage.close()
  }
}
