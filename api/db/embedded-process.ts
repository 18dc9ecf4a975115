/**
 * The embedded database in a process of its own: PostgreSQL in WASM, served on a unix socket to
 * one connection. Kept off the API's event loop, and alone when a C++ exception ends it.
 * Arguments: data folder, socket path. Tells its parent {ready} or {failed} over IPC, and answers its
 * pings. Ends with the database: its parent then starts another.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { dropEarlyReady } from './early-ready.ts'
import { watchEngine } from './engine-end.ts'
import { holderIn, thisProcess } from './folder-lock.ts'

const lastPatienceMs = 30_000
/** A database that has ended inside does not close: what was committed is in the folder already. */
const closePatienceMs = 5000
const [folder, socket] = process.argv.slice(2)

async function serve(dataDir: string, path: string): Promise<void> {
  const mark = `${dataDir}.lock`
  let stop = async () => process.exit(1)
  // The parent's end, even by kill -9, closes the channel: no orphan may keep the folder open.
  process.on('disconnect', () => void stop())
  await untilAlone(mark)
  const db = await PGlite.create({ dataDir, extensions: { postgis } })
  dropEarlyReady(db)
  watchEngine(db, (reason) => {
    process.stderr.write(`${reason}\n`)
    process.exit(1)
  })
  const server = new PGLiteSocketServer({ db, path, maxConnections: 1 })
  // Whatever lies there is of a process that is gone: this one is alone.
  await rm(path, { force: true })
  await server.start()
  stop = async () => {
    setTimeout(() => process.exit(1), closePatienceMs)
    await server.stop()
    await db.close()
    await rm(mark, { force: true })
    process.exit(0)
  }
  process.on('message', (message) => {
    if (message === 'stop') void stop()
    if (message === 'ping') process.send?.({ pong: true })
  })
  if (!process.connected) return stop()
  process.send?.({ ready: true })
}

/**
 * Waits for the database process of a server that was killed: it needs a moment to notice, and two
 * on one folder destroy it. The folder's lock admits one server, so at most one other is waited for.
 */
async function untilAlone(mark: string): Promise<void> {
  const until = performance.now() + lastPatienceMs
  for (;;) {
    const other = holderIn(await readFile(mark, 'utf8').catch(() => ''))
    if (!other) break
    if (performance.now() > until) {
      throw new Error(`process ${other.pid} has not let go of it; end that process and start again`)
    }
    await wait(50)
  }
  await writeFile(mark, JSON.stringify(thisProcess()))
}

// Ctrl-C reaches the whole process group; the parent decides when the database stops.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

if (!folder || !socket) throw new Error('embedded-process needs a data folder and a socket path')
serve(folder, socket).catch((error: unknown) => {
  // Emscripten's file system throws objects that are no errors.
  const failed = error instanceof Error ? error.message : JSON.stringify(error)
  const tell = process.send?.bind(process)
  if (tell) tell({ failed }, () => process.exit(1))
  else process.exit(1)
})
