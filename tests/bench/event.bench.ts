/**
 * 1,000 pages that follow /api/event: how soon all of them have heard of a commit of another
 * server, and that none misses anything when 200 commits race.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createLive } from 'api/event/live'
import { pino } from 'pino'
import { openBenchDatabase } from './bench-database.ts'
import { follow } from './follow.ts'
import { measure } from './measure.ts'

const readers = 1000
const author = { actor: 'bench', reason: 'bench' }
const bench = await openBenchDatabase('event')
if (bench) {
  const { db } = bench
  const path = fileURLToPath(new URL('./tile-server.ts', import.meta.url))
  const child = fork(path, [bench.url])
  // The bench is a second server: its commits reach the first by NOTIFY.
  const live = await createLive(db, pino({ level: 'warn' }))
  try {
    const { site } = await new Promise<{ site: string }>((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    let nth = 0
    const commit = () => {
      nth += 1
      const code = `u${nth}`
      return db.transact(
        author,
        (tx) => tx`insert into unit (code, name, short_name, level)
                   values (${code}, ${code}, 'u', 'unit')`,
      )
    }
    // The number of the last change that each reader has heard, and who waits for all to reach one.
    const heard = new Array<number>(readers).fill(0)
    let check = () => {}
    const all = (seq: number) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (heard.every((one) => one >= seq)) resolve()
        }
        check()
      })
    await commit()
    await Promise.all(heard.map((_, reader) => follow(site, 0, (seq) => tell(reader, seq))))
    function tell(reader: number, seq: number): void {
      const last = heard[reader] ?? 0
      if (seq !== last + 1) throw new Error(`reader ${reader}: ${seq} after ${last}`)
      heard[reader] = seq
      check()
    }
    await all(1)
    await measure(`a commit of another process, heard by ${readers} pages`, 20, async () => {
      await commit()
      await all(nth)
    })
    const began = performance.now()
    await Promise.all(Array.from({ length: 200 }, commit))
    await all(nth)
    console.log(
      `200 racing commits, each heard by ${readers} pages in order: ${(performance.now() - began).toFixed(0)} ms`,
    )
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  } finally {
    await live.close()
    child.disconnect()
    await bench.drop()
  }
}
process.exit()
