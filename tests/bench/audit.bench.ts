/**
 * The record: how fast what is committed is chained, and how fast all of it is checked with the
 * history that it covers.
 */
import { chainAudit } from 'api/audit/append'
import { verifyAudit } from 'api/audit/verify'
import type { Database } from 'api/db/database'
import { takeYourTime } from 'api/db/sql'
import { openBenchDatabase } from './bench-database.ts'

const entries = 1_000_000
const slice = 50_000
/** An auditor waits for the outcome. */
const goalS = 120

const bench = await openBenchDatabase('audit')
if (bench) {
  try {
    await measure(bench.db)
  } finally {
    await bench.drop()
  }
}

async function measure(db: Database): Promise<void> {
  const written = await timed(() => write(db))
  await db.sql`vacuum analyze`
  const chained = await timed(() => chainAudit(db))
  await db.sql`analyze audit`
  const began = performance.now()
  const found = await verifyAudit(db)
  const checked = (performance.now() - began) / 1000
  console.log(`${found.entries} entries with ${entries} versions`)
  console.log(`written with history in ${written.toFixed(1)} s`)
  console.log(`chained in ${chained.toFixed(1)} s: ${rate(chained)} per second`)
  console.log(`checked in ${checked.toFixed(1)} s: ${rate(checked)} per second`)
  console.log(`memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  if (found.damage || (checked / entries) * 1e6 > goalS) process.exitCode = 1
}

async function write(db: Database): Promise<void> {
  const author = { actor: '测量', reason: '留痕测量' }
  for (let from = 0; from < entries; from += slice) {
    const to = Math.min(from + slice, entries)
    await db.transact(author, async (tx) => {
      await takeYourTime(tx)
      await tx`
        insert into unit (code, name, short_name, level)
        select 'u' || n, '第' || n || '单位', '第' || n, 'unit' from generate_series(${from + 1}::int, ${to}::int) n`
    })
    await db.sql`select publish_change()`
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function rate(seconds: number): string {
  return Math.round(entries / seconds).toLocaleString('en')
}
